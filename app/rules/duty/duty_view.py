"""The duty as everybody outside the roster sees it: a frozen view with the person's name and plain times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from app.dates import TimeRange, ranges_text
from app.rules.duty.facts import DutyFact
from app.values import DutyKind


@dataclass(frozen=True, kw_only=True)
class DutyView:
    """One person's duty at one site on one day.

    person_id: the person of the pool (a proposal is replaced by who the county linked it to); written_person_id: as
    the row has it. ranges: local times of `on`, in order. version: None while a draft.
    """

    id: str
    site: str
    on: date
    kind: DutyKind
    person_id: str
    name: str
    ranges: tuple[TimeRange, ...]
    version: int | None
    licence: str = ""
    organisation: str = ""
    person_kind: str = ""
    is_public_servant: bool = False
    note: str = ""
    writer: str = ""
    written_person_id: str = ""

    @property
    def is_draft(self) -> bool:
        """Not yet published."""
        return self.version is None

    @property
    def starts_at(self) -> datetime:
        """Naive local start of the first range."""
        return datetime.combine(self.on, self.ranges[0][0])

    @property
    def ends_at(self) -> datetime:
        """Naive local end of the last range."""
        return datetime.combine(self.on, self.ranges[-1][1])

    @property
    def spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """The ranges as naive local [from, to) pairs."""
        return tuple((datetime.combine(self.on, a), datetime.combine(self.on, b)) for a, b in self.ranges)

    @property
    def seconds(self) -> int:
        """Rostered seconds, the ranges summed, unrounded (P8)."""
        return sum(int((end - start).total_seconds()) for start, end in self.spans)

    @property
    def hours(self) -> str:
        """09:00-13:00, several ranges joined by ；."""
        return ranges_text(self.ranges)

    def fact(self, is_special_confirmed: bool = False) -> DutyFact:
        """The duty as settlement and attendance rules take it."""
        return DutyFact(
            self.id, self.site, self.person_id, self.on, self.kind, self.spans, is_special_confirmed
        )


def stored_ranges(ranges: Sequence[TimeRange]) -> list[list[str]]:
    """Time ranges as the duty row keeps them: [["09:00:00", "13:00:00"], …]."""
    return [[start.isoformat("seconds"), end.isoformat("seconds")] for start, end in ranges]


def read_ranges(stored: Sequence[Sequence[str]]) -> tuple[TimeRange, ...]:
    """The time ranges of a duty row, in order."""
    return tuple(sorted((time.fromisoformat(start), time.fromisoformat(end)) for start, end in stored))
