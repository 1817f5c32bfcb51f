"""Checks, complaints and circulars about the duty that was sat."""
