"""Spreads consultations over the duties that were kept, so that each falls inside time signed for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random

from app.demo.sample.records import Ranges, SampleAttendance


def shares(rng: Random, rows: Collection[SampleAttendance], total: int) -> list[int]:
    """How many consultations each kept duty has, by its hours with some chance; they sum to total."""
    weights = [_open_minutes(_open_ranges(row)) * rng.uniform(0.5, 1.5) for row in rows]
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    found = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: found[place] - exact[place])
    for place in by_remainder[: total - sum(found)]:
        found[place] += 1
    return found


def moments(rng: Random, row: SampleAttendance, count: int, avoided: Collection[datetime]) -> list[datetime]:
    """Times of count consultations in a duty's open hours, in order, away from checks that found nobody."""
    ranges = _open_ranges(row)
    cell = _open_minutes(ranges) / max(1, count)
    found = []
    for place in range(count):
        for _ in range(8):
            at = _at_minute(ranges, (place + rng.uniform(0.1, 0.9)) * cell)
            if all(abs(at - check) > timedelta(minutes=10) for check in avoided):
                break
        found.append(at)
    return found


def _open_ranges(row: SampleAttendance) -> Ranges:
    """The duty's ranges cut to the time signed for; the time signed for where no duty was rostered."""
    out_at = row.effective_out_at or row.in_at
    if row.duty is None:
        return ((row.in_at, out_at),)
    cut = ((max(begin, row.in_at), min(end, out_at)) for begin, end in row.duty.ranges)
    return tuple((begin, end) for begin, end in cut if begin < end)


def _open_minutes(ranges: Ranges) -> float:
    return sum((end - begin).total_seconds() for begin, end in ranges) / 60


def _at_minute(ranges: Ranges, minute: float) -> datetime:
    """The moment after so many open minutes, whole minutes inside the range."""
    for begin, end in ranges:
        length = (end - begin).total_seconds() / 60
        if minute < length:
            at = (begin + timedelta(minutes=minute)).replace(second=0, microsecond=0)
            return max(at, begin)
        minute -= length
    return ranges[-1][1] - timedelta(minutes=1)
