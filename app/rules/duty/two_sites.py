"""Tells which records of two sites look like one: one person in two places, one citizen asked twice, one case twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256


@dataclass(frozen=True)
class Stay:
    """Somebody at a site from … to, naive local times; of a duty or of a sign-in with its sign-out."""

    id: str
    site: str
    person_id: str
    starts_at: datetime
    ends_at: datetime

    @property
    def facts(self) -> str:
        """What the pair rests on."""
        return f"{self.site} {self.person_id} {self.starts_at:%Y-%m-%dT%H:%M} {self.ends_at:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True)
class CitizenVisit:
    """A citizen's visit; the same citizen is known already (identity number, or name and telephone)."""

    id: str
    site: str
    on: date
    topics: tuple[str, ...]

    @property
    def facts(self) -> str:
        """What the pair rests on."""
        return f"{self.site} {self.on} {'、'.join(sorted(self.topics))}"


@dataclass(frozen=True)
class Application:
    """A case; number: its 案号, "" before one is given."""

    id: str
    site: str
    on: date
    kind: str
    matter: str
    number: str

    @property
    def facts(self) -> str:
        """What the pair rests on."""
        return f"{self.site} {self.on} {self.kind} {self.matter} {self.number}"


def two_places(stays: Iterable[Stay]) -> Iterator[tuple[Stay, Stay]]:
    """Each two stays of one person at different sites that overlap, the earlier first; touching ends do not overlap."""
    of_person: dict[str, list[Stay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda one: (one.starts_at, one.id)):
        of_person[stay.person_id].append(stay)
    for several in of_person.values():
        for at, first in enumerate(several):
            for second in several[at + 1 :]:
                if second.starts_at >= first.ends_at:
                    break
                if second.site != first.site:
                    yield first, second


def is_same_visit(first: CitizenVisit, second: CitizenVisit) -> bool:
    """Whether one citizen asked two sites on the same day, or about the same matter."""
    is_near = first.on == second.on or not set(first.topics).isdisjoint(second.topics)
    return first.site != second.site and is_near


def is_same_case(first: Application, second: Application) -> bool:
    """Whether two cases of one applicant, or of one 案号, may be one: the same number, or the same kind and matter.

    Two numbers say nothing: each site's application was given one.
    """
    if first.site == second.site:
        return False
    if first.number and first.number == second.number:
        return True
    return (first.kind, first.matter) == (second.kind, second.matter)


def facts_digest(*facts: str) -> str:
    """The same as long as both records say the same, whichever comes first."""
    return sha256("\n".join(sorted(facts)).encode()).hexdigest()[:32]
