"""Splits a year's target over units and months so that the parts sum to the whole (Y26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

MONTHS = 12
Parts = Mapping[str, tuple[int, ...]]
"""Unit → its amount in each of the twelve months."""


def shared_out(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The total in whole parts, as near to the weights as can be: the largest remainders round up, the earlier first.

    All weights 0 count as equal.
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def by_months(amount: int) -> tuple[int, ...]:
    """A unit's year in twelve equal months, the odd ones spread over the year rather than heaped in January."""
    ends = [amount * month // MONTHS for month in range(MONTHS + 1)]
    return tuple(after - before for before, after in pairwise(ends))


def parts_by_month(parts: Parts) -> dict[str, int]:
    """As a split's row keeps them: `unit/MM` → amount."""
    return {
        f"{unit}/{month:02d}": amount
        for unit, months in sorted(parts.items())
        for month, amount in enumerate(months, 1)
    }


def months_of_parts(stored: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The parts of a split's row; what names no month of the year is left out."""
    found: dict[str, list[int]] = {}
    for key, amount in stored.items():
        unit, _, month = key.rpartition("/")
        if unit and month.isdigit() and 1 <= int(month) <= MONTHS:
            found.setdefault(unit, [0] * MONTHS)[int(month) - 1] = amount
    return {unit: tuple(months) for unit, months in found.items()}
