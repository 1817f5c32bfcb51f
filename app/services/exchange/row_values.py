"""Checks every value of another office's row before it is stored, so that none of them can break a screen or a sum."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Table

from app.bundle.limits import FIRST_YEAR, LAST_YEAR
from app.models.base import JsonText, personal_columns
from app.rules.duty.sense import make_sense
from app.services.reading.sense import GRADES
from app.values import AuditResult, DutyKind, Origin, PersonKind, Rating, SpotMethod, SpotResult, Verdict

LONGEST_TEXT = 20_000
LONGEST_ID = 64
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}:\d{2}", re.ASCII)
_ID = re.compile(r"[0-9A-Za-z_./:-]+", re.ASCII)


class NotARow(Exception):
    """A valid entry whose content cannot become a row here; the sentence goes back to its sender."""


_WORDS: dict[tuple[str, str], type[StrEnum]] = {
    ("person", "kind"): PersonKind, ("duty", "kind"): DutyKind, ("pay_line", "kind"): DutyKind,
    ("spot_check", "result"): SpotResult, ("spot_check", "method"): SpotMethod, ("spot_check", "verdict"): Verdict,
    ("complaint", "verdict"): Verdict, ("consultation", "rating"): Rating,
    ("consultation_audit", "result"): AuditResult, ("punch", "origin"): Origin,
}  # fmt: skip
_MAY_BE_BLANK = {("consultation", "rating")}
"""Where no word at all says that nothing was said; everywhere else a sum or a screen needs the word."""
_DIRECTIONS = {("punch", "direction"), ("correction", "direction")}


def check_value(target: Table, name: str, value: Any) -> None:
    """Raises NotARow for a value that this program could not have written itself."""
    column = target.columns[name]
    if value is None:
        if not column.nullable and name not in personal_columns(target):
            raise NotARow(f"缺少“{name}”")
        return
    wanted = int if isinstance(getattr(column.type, "impl", column.type), Integer) else str
    if type(value) is not wanted or (isinstance(value, str) and len(value) > LONGEST_TEXT):
        raise _wrong(name)
    if name == "id" and not (len(str(value)) <= LONGEST_ID and _ID.fullmatch(str(value))):
        raise _wrong(name)
    if not _is_known(str(target.description), name, value):
        raise NotARow(f"“{name}”的取值本程序不认识，请升级程序或更正")
    _check_stored_form(column.type, name, value)


def _is_known(table: str, name: str, value: Any) -> bool:
    """Whether a word is one of those that screens and sums can tell apart; an empty one means none."""
    if name == "month":
        return bool(_MONTH.fullmatch(value))
    if (table, name) in _DIRECTIONS:
        return value in ("in", "out")
    if (table, name) == ("punch", "grade"):
        return value in GRADES
    words = _WORDS.get((table, name))
    if words is None or (value == "" and (table, name) in _MAY_BE_BLANK):
        return True
    return value in {word.value for word in words}


def _check_stored_form(kind: Any, name: str, value: Any) -> None:
    """Dates, times and lists must stand there exactly as this program writes them."""
    if not hasattr(kind, "process_result_value"):
        return
    try:
        read = kind.process_result_value(value, None)
        is_same = kind.process_bind_param(read, None) == value
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(name) from error
    if not is_same or not _is_in_time(read):
        raise _wrong(name)
    if isinstance(kind, JsonText) and not _SHAPES.get(name, _is_list_of_text)(read):
        raise _wrong(name)


def _is_in_time(read: Any) -> bool:
    return not isinstance(read, (date, datetime)) or FIRST_YEAR <= read.year <= LAST_YEAR


def _is_list_of_text(read: Any) -> bool:
    return type(read) is list and all(type(one) is str for one in read)


def _are_ranges(read: Any) -> bool:
    """At least one range, each ending after it begins, in order and without overlap, as the roster writes them."""
    is_form = type(read) is list and all(
        _is_list_of_text(one) and len(one) == 2 and all(map(_is_time, one)) for one in read
    )
    return is_form and make_sense(read)


def _is_time(word: str) -> bool:
    try:
        time.fromisoformat(word)
    except ValueError:
        return False
    return bool(_TIME.fullmatch(word))


def _are_counts(read: Any) -> bool:
    return type(read) is dict and all(type(number) is int for number in read.values())


def _are_lists_of_text(read: Any) -> bool:
    return type(read) is list and all(map(_is_list_of_text, read))


def _are_mappings(read: Any) -> bool:
    return type(read) is list and all(type(one) is dict for one in read)


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "ranges": _are_ranges, "counts": _are_counts, "settings": _are_lists_of_text, "deductions": _are_mappings,
}  # fmt: skip
"""What a list or mapping of that name holds; any other one is a list of texts."""


def _wrong(name: str) -> NotARow:
    return NotARow(f"“{name}”的内容不合格式")
