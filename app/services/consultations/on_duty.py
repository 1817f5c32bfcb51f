"""Says who is on duty at a site at a moment, since a record belongs to the person on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.duty.evidence import distance
from app.services.reading.attendance import AttendanceRow, attendance_rows
from app.services.reading.duties import DutyView, duties_in_force
from app.services.reading.names import names_of
from app.services.reading.sites import find_site


@dataclass(frozen=True)
class OnDuty:
    """Who is on duty at a site (default: this office's own) at a naive local time (default: now)."""

    site: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class DutyPerson:
    """Somebody of the day's desk. hours: the duty as rostered, "" without one. is_present: signed in at the moment."""

    id: str
    name: str
    hours: str = ""
    organisation: str = ""
    is_present: bool = False


@answers(OnDuty, permission=Permission.LOOK)
def on_duty(look: Look, query: OnDuty) -> tuple[DutyPerson, ...]:
    """The day's people, the likeliest first. Raises Refused E420, E421."""
    site = find_site(look, query.site, field="site").id if query.site else look.office.own_site
    return people_on_duty(look, site, query.at or local(look.now.at))


def people_on_duty(look: Look, site: str, at: datetime) -> tuple[DutyPerson, ...]:
    """Those signed in first, then those rostered for the moment, then the day's others by nearness in time."""
    day = at.date()
    with look.unchanged():
        duties = duties_in_force(look, (day, day), site)
        rows = attendance_rows(look, day, day, site)
    ids = dict.fromkeys([duty.person_id for duty in duties] + [row.person_id for row in rows])
    names = names_of(look, [one for one in ids if all(duty.person_id != one for duty in duties)])
    found = [
        _Candidate(
            one, [d for d in duties if d.person_id == one], [r for r in rows if r.person_id == one], at
        )
        for one in ids
    ]
    return tuple(one.view(names) for one in sorted(found, key=lambda one: one.order))


class _Candidate:
    def __init__(self, person_id: str, duties: list[DutyView], rows: list[AttendanceRow], at: datetime):
        self.id, self.duties, self.at = person_id, duties, at
        self.is_present = any(_covers(row, at) for row in rows)
        self.nearness = min((distance(duty.fact(), at) for duty in duties), default=timedelta.max)
        self.order = (
            not self.is_present,
            self.nearness,
            min((d.starts_at for d in duties), default=at),
            person_id,
        )

    def view(self, names: dict[str, str]) -> DutyPerson:
        if not self.duties:
            return DutyPerson(self.id, names[self.id], is_present=self.is_present)
        duty = min(self.duties, key=lambda one: distance(one.fact(), self.at))
        return DutyPerson(self.id, duty.name, duty.hours, duty.organisation, self.is_present)


def _covers(row: AttendanceRow, at: datetime) -> bool:
    return row.in_at is not None and row.in_at <= at and (row.out_at is None or at < row.out_at)
