"""What supervision does with evidence, draws, problems and measures."""
