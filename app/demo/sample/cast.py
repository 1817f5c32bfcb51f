"""Chooses whose duties carry the month's stories, so that attendance, checks and complaints tell one tale."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.sample.records import SampleDuty, SamplePerson
from app.values import DutyKind


@dataclass(frozen=True)
class Cast:
    """banned: three duties of one lawyer, absent at each (D4M). sham: the sham duty of a two-station day (D5)."""

    banned: tuple[SampleDuty, ...]
    sham: SampleDuty

    @property
    def banned_person(self) -> SamplePerson:
        return self.banned[0].person

    @property
    def duties(self) -> set[SampleDuty]:
        return {*self.banned, self.sham}

    def is_in(self, person: SamplePerson) -> bool:
        return person in (self.banned_person, self.sham.person)


def choose_cast(duties: tuple[SampleDuty, ...]) -> Cast:
    """The busiest station person is the banned one; of the others, the one with two stations in a day."""
    station = [duty for duty in duties if duty.kind is DutyKind.station]
    counts: dict[SamplePerson, int] = {}
    for duty in station:
        counts[duty.person] = counts.get(duty.person, 0) + 1
    pairs = [(first, second) for first in station for second in station if _is_pair(first, second)]
    sham_person = pairs[0][0].person if pairs else min(counts, key=lambda p: (counts[p], p.name))
    sham = pairs[0][1] if pairs else next(d for d in station if d.person == sham_person)
    banned = max((p for p in counts if p != sham_person), key=lambda p: (counts[p], p.name))
    return Cast(tuple(d for d in station if d.person == banned)[:3], sham)


def _is_pair(first: SampleDuty, second: SampleDuty) -> bool:
    is_same_day = (first.person, first.on) == (second.person, second.on)
    return is_same_day and first.site != second.site and first.start < second.start
