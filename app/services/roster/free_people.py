"""Says who of the pool could sit a duty, the least burdened first, and what stands against the others (Y08)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.dates import TimeRange
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person
from app.rules.duty.duty_view import DutyView
from app.rules.roster.checks import overlap_seconds
from app.rules.roster.facts import Absence, Sitter
from app.services.reading.people import person_links
from app.services.reading.roster import absences_of, planned_duties, short_site_names, sitter_of
from app.values import Month


@dataclass(frozen=True)
class FreePeople:
    """A day and time ranges to be filled; duty_id: the duty whose place is taken, not counted against anybody."""

    on: date
    ranges: tuple[TimeRange, ...]
    duty_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A person of the pool; month and year: their duties so far; reason: why not, "" when free."""

    person_id: str
    name: str
    kind: str
    organisation: str
    licence: str
    month: int
    year: int
    reason: str = ""

    @property
    def is_free(self) -> bool:
        """Nothing stands against them."""
        return not self.reason


@answers(FreePeople, permission=Permission.LOOK)
def free_people(look: Look, query: FreePeople) -> tuple[Candidate, ...]:
    """Free people first, by duties this month and year; then the others with the reason."""
    year = (date(query.on.year, 1, 1), date(query.on.year, 12, 31))
    duties = [duty for duty in planned_duties(look, year) if duty.id != query.duty_id]
    month = Month.of(query.on)
    in_month = Counter(duty.person_id for duty in duties if duty.on in month)
    in_year = Counter(duty.person_id for duty in duties)
    judge = SeatJudge(look, month, [duty for duty in duties if duty.on == query.on])
    found = [
        Candidate(
            person_id=person.id,
            name=person.name or "",
            kind=person.kind,
            organisation=person.organisation,
            licence=person.licence,
            month=in_month[person.id],
            year=in_year[person.id],
            reason=judge.against(person.id, query.on, query.ranges),
        )
        for person in active_people(look)
    ]
    return tuple(
        sorted(found, key=lambda one: (bool(one.reason), one.month, one.year, one.name, one.person_id))
    )


def active_people(look: Look) -> list[Person]:
    """The active people, without proposals that stand for somebody else."""
    linked = person_links(look)
    rows = look.session.scalars(select(Person).where(Person.is_active.is_(True)))
    return [row for row in rows if row.id not in linked]


class SeatJudge:
    """Tells why a person cannot take a seat, by the same rules as publication."""

    def __init__(self, look: Look, month: Month, duties: list[DutyView]) -> None:
        self._look = look
        self._duties = list(duties)
        self._names = short_site_names(look)
        people = {row.id: row for row in look.session.scalars(select(Person))}
        self._sitters: dict[str, Sitter] = {key: sitter_of(look, row) for key, row in people.items()}
        self._absences: tuple[Absence, ...] = absences_of(look, people, month)

    def seat(self, duty: DutyView) -> None:
        """Count a duty just given."""
        self._duties.append(duty)

    def against(self, person_id: str, on: date, ranges: tuple[TimeRange, ...]) -> str:
        """Why not, in a few words; "" when the seat may be taken."""
        sitter = self._sitters.get(person_id)
        if sitter is None:
            return "不在值班人员库"
        if not sitter.is_active:
            return "人员已停用"
        if sitter.unfit:
            return f"不具备值班条件：{sitter.unfit[0]}"
        if self._is_away(person_id, on, ranges):
            return "请假"
        for duty in self._duties:
            if duty.person_id == person_id and duty.on == on and overlap_seconds(duty.ranges, ranges):
                return f"已在{self._names.get(duty.site, duty.site)}值班 {duty.hours}"
        return ""

    def _is_away(self, person_id: str, on: date, ranges: tuple[TimeRange, ...]) -> bool:
        spans = [(datetime.combine(on, start), datetime.combine(on, end)) for start, end in ranges]
        return any(
            leave.person_id == person_id and start < leave.ends_at and leave.starts_at < end
            for leave in self._absences
            for start, end in spans
        )
