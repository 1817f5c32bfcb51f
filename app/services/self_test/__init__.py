"""Tries on this machine everything that an office will need, with data of its own that it removes again."""
