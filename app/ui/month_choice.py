"""Says which month a page about the month's end opens with."""

from __future__ import annotations

from datetime import date

from app.ui.reading import step_month

LAST_DAY_OF_CLOSING = 20


def closing_month(today: date) -> tuple[int, int]:
    """The month being closed: last month until the 20th, this one afterwards."""
    return step_month((today.year, today.month), -1 if today.day <= LAST_DAY_OF_CLOSING else 0)


def month_text(month: tuple[int, int]) -> str:
    """2022-05."""
    return f"{month[0]:04d}-{month[1]:02d}"


def parse_month(text: str) -> tuple[int, int]:
    """2022-05 → (2022, 5)."""
    year, _, month = text.partition("-")
    return int(year), int(month)
