"""The parts of the page of the duty pool."""
