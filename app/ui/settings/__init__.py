"""The parts of the settings page, one tab a file."""
