"""The year's targets and how far the units have come."""
