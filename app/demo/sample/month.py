"""Invents a county's month of the programme from a seed: people, roster, punches, checks, register, complaints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from app.demo.sample.attendance import invent_attendance
from app.demo.sample.calendar_days import IsWorkday
from app.demo.sample.cast import choose_cast
from app.demo.sample.complaints import invent_complaints
from app.demo.sample.consultations import invent_consultations
from app.demo.sample.people import invent_people
from app.demo.sample.records import SampleMonth, SampleSite
from app.demo.sample.roster import frequencies, invent_roster
from app.demo.sample.spotchecks import invent_spot_checks
from app.demo.sample.vocabulary import Vocabulary
from app.values import Month, SiteKind

DEFAULT_MONTH = Month(2022, 5)
_ANY_WORDS = Vocabulary()


@dataclass(frozen=True)
class SampleSize:
    """How much is invented: stations beside the centre, the pool relative to 26 people, consultations."""

    stations: int
    people: float
    consultations: int
    is_small: bool = False

    def scaled(self, factor: float) -> SampleSize:
        """The same with pool and register multiplied; stations stay."""
        return replace(self, people=self.people * factor, consultations=round(self.consultations * factor))


FULL = SampleSize(stations=6, people=1.0, consultations=326)
SMALL = SampleSize(stations=2, people=0.35, consultations=42, is_small=True)


def invent_month(
    seed: int,
    sites: Iterable[tuple[str, str, SiteKind | str]],
    month: Month = DEFAULT_MONTH,
    *,
    is_workday: IsWorkday,
    size: SampleSize = FULL,
    vocabulary: Vocabulary = _ANY_WORDS,
) -> SampleMonth:
    """The whole month; the same seed, sites, month, calendar and size give the same figures.

    sites: (code, full name, kind) of a county's centre and stations, of which size.stations are taken. A
    town is read off a station's name. is_workday: whether offices work on a date (Y09). vocabulary: the pack's
    lists of topics, groups and handlings, to which the register keeps.
    """
    chosen = choose_sites(sites, size.stations)
    people = invent_people(_stream(seed, "people"), month, size.people, vocabulary.kinds)
    duties = invent_roster(_stream(seed, "roster"), month, chosen, people, is_workday)
    cast = choose_cast(duties)
    rows = invent_attendance(_stream(seed, "attendance"), duties, people, cast.duties)
    checks = invent_spot_checks(_stream(seed, "checks"), rows, cast, is_small=size.is_small)
    register = invent_consultations(
        _stream(seed, "consultations"), month, rows, checks, cast, size.consultations, vocabulary
    )
    return SampleMonth(
        seed=seed,
        month=month,
        sites=chosen,
        people=people,
        duties=duties,
        attendance=rows,
        spot_checks=checks,
        consultations=register,
        complaints=invent_complaints(_stream(seed, "complaints"), register, rows, cast),
        frequencies=frequencies(tuple(site for site in chosen if not site.is_centre)),
    )


def choose_sites(sites: Iterable[tuple[str, str, SiteKind | str]], stations: int) -> tuple[SampleSite, ...]:
    """The centres and so many stations, spread evenly over the county, in order of code."""
    known = sorted((_site(*site) for site in sites), key=lambda site: site.code)
    towns = [site for site in known if not site.is_centre]
    count = min(stations, len(towns))
    spread = [towns[place * len(towns) // count] for place in range(count)]
    return (*(site for site in known if site.is_centre), *spread)


def _site(code: str, name: str, kind: SiteKind | str) -> SampleSite:
    """The town's name is what is left of a station's full name."""
    town = name.removesuffix("公共法律服务工作站").removesuffix("公共法律服务中心")
    for mark in ("区", "县", "市"):
        head, found, tail = town.partition(mark)
        if found and tail and len(head) <= 4:
            town = tail
            break
    return SampleSite(code, name, SiteKind(kind), town)


def _stream(seed: int, part: str) -> Random:
    """A stream of chance of its own for each part, so that one part's growth leaves the others as they are."""
    return Random(f"{seed}/{part}")
