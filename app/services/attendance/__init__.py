"""Attendance: punches, corrections, and the duties they serve."""
