"""Finds the person and the site that somebody names on the command line, as sheets name them."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person
from app.services.reading.people import find_person
from app.services.reading.sites import site_named
from app.text import clean


@dataclass(frozen=True)
class NamedOnes:
    """A person by id or name (licence where names repeat), "" for none; a site by code or name, "" for this office's own."""

    person: str = ""
    licence: str = ""
    site: str = ""


@dataclass(frozen=True)
class FoundOnes:
    """Their ids; person_id is "" where nobody was named."""

    person_id: str
    site: str


@answers(NamedOnes, permission=Permission.LOOK)
def named_ones(look: Look, query: NamedOnes) -> FoundOnes:
    """Raises Refused E420, E421, E430, E431."""
    site = site_named(look, query.site).code
    words = clean(query.person)
    if not words or look.session.get(Person, words) is not None:
        return FoundOnes(words, site)
    return FoundOnes(find_person(look, words, query.licence, field="person").id, site)
