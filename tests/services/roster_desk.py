"""People and duties for roster tests on real offices."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.dates import parse_time_ranges
from app.models.organisation import Site
from app.services.people.add_person import AddPerson
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.roster_month import RosterMonth
from app.values import DutyKind, Month, PersonKind
from tests.services.conftest import Desk

JIEZHOU, CENTRE = "140802100", "140802-01"
APRIL, MAY, JUNE = Month(2022, 4), Month(2022, 5), Month(2022, 6)
_licences = count(1)


def add_lawyer(desk: Desk, name: str = "王建国", **more: Any) -> str:
    """A lawyer of the pool."""
    licence = f"114082022{next(_licences):08d}"
    return desk.do(AddPerson(**{"name": name, "kind": PersonKind.lawyer.value, "licence": licence, **more}))


def draft(
    desk: Desk,
    day: int | date,
    person: str,
    hours: str = "09:00-13:00",
    *,
    site: str = JIEZHOU,
    kind: DutyKind | None = None,
) -> str:
    """A draft in May 2022."""
    on = day if isinstance(day, date) else date(2022, 5, day)
    usual = DutyKind.centre if site == CENTRE else DutyKind.station
    return desk.do(DraftDuty(site, on, person, parse_time_ranges(hours), kind or usual))


def month_of(desk: Desk, month: Month = MAY, site: str = JIEZHOU) -> Any:
    """The site's month as the page shows it."""
    return desk.ask(RosterMonth(site, month))


def receive_sites(desk: Desk, *codes: str) -> None:
    """The county's site rows, as its first bundle brings them to a station."""
    with Session(desk.office.database.writer) as session, session.begin():
        for code in codes:
            found = desk.office.pack.site(code)
            session.add(
                Site(
                    id=code,
                    writer="140802",
                    name=found.name,
                    short_name=found.short_name,
                    kind=found.kind,
                    parent=found.parent,
                )
            )
