"""The parts of the page a day begins with."""
