"""Finds a person of the pool the way sheets name them: by name, and by licence where names repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.errors import Refused
from app.kernel.work import Look
from app.models.organisation import Person, PersonLink
from app.rules.duty.facts import PersonFact
from app.services.reading.names import UNKNOWN, people_of
from app.services.reading.proposals import is_proposal
from app.services.reading.rulings import is_bureau_code
from app.text import clean, clean_number
from app.values import PersonKind, known

_LINKS = select(PersonLink.id, PersonLink.person_id)
"""Made once, for every save waits for it."""


def find_person(look: Look, name: str, licence: str = "", *, field: str = "姓名") -> Person:
    """The active person meant. Raises Refused E430 (nobody), E431 (several: give the licence)."""
    text, number = clean(name), clean_number(licence)
    return look.once(("person", text, number), lambda: _find_person(look, text, number, field))


def _find_person(look: Look, text: str, number: str, field: str) -> Person:
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


def person_links(look: Look) -> dict[str, str]:
    """Proposal id → the person of the pool that the county says it is."""
    return look.once(("links",), lambda: look.lasting(("links",), lambda: _links(look)))


def _links(look: Look) -> dict[str, str]:
    return {link.id: link.person_id for link in look.session.execute(_LINKS)}


def same_person(look: Look, person_id: str, linked: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The ids under which a person may have been written: the pool's first, then proposals linked to it.

    linked: what links() gave, where it was asked for already.
    """
    linked = person_links(look) if linked is None else linked
    whole = linked.get(person_id, person_id)
    return (whole, *(proposal for proposal, person in linked.items() if person == whole))


def person_facts(look: Look, ids: Iterable[str]) -> tuple[PersonFact, ...]:
    """The people of these ids; one who is not held here is unknown by name and takes no part of the rules' favours."""
    ids = set(ids)
    found = people_of(look, ids)
    return tuple(_person_fact(one, found.get(one)) for one in sorted(ids))


def _person_fact(one: str, row: Person | None) -> PersonFact:
    if row is None:
        return PersonFact(one, UNKNOWN, False)
    kind = known(PersonKind, row.kind) or PersonKind.other_lay
    return PersonFact(one, row.name or UNKNOWN, row.is_public_servant, kind, row.licence)


def unlinked_namesakes(look: Look) -> frozenset[str]:
    """Stations' proposals that share a name with somebody else of the pool and are not linked yet."""
    linked = set(person_links(look))
    people = [row for row in look.session.scalars(select(Person)) if row.is_active and row.id not in linked]
    by_name: dict[str | None, list[Person]] = {}
    for row in people:
        by_name.setdefault(row.name, []).append(row)
    groups = (group for name, group in by_name.items() if name and len(group) > 1)
    return frozenset(row.id for group in groups for row in group if not is_bureau_code(row.writer))
