"""Says which duties make sense, so that one stored row that does not hinders nobody else's pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class SenselessFact:
    """A stored row that nothing can be computed from; what: its kind in Chinese (值班, 抽查 …)."""

    id: str
    what: str
    site: str
    person_id: str
    on: date


def make_sense(ranges: Sequence[Sequence[str]]) -> bool:
    """Whether HH:MM:SS pairs are a duty's: at least one, each ending after it begins, in order, none overlapping."""
    ends = [end for pair in ranges for end in pair]
    return (
        bool(ranges) and all(begin < end for begin, end in ranges) and all(a <= b for a, b in pairwise(ends))
    )
