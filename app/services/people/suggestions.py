"""Suggests to a bureau which of its people the stations' proposals are: by licence, else identity number, else name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person, PersonLink, PersonPrivate, Site
from app.services.people.link_person import BY_ID, BY_LICENCE, BY_NAME
from app.services.reading.proposals import is_proposal

_SAME_NAME = "姓名"
Key = tuple[str, str]
"""By what, and what it says."""


@dataclass(frozen=True)
class LinkSuggestions:
    """Every proposal that waits to be linked, with the likeliest person of the pool."""


@dataclass(frozen=True, kw_only=True)
class LinkSuggestion:
    """One waiting proposal; person_id "" where nobody of the pool fits. match: 执业证号, 身份证号, 仅姓名 or "".

    alike: other waiting proposals that may be the same person, each as `龙居镇 卫明，执业证号相同` (case 60).
    """

    id: str
    name: str
    kind: str
    site_name: str
    licence: str
    match: str
    person_id: str
    person_name: str
    person_organisation: str
    alike: tuple[str, ...] = ()


@answers(LinkSuggestions, permission=Permission.MANAGE_PEOPLE)
def link_suggestions(look: Look, query: LinkSuggestions) -> tuple[LinkSuggestion, ...]:
    """Proposals by site and name; none at a station."""
    if not look.office.is_bureau:
        return ()
    linked = set(look.session.scalars(select(PersonLink.id)))
    people = list(
        look.session.scalars(select(Person).where(Person.is_active).order_by(Person.name, Person.id))
    )
    pool = _Pool(look, [person for person in people if person.writer == look.office.code])
    waiting = [person for person in people if is_proposal(look.office, person) and person.id not in linked]
    sites = {site.id: site.short_name or site.name for site in look.session.scalars(select(Site))}
    groups = _groups(pool, waiting)
    found = [
        replace(
            _suggestion(pool, one, sites.get(one.writer, one.writer)),
            alike=tuple(_alike(pool, one, groups, sites)),
        )
        for one in waiting
    ]
    return tuple(sorted(found, key=lambda one: (one.site_name, one.name)))


class _Pool:
    """The bureau's people by what they can be recognised by."""

    def __init__(self, look: Look, people: list[Person]):
        self.ids = {
            row.id: row.id_number for row in look.session.scalars(select(PersonPrivate)) if row.id_number
        }
        self.by_licence = {person.licence: person for person in people if person.licence}
        self.by_id = {self.ids[person.id]: person for person in people if person.id in self.ids}
        self.by_name = {person.name: person for person in people}

    def likeliest(self, proposal: Person) -> tuple[str, Person | None]:
        """By what it fits, and whom."""
        if found := self.by_licence.get(proposal.licence):
            return BY_LICENCE, found
        if found := self.by_id.get(self.ids.get(proposal.id, "")):
            return BY_ID, found
        found = self.by_name.get(proposal.name)
        return (BY_NAME, found) if found else ("", None)


def _suggestion(pool: _Pool, proposal: Person, site_name: str) -> LinkSuggestion:
    match, person = pool.likeliest(proposal)
    return LinkSuggestion(
        id=proposal.id,
        name=proposal.name or "",
        kind=proposal.kind,
        site_name=site_name,
        licence=proposal.licence,
        match=match,
        person_id=person.id if person else "",
        person_name=(person.name or "") if person else "",
        person_organisation=person.organisation if person else "",
    )


def _keys(pool: _Pool, one: Person) -> Iterator[Key]:
    """What somebody may be the same as another by."""
    papers = ((BY_LICENCE, one.licence), (BY_ID, pool.ids.get(one.id, "")), (_SAME_NAME, one.name or ""))
    return ((kind, said) for kind, said in papers if said)


def _groups(pool: _Pool, waiting: Iterable[Person]) -> Mapping[Key, Sequence[tuple[int, Person]]]:
    """Key → who has it, each with its place: so nobody is compared with all others."""
    found: dict[Key, list[tuple[int, Person]]] = defaultdict(list)
    for place, one in enumerate(waiting):
        for key in _keys(pool, one):
            found[key].append((place, one))
    return found


def _alike(
    pool: _Pool,
    one: Person,
    groups: Mapping[Key, Sequence[tuple[int, Person]]],
    sites: Mapping[str, str],
) -> Iterator[str]:
    """Proposals of other stations with the same papers or, where papers do not tell them apart, the same name."""
    near = {place: other for key in _keys(pool, one) for place, other in groups[key]}
    for _, other in sorted(near.items(), key=itemgetter(0)):
        match = _match(pool, one, other) if other.writer != one.writer else ""
        if match:
            yield f"{sites.get(other.writer, other.writer)} {other.name or ''}，{match}相同"


def _match(pool: _Pool, one: Person, other: Person) -> str:
    mine, theirs = pool.ids.get(one.id, ""), pool.ids.get(other.id, "")
    if one.licence and one.licence == other.licence:
        return BY_LICENCE
    if mine and mine == theirs:
        return BY_ID
    is_told_apart = (one.licence and other.licence) or (mine and theirs)
    return _SAME_NAME if one.name and one.name == other.name and not is_told_apart else ""
