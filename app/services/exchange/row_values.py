"""Checks every value of another office's row before it is stored, so that none of them can break a screen or a sum."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Integer, Table

from app.bundle.limits import FIRST_BIRTH_YEAR, FIRST_YEAR, LAST_YEAR
from app.models.shapes import Shape
from app.models.travelling import Travelling, read_stored, shape_of, travelling

LONGEST_TEXT = 20_000


class NotARow(Exception):
    """A valid entry whose content cannot become a row here; the sentence goes back to its sender."""


def check_value(target: Table, name: str, value: Any) -> None:
    """Raises NotARow for a value that this program could not store and show; an unknown word is no fault."""
    column = target.columns[name]
    told = travelling(column)
    if value is None:
        if not column.nullable and not told.personal:
            raise NotARow(f"缺少“{told.title}”")
        return
    wanted = int if isinstance(getattr(column.type, "impl", column.type), Integer) else str
    if type(value) is not wanted or (isinstance(value, str) and len(value) > LONGEST_TEXT):
        raise _wrong(told)
    _check_shape(column, told, shape_of(column), value)


def _check_shape(column: Column[Any], told: Travelling, shape: Shape, value: Any) -> None:
    """Dates, times and lists must stand there exactly as this program writes them, and hold what is declared."""
    try:
        read = read_stored(column, value)
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(told) from error
    if not shape.holds(read) or not _is_in_time(read):
        raise _wrong(told)


def _is_in_time(read: Any) -> bool:
    """Whether a moment can be some clock's; a date may also be somebody's birthday."""
    if not isinstance(read, date):
        return True
    first = FIRST_YEAR if isinstance(read, datetime) else FIRST_BIRTH_YEAR
    return first <= read.year <= LAST_YEAR


def _wrong(told: Travelling) -> NotARow:
    return NotARow(f"“{told.title}”的内容不合格式")
