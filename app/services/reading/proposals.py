"""Tells a station's proposal from a person of the pool: the county's word makes somebody a member."""

from __future__ import annotations

from app.kernel.identity import OfficeIdentity
from app.models.organisation import Person


def is_proposal(office: OfficeIdentity, person: Person) -> bool:
    """Whether the entry waits for the county: at a station its own, at a bureau those from below (a city may lend)."""
    if not office.is_bureau:
        return person.writer == office.code
    return person.writer not in (office.code, office.parent)
