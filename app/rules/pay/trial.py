"""Compares what the same year of duties pays under two documents, person by person (测算)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.rules.pay.lines import PayLine


@dataclass(frozen=True, kw_only=True)
class TrialPay:
    """A person's year, 分: base and deductions taken off it, as it was and as it would be."""

    person_id: str
    base_before: int
    base_after: int
    net_before: int
    net_after: int

    @property
    def gain_fen(self) -> int:
        """What the person would get more; below zero: less."""
        return self.net_after - self.net_before

    @property
    def more_base_fen(self) -> int:
        """How much more the duties pay before deductions, 分; below zero: less."""
        return self.base_after - self.base_before

    @property
    def deducted_less_fen(self) -> int:
        """How much less would be taken off, 分; below zero: more."""
        return (self.base_before - self.net_before) - (self.base_after - self.net_after)


def compare(before: Iterable[PayLine], after: Iterable[PayLine]) -> tuple[TrialPay, ...]:
    """Everybody with a line on either side, who loses most first."""
    was, would = _sums(before), _sums(after)
    people = [
        TrialPay(
            person_id=person,
            base_before=was[person][0],
            base_after=would[person][0],
            net_before=was[person][1],
            net_after=would[person][1],
        )
        for person in {*was, *would}
    ]
    return tuple(sorted(people, key=lambda one: (one.gain_fen, one.person_id)))


def _sums(lines: Iterable[PayLine]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        found[line.person_id][0] += line.base_fen
        found[line.person_id][1] += line.net_fen
    return found
