"""Shows a cell's value as text, alike on screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from app.documents.sheet import Row, SheetColumn, Value
from app.values import yuan_text


def cell_text(column: SheetColumn, value: Value) -> str:
    """The text of a value: money with two places, ratios as per cent with one, times with their seconds if any."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime | date | time):
        return _time_text(column, value)
    if column.kind == "money":
        return yuan_text(int(value))
    if column.kind == "percent":
        return f"{value * 100:.1f}%"
    return f"{value:g}" if isinstance(value, float) else str(value)


def row_texts(columns: Sequence[SheetColumn], row: Row) -> tuple[str, ...]:
    """The texts of one row."""
    return tuple(cell_text(column, value) for column, value in zip(columns, row, strict=True))


def _time_text(column: SheetColumn, value: date | datetime | time) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if column.kind == "date" else f"{value:%Y-%m-%d} {_clock(value.time())}"
    return _clock(value) if isinstance(value, time) else f"{value:%Y-%m-%d}"


def _clock(value: time) -> str:
    """Seconds are shown unrounded, and left out only when they are zero (P8)."""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
