"""Proposes people for the duties a month still lacks, evenly and after each site's habit (自动补齐; Y03, Y09)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.clock import local_date
from app.dates import TimeRange
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.rules.roster.filling import FillFacts, Filling, FillPerson, fill
from app.rules.roster.openings import Opening, openings
from app.services.reading.roster import gather_facts, planned_duties
from app.services.reading.sites import duty_sites
from app.services.roster.copy_last_month import EmptySeat
from app.services.roster.free_people import SeatJudge, active_people
from app.services.roster.rights import may_roster_for, need_roster_site
from app.services.roster.usual import usual_hours, usual_weekdays
from app.values import DutyKind, Month

HABIT_DAYS = 180


@dataclass(frozen=True)
class ProposeFill:
    """The month to fill; site "": every site this office rosters."""

    month: Month
    site: str = ""


@dataclass(frozen=True)
class SeatProposal:
    """A duty and who is to sit it."""

    site: str
    site_name: str
    on: date
    kind: DutyKind
    ranges: tuple[TimeRange, ...]
    person_id: str
    name: str


@dataclass(frozen=True)
class FillProposal:
    """Seats to accept one by one, those left empty with the reason, whether nothing better exists, and in a sentence what it does."""

    seats: tuple[SeatProposal, ...]
    empty: tuple[EmptySeat, ...]
    is_best: bool
    words: str


@answers(ProposeFill, permission=Permission.DRAFT_ROSTER)
def propose_fill(look: Look, query: ProposeFill) -> FillProposal:
    """By day. Days gone by stay as they were: a duty nobody was given cannot be given afterwards. Raises Refused E401, E420, E421."""
    sites = [need_roster_site(look, query.site)] if query.site else _own_sites(look)
    year = (date(query.month.year, 1, 1), date(query.month.year, 12, 31))
    planned = planned_duties(look, year)
    lacking = _lacking(look, query.month, sites, planned)
    judge = SeatJudge(look, query.month, [])
    found = fill(
        FillFacts(
            openings=lacking,
            people=_people(look, query.month, planned),
            against=lambda person, opening: judge.against(person, opening.on, opening.ranges),
            busy=frozenset((duty.person_id, duty.on) for duty in planned),
            habits=_habits(query.month, planned),
        )
    )
    return _shown(found, {site.id: site.short_name or site.name for site in sites})


def _own_sites(look: Look) -> list[Site]:
    return [site for site in duty_sites(look) if may_roster_for(look, site) and site.is_active]


def _lacking(
    look: Look, month: Month, sites: Sequence[Site], planned: Iterable[DutyView]
) -> tuple[Opening, ...]:
    by_site: dict[str, list[DutyView]] = defaultdict(list)
    for duty in planned:
        by_site[duty.site].append(duty)
    facts = gather_facts(look, month, sites)
    today = local_date(look.now.at)
    found: list[Opening] = []
    for place, site in enumerate(sites):
        own = by_site[site.id]
        weekdays = usual_weekdays(own) or tuple((place + step) % 5 for step in range(5))
        found += openings(facts[site.id], usual_hours(site, own), weekdays, today)
    return tuple(sorted(found, key=lambda one: (one.on, one.site)))


def _people(look: Look, month: Month, planned: Iterable[DutyView]) -> tuple[FillPerson, ...]:
    in_month: Counter[str] = Counter()
    in_year: Counter[str] = Counter()
    for duty in planned:
        in_year[duty.person_id] += duty.seconds
        in_month[duty.person_id] += duty.seconds if duty.on in month else 0
    people = sorted(active_people(look), key=lambda row: row.id)
    return tuple(FillPerson(row.id, row.name or "", in_month[row.id], in_year[row.id]) for row in people)


def _habits(month: Month, planned: Iterable[DutyView]) -> Mapping[tuple[str, int, str], int]:
    """Who sat where on which weekday in the half year before the month."""
    return Counter(
        (duty.site, duty.on.weekday(), duty.person_id)
        for duty in planned
        if 0 < (month.first_day - duty.on).days <= HABIT_DAYS
    )


def _shown(found: Filling, names: Mapping[str, str]) -> FillProposal:
    seats = tuple(
        SeatProposal(
            seat.opening.site,
            names[seat.opening.site],
            seat.opening.on,
            seat.opening.kind,
            seat.opening.ranges,
            seat.person.id,
            seat.person.name,
        )
        for seat in found.seats
    )
    empty = tuple(
        EmptySeat(one.opening.on, names[one.opening.site], one.opening.hours, one.reason)
        for one in found.empty
    )
    return FillProposal(seats, empty, found.is_best, _words(found))


def _words(found: Filling) -> str:
    if not found.seats and not found.empty:
        return "各班都已排上，没有要补的班次。"
    people = len({seat.person.id for seat in found.seats})
    words = f"可补 {len(found.seats)} 班，由 {people} 人分担"
    if found.empty:
        words += f"；{len(found.empty)} 班没有可排的人"
    return words + ("。" if found.is_best else "（限时内的最好结果）。")
