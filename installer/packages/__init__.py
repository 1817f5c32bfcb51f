"""Builds what a clerk can install, from the lock file and the system's own packages; nothing here travels with the program."""
