"""Groups a month's working days so that rosters can follow weeks broken by festivals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import groupby

from app.demo.sample.records import Ranges
from app.values import Month

IsWorkday = Callable[[date], bool]


def workdays(month: Month, is_workday: IsWorkday) -> list[date]:
    """The month's working days, adjusted Saturdays and Sundays included (Y09)."""
    return [day for day in month.days() if is_workday(day)]


def weeks(days: list[date]) -> list[list[date]]:
    """Working days by ISO week."""
    return [list(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2])]


def day_in_week(week: list[date], weekday: int) -> date:
    """The week's working day on a weekday (0 = Monday), else the nearest one left in that week."""
    return min(week, key=lambda day: (abs(day.weekday() - weekday), day))


def on_day(day: date, text: str) -> Ranges:
    """`08:00-12:00；14:30-18:30` on a date → naive local ranges."""
    return tuple(_range(day, part) for part in text.split("；"))


def _range(day: date, part: str) -> tuple[datetime, datetime]:
    begin, end = (time.fromisoformat(side) for side in part.split("-"))
    return datetime.combine(day, begin), datetime.combine(day, end)
