"""Finds people at the kiosk: who is on duty needs no search, the others are found by name or initials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import means_number
from app.models.duties import KioskCredential
from app.models.organisation import Person
from app.pinyin import matches
from app.services.reading.duties import duties_in_force
from app.services.reading.people import person_links
from app.text import clean

MOST_FOUND = 8


@dataclass(frozen=True)
class FindKioskPeople:
    """People of the pool by name, pinyin initials, licence, telephone number or its last four digits."""

    words: str


@dataclass(frozen=True)
class KioskPerson:
    """Somebody who may sign in; hours: today's duties here, "" for none (临时值班)."""

    person_id: str
    name: str
    kind: str
    organisation: str
    hours: str = ""
    has_pin: bool = True


@answers(FindKioskPeople, permission=Permission.KIOSK)
def find_kiosk_people(look: Look, query: FindKioskPeople) -> tuple[KioskPerson, ...]:
    """At most eight, nobody for an empty search: the pool is not to be read off a public screen."""
    words = clean(query.words)
    if not words:
        return ()
    linked = person_links(look)
    pool = look.session.scalars(select(Person).where(Person.is_active).order_by(Person.name, Person.id))
    found = [row for row in pool if row.id not in linked and _fits(row, words)]
    return kiosk_people(look, found[:MOST_FOUND])


def kiosk_people(look: Look, rows: Iterable[Person]) -> tuple[KioskPerson, ...]:
    """The people as the kiosk shows them."""
    rows, today = tuple(rows), local_date(look.now.at)
    hours: dict[str, list[str]] = {}
    for duty in duties_in_force(look, (today, today), look.office.own_site):
        hours.setdefault(duty.person_id, []).append(duty.hours)
    with_pin = set(look.session.scalars(select(KioskCredential.person_id)))
    return tuple(
        KioskPerson(
            row.id,
            row.name or "",
            row.kind,
            row.organisation,
            "；".join(hours.get(row.id, ())),
            row.id in with_pin,
        )
        for row in rows
    )


def _fits(row: Person, words: str) -> bool:
    if words.isdecimal():
        return means_number(words, row.phone or "") or row.licence == words
    return row.licence == words.upper() or matches(words, row.name or "")
