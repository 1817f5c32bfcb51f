"""Finds a person of the pool the way sheets name them: by name, and by licence where names repeat."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import Refused
from app.models.organisation import Person, PersonLink
from app.services.dispatch import Look
from app.services.people.proposals import is_proposal
from app.text import clean, clean_number


def find_person(look: Look, name: str, licence: str = "", *, field: str = "姓名") -> Person:
    """The active person meant. Raises Refused E430 (nobody), E431 (several: give the licence)."""
    text, number = clean(name), clean_number(licence)
    found = [p for p in look.session.scalars(select(Person).where(Person.name == text)) if p.is_active]
    linked = {link.id for link in look.session.scalars(select(PersonLink))}
    found = [person for person in found if person.id not in linked]
    if number:
        found = [person for person in found if person.licence == number]
    found = _without_doubles(look, found)
    if not found:
        more = f"（执业证号 {number}）" if number else ""
        raise Refused("E430", f"值班人员库里没有“{text}”{more}，请先在“人员”里登记。", field=field)
    if len(found) > 1:
        raise Refused("E431", f"值班人员库里有 {len(found)} 个“{text}”，请加填执业证号以区分。", field=field)
    return found[0]


def _without_doubles(look: Look, found: list[Person]) -> list[Person]:
    """A station's proposal whose licence somebody of the pool bears is that person, linked already or not yet."""
    pool = {person.licence for person in found if person.licence and not is_proposal(look.office, person)}
    return [person for person in found if person.licence not in pool or not is_proposal(look.office, person)]


def links(look: Look) -> dict[str, str]:
    """Proposal id → the person of the pool that the county says it is."""
    return {link.id: link.person_id for link in look.session.scalars(select(PersonLink))}
