"""The parts of the consultation desk's page."""
