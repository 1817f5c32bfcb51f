"""Finds records of every kind from a few typed words."""
