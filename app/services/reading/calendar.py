"""Gives the roster the one calendar of working days that this office goes by (Y09, P17)."""

from __future__ import annotations

from app.kernel.work import Look
from app.workdays import WorkCalendar


def work_calendar(look: Look) -> WorkCalendar:
    """Working days, statutory holidays and adjusted weekends of the office."""
    return WorkCalendar()
