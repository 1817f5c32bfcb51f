"""What the programme's documents say, as pure functions: facts in, explained results out."""
