"""What a travelling value may look like beyond its column's type, each shape under the name that contracts state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}:\d{2}", re.ASCII)
_ID = re.compile(r"[0-9A-Za-z_./:-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class Shape:
    """A shape: its name in the contract, and whether a value (decoded, for lists and mappings) has it."""

    name: str
    holds: Callable[[Any], bool]


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_whole(value: Any) -> bool:
    return type(value) is int


def _is_list_of_text(value: Any) -> bool:
    return type(value) is list and all(type(one) is str for one in value)


def _are_ranges(value: Any) -> bool:
    """At least one range, each ending after it begins, in order and without overlap, as the roster writes them."""
    is_form = type(value) is list and all(
        _is_list_of_text(one) and len(one) == 2 and all(map(_is_time, one)) for one in value
    )
    return is_form and _are_in_order(value)


def _are_in_order(ranges: list[list[str]]) -> bool:
    ends = [end for pair in ranges for end in pair]
    is_rising = all(begin < end for begin, end in ranges) and all(a <= b for a, b in pairwise(ends))
    return bool(ranges) and is_rising


def _is_time(word: str) -> bool:
    try:
        time.fromisoformat(word)
    except ValueError:
        return False
    return bool(_TIME.fullmatch(word))


def _are_counts(value: Any) -> bool:
    return type(value) is dict and all(type(number) is int for number in value.values())


def _are_lists_of_text(value: Any) -> bool:
    return type(value) is list and all(map(_is_list_of_text, value))


def _are_mappings(value: Any) -> bool:
    return type(value) is list and all(type(one) is dict for one in value)


def _is_mapping(value: Any) -> bool:
    return type(value) is dict


def _are_facts(value: Any) -> bool:
    """A mapping of texts, whole numbers, yes or no, and lists of texts."""
    return type(value) is dict and all(
        type(one) in (str, int, bool) or one is None or _is_list_of_text(one) for one in value.values()
    )


def _are_strokes(value: Any) -> bool:
    """Lines of a pen, each x, y, x, y … in thousandths of the pad's width."""
    return type(value) is list and all(_is_stroke(one) for one in value)


def _is_stroke(value: Any) -> bool:
    return (
        type(value) is list
        and len(value) % 2 == 0
        and len(value) > 0
        and all(type(one) is int and 0 <= one <= 1000 for one in value)
    )


TEXT = Shape("text", _is_text)
WHOLE = Shape("whole number", _is_whole)
YES_NO = Shape("yes or no", lambda value: type(value) is bool)
INSTANT = Shape("instant", lambda value: value.tzinfo is not None)
LOCAL_TIME = Shape("local time", lambda value: value.tzinfo is None)
DATE = Shape("date", lambda value: True)
ID = Shape("id", lambda value: bool(_ID.fullmatch(value)))
MONTH = Shape("month", lambda value: bool(_MONTH.fullmatch(value)))
TEXTS = Shape("texts", _is_list_of_text)
RANGES = Shape("ranges of local time", _are_ranges)
COUNTS = Shape("counts", _are_counts)
PAIRS = Shape("lists of texts", _are_lists_of_text)
MAPPINGS = Shape("mappings", _are_mappings)
MAPPING = Shape("mapping", _is_mapping)
FACTS = Shape("facts", _are_facts)
STROKES = Shape("strokes of a pen", _are_strokes)
