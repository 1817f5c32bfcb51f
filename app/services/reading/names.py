"""Names of people and sites for sentences and lists, the linked person's where the county linked a proposal."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows, is_among
from app.models.organisation import Person, Site
from app.services.reading.rulings import in_parts

_PEOPLE = select(Person).where(is_among(Person.id, "ids"))
_PERSON = bare_columns(Person)
_NAMES = select(_PERSON.id, _PERSON.name).where(is_among(_PERSON.id, "ids"))
"""Made once, for every save waits for one of them."""
UNKNOWN = "（未知人员）"


def people_of(look: Look, ids: Iterable[str]) -> dict[str, Person]:
    """Person id → row, for the ids that are known here; for use inside services only."""
    found: dict[str, Person] = {}
    for part in in_parts(sorted(set(ids))):
        found.update((row.id, row) for row in look.session.scalars(_PEOPLE, {"ids": part}))
    return found


def names_of(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Person id → name; an erased or unknown name reads （未知人员）."""
    ids = set(ids)
    found: dict[str, str | None] = {}
    for part in in_parts(sorted(ids)):
        found.update((one, name) for one, name in bare_rows(look.session, _NAMES, {"ids": part}))
    return {one: found.get(one) or UNKNOWN for one in ids}


def site_names(look: Look) -> dict[str, str]:
    """Site code → full name; an office without a stored site of its own code is named by its identity."""
    found = {look.office.own_site: look.office.name}
    found.update((row.id, row.name) for row in look.session.scalars(select(Site)))
    return found
