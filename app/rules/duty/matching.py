"""Which attendance rows serve which published duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.rules.duty.facts import CLOCK_RED, AttendanceFact, DutyFact
from app.rules.policy.duty_rates import RuleSettings

DutyIndex = Mapping[tuple[str, str, date], tuple[DutyFact, ...]]


@dataclass(frozen=True)
class Attended:
    """The rows that serve one duty, by sign-in; somebody who leaves at noon and returns has two."""

    rows: tuple[AttendanceFact, ...]

    @property
    def in_at(self) -> datetime:
        """The first sign-in."""
        return min(row.in_at for row in self.rows if row.in_at)

    @property
    def out_at(self) -> datetime | None:
        """The last sign-out; None while the last sign-in is still open."""
        last_in = max(row.in_at for row in self.rows if row.in_at)
        if not any(row.out_at for row in self.rows if row.in_at == last_in):
            return None
        last_out = max(row.out_at for row in self.rows if row.out_at)
        return last_out if last_out >= last_in else None

    @property
    def is_clock_wrong(self) -> bool:
        """A sign-out before its own sign-in: nothing can be computed from the times (P9)."""
        return any(row.is_backwards for row in self.rows)

    @property
    def is_clock_doubtful(self) -> bool:
        """Punched while the clock had been set by hand; what can be computed is computed."""
        return not self.is_clock_wrong and any(row.clock_grade == CLOCK_RED for row in self.rows)

    @property
    def is_held(self) -> bool:
        """Times that cannot be and that nobody accepted: not payable."""
        return any(row.is_implausible and row.judged is not True for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Signed in and out by times that can be relied on, or that somebody accepted as they are."""
        return not self.is_held and (self.out_at is not None or self.is_clock_wrong)

    def time_within(self, duty: DutyFact) -> timedelta:
        """How much of the duty's ranges was attended."""
        spans = [(row.in_at, row.out_at) for row in self.rows if row.in_at and row.out_at]
        parts = (min(end, left) - max(begin, came) for begin, end in duty.ranges for came, left in spans)
        return sum((part for part in parts if part > timedelta()), timedelta())


@dataclass(frozen=True)
class AttendanceMatch:
    """Duty id → what served it, and the rows that serve none (临时值班)."""

    served: Mapping[str, Attended]
    unscheduled: tuple[AttendanceFact, ...]


def index_duties(duties: Iterable[DutyFact]) -> DutyIndex:
    """(person, site, date) → its duties by start; a duty over midnight stands under both dates."""
    found: dict[tuple[str, str, date], list[DutyFact]] = defaultdict(list)
    for duty in duties:
        for day in sorted({duty.on} | {edge.date() for pair in duty.ranges for edge in pair}):
            found[duty.person_id, duty.site, day].append(duty)
    return {key: tuple(sorted(group, key=lambda duty: (duty.start, duty.id))) for key, group in found.items()}


def match_attendance(
    index: DutyIndex, rows: Iterable[AttendanceFact], settings: RuleSettings
) -> AttendanceMatch:
    """Give each row the duty it serves.

    Same person, site and local date, sign-in within [start − window, end), the nearest start; of two equally near the
    earlier. One row never serves two duties.
    """
    served: dict[str, list[AttendanceFact]] = defaultdict(list)
    unscheduled = []
    for row in sorted(rows, key=_row_order):
        duty = _served_duty(index.get((row.person_id, row.site, row.on), ()), row, settings)
        if duty is None:
            unscheduled.append(row)
        else:
            served[duty.id].append(row)
    return AttendanceMatch({key: Attended(tuple(group)) for key, group in served.items()}, tuple(unscheduled))


def _row_order(row: AttendanceFact) -> tuple[date, str, str, datetime, str]:
    return (row.on, row.site, row.person_id, row.in_at or row.out_at or datetime.min, row.id)


def _served_duty(duties: Iterable[DutyFact], row: AttendanceFact, settings: RuleSettings) -> DutyFact | None:
    at = row.in_at
    if at is None:
        return None
    near = [duty for duty in duties if duty.on == row.on and duty.start - settings.window <= at < duty.end]
    return min(near, key=lambda duty: (abs(at - duty.start), duty.start, duty.id), default=None)
