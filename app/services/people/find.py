"""Finds a person of the pool the way sheets name them: by name, and by licence where names repeat."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import Refused
from app.models.organisation import Person, PersonLink
from app.services.dispatch import Look


def find_person(look: Look, name: str, licence: str = "", *, field: str = "姓名") -> Person:
    """The active person meant. Raises Refused E430 (nobody), E431 (several: give the licence)."""
    text = name.strip()
    found = [p for p in look.session.scalars(select(Person).where(Person.name == text)) if p.is_active]
    linked = {link.id for link in look.session.scalars(select(PersonLink))}
    found = [person for person in found if person.id not in linked]
    if licence.strip():
        found = [person for person in found if person.licence == licence.strip()]
    if not found:
        more = f"（执业证号 {licence.strip()}）" if licence.strip() else ""
        raise Refused("E430", f"值班人员库里没有“{text}”{more}，请先在“人员”里登记。", field=field)
    if len(found) > 1:
        raise Refused("E431", f"值班人员库里有 {len(found)} 个“{text}”，请加填执业证号以区分。", field=field)
    return found[0]


def links(look: Look) -> dict[str, str]:
    """Proposal id → the person of the pool that the county says it is."""
    return {link.id: link.person_id for link in look.session.scalars(select(PersonLink))}
