"""Says which published duties stand: those no later change has taken the place of (Y04, Y22a)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows, is_among
from app.models.duties import Duty, RosterChange
from app.models.organisation import Person
from app.rules.duty.duty_view import DutyView, read_ranges
from app.rules.duty.facts import DutyFact
from app.services.reading.people import person_links
from app.services.reading.rulings import rulings
from app.services.reading.sense import sensible
from app.values import DutyKind, Month, Period

_CHANGE = bare_columns(RosterChange)
_SUPERSEDED = select(_CHANGE.duty_id).where(is_among(_CHANGE.duty_id, "duties"))
_PERSON = bare_columns(Person)
_PEOPLE = select(
    *(_PERSON.id, _PERSON.name, _PERSON.licence, _PERSON.organisation),
    *(_PERSON.kind, _PERSON.is_public_servant),
).where(is_among(_PERSON.id, "ids"))
Span = Month | Period | tuple[date, date]
"""A month, a reporting period, or first and last date; both ends belong to it."""

__all__ = [
    "DutyView",
    "Span",
    "duties_in_force",
    "duty_in_force",
    "duty_views",
    "of_person",
    "superseded_ids",
]


def duties_in_force(
    look: Look, span: Span, site: str | None = None, *, person_id: str | None = None
) -> tuple[DutyView, ...]:
    """The published duties that stand, by date, start and site; drafts and superseded ones are left out.

    site None: every site this office knows of. person_id: the linked person of the pool, or a proposal's own id.
    """
    first, last = span_dates(span)
    rows = look.session.scalars(
        _published(site is not None), {"first": first, "last": last, "site": site}
    ).all()
    gone = superseded_ids(look, (row.id for row in rows))
    found = duty_views(look, (row for row in rows if row.id not in gone))
    return found if person_id is None else of_person(found, person_id)


def of_person(duties: Iterable[DutyView], person_id: str) -> tuple[DutyView, ...]:
    """Those of a person of the pool, or written under a proposal's own id."""
    return tuple(duty for duty in duties if person_id in (duty.person_id, duty.written_person_id))


@cache
def _published(of_site: bool) -> Select[tuple[Duty]]:
    """Made once, for every save asks it."""
    between = Duty.on.between(bindparam("first"), bindparam("last"))
    found = select(Duty).where(Duty.version.is_not(None), between)
    return found.where(Duty.site == bindparam("site")) if of_site else found


def duty_in_force(look: Look, duty_id: str) -> DutyView | None:
    """The duty of that id if it is published and stands, else None."""
    row = look.session.get(Duty, duty_id)
    if row is None or row.version is None or superseded_ids(look, [duty_id]):
        return None
    views = duty_views(look, [row])
    return views[0] if views else None


def duty_views(look: Look, rows: Iterable[Duty]) -> tuple[DutyView, ...]:
    """Duty rows as frozen views with names, by date, start, site and name; those that make no sense are left out."""
    rows = sensible(rows)
    linked = person_links(look)
    ids = {row.person_id for row in rows} | {linked[row.person_id] for row in rows if row.person_id in linked}
    people = _people(look, ids)
    views = [_view(row, people, linked) for row in rows]
    return tuple(sorted(views, key=lambda duty: (duty.on, duty.ranges, duty.site, duty.name, duty.id)))


def superseded_ids(look: Look, duty_ids: Iterable[str]) -> frozenset[str]:
    """Those of the duties that a 取消, 换人 or 改时 has taken the place of."""
    wanted = list(duty_ids)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(bare_rows(look.session, _SUPERSEDED, {"duties": part}).scalars())
    return frozenset(found)


def span_dates(span: Span) -> tuple[date, date]:
    """First and last date of a span."""
    if isinstance(span, Month):
        return span.first_day, span.last_day
    if isinstance(span, Period):
        return span.start, span.end
    return span


def _people(look: Look, ids: set[str]) -> dict[str, Row[Any]]:
    """Id → what a duty tells of its person."""
    found: dict[str, Row[Any]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = bare_rows(look.session, _PEOPLE, {"ids": wanted[start : start + 500]})
        found.update((row.id, row) for row in rows)
    return found


def _view(row: Duty, people: dict[str, Row[Any]], linked: dict[str, str]) -> DutyView:
    person_id = linked.get(row.person_id, row.person_id)
    person = people.get(person_id) or people.get(row.person_id)
    return DutyView(
        id=row.id,
        site=row.site,
        on=row.on,
        kind=DutyKind(row.kind),
        person_id=person_id,
        name=(person.name if person else "") or "（未知人员）",
        ranges=read_ranges(row.ranges),
        version=row.version,
        licence=person.licence if person else "",
        organisation=person.organisation if person else "",
        person_kind=person.kind if person else "",
        is_public_servant=person.is_public_servant if person else False,
        note=row.note,
        writer=row.writer,
        written_person_id=row.person_id,
    )


def duty_facts(look: Look, first: date, last: date, site: str | None = None) -> tuple[DutyFact, ...]:
    """The published duties that stand, with the bureau's word on those rostered too short."""
    found = duties_in_force(look, (first, last), site)
    ruled = rulings(look, "duty", (duty.id for duty in found))
    return tuple(duty.fact(duty.id in ruled and ruled[duty.id].is_approved) for duty in found)
