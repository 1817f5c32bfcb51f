"""Shortens the hours of a duty by whole ranges where the room is short: never a clock time cut in two."""

from __future__ import annotations

from collections.abc import Callable

BETWEEN = "；"


def fitting_hours(text: str, fits: Callable[[str], bool]) -> str:
    """08:30-12:00；14:00-18:30, or as many ranges as fit: 08:30-12:00 等 2 段; the first one in any case."""
    ranges = text.split(BETWEEN)
    if fits(text):
        return text
    for number in range(len(ranges) - 1, 0, -1):
        shorter = f"{BETWEEN.join(ranges[:number])} 等 {len(ranges)} 段"
        if fits(shorter):
            return shorter
    return ranges[0]
