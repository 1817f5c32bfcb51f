"""Checks every value of another office's row before it is stored, so that none of them can break a screen or a sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Table

from app.bundle.limits import FIRST_BIRTH_YEAR, FIRST_YEAR, LAST_YEAR
from app.models.base import is_stored_as_number
from app.models.shapes import TEXT, WHOLE
from app.models.travelling import read_stored, shape_of, travelling

LONGEST_TEXT = 20_000
MOST_KNOWN, SHORT = 2_000, 40
"""How many values of a column are remembered as good, and how long they may be."""


class NotARow(Exception):
    """A valid entry whose content cannot become a row here; the sentence goes back to its sender."""


def check_row(target: Table, values: Mapping[str, Any]) -> None:
    """Raises NotARow for a row with a value that this program could not store and show; values: every column's."""
    for name, check in _checks(target).items():
        value = values[name]
        if value is not None or check.is_needed:
            check.take(value)


def are_rows(target: Table, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether this program could store and show every value of some rows, given in the order of the table's columns."""
    return all(
        check.holds_all(values)
        for check, values in zip(_checks(target).values(), zip(*rows, strict=True), strict=True)
    )


def check_value(target: Table, name: str, value: Any) -> None:
    """The same for one column; an unknown word is no fault."""
    _checks(target)[name].take(value)


@dataclass(frozen=True, slots=True)
class _Check:
    """What one column asks of a value, found once. holds: None where its type says all. good: values that were found
    to be so before, for most columns hold the same few again and again."""

    column: Column[Any]
    title: str
    is_needed: bool
    wanted: type
    holds: Callable[[Any], bool] | None
    good: set[Any] = field(default_factory=set, compare=False)

    def take(self, value: Any) -> None:
        """Raises NotARow."""
        if value is None:
            if self.is_needed:
                raise NotARow(f"缺少“{self.title}”")
            return
        if type(value) is not self.wanted or (isinstance(value, str) and not _is_storable(value)):
            raise self._wrong()
        if self.holds is not None and value not in self.good:
            self._check_shape(self.holds, value)
            if len(self.good) < MOST_KNOWN and (not isinstance(value, str) or len(value) <= SHORT):
                self.good.add(value)

    def holds_all(self, values: Sequence[Any]) -> bool:
        """Whether all of a column's values are good."""
        kinds = set(map(type, values))
        if not self.is_needed:
            kinds.discard(type(None))
        if kinds - {self.wanted}:
            return False
        new = set(values).difference(self.good)
        new.discard(None)
        try:
            for value in new:
                self.take(value)
        except NotARow:
            return False
        return True

    def _check_shape(self, holds: Callable[[Any], bool], value: Any) -> None:
        """Dates, times and lists must stand there exactly as this program writes them, and hold what is declared."""
        try:
            read = read_stored(self.column, value)
        except (ValueError, TypeError, OverflowError) as error:
            raise self._wrong() from error
        if not holds(read) or not _is_in_time(read):
            raise self._wrong()

    def _wrong(self) -> NotARow:
        return NotARow(f"“{self.title}”的内容不合格式")


@cache
def _checks(target: Table) -> Mapping[str, _Check]:
    """By column: a row has many and a bundle many rows, so nothing of it is found twice."""
    return {column.name: _check_of(column) for column in target.columns}


def _check_of(column: Column[Any]) -> _Check:
    told, shape = travelling(column), shape_of(column)
    wanted = int if is_stored_as_number(column) else str
    is_stored_as_is = not hasattr(column.type, "process_result_value")
    is_told_by_type = is_stored_as_is and shape is (WHOLE if wanted is int else TEXT)
    is_needed = not column.nullable and not told.personal
    return _Check(column, told.title, is_needed, wanted, None if is_told_by_type else shape.holds)


def _is_storable(text: str) -> bool:
    """A text of bearable length that either engine can hold: PostgreSQL knows no sign of number zero, bare or in JSON."""
    return len(text) <= LONGEST_TEXT and "\0" not in text and "\\u0000" not in text


def _is_in_time(read: Any) -> bool:
    """Whether a moment can be some clock's; a date may also be somebody's birthday."""
    if not isinstance(read, date):
        return True
    first = FIRST_YEAR if isinstance(read, datetime) else FIRST_BIRTH_YEAR
    return first <= read.year <= LAST_YEAR
