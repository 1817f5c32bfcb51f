"""Brings together from the database what sites' rosters of a month are judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.clock import local
from app.kernel.work import Look
from app.models.duties import Duty
from app.models.organisation import Leave, Person, Site
from app.rules.duty.duty_view import DutyView
from app.rules.duty.eligibility import eligibility_problems
from app.rules.duty.facts import SiteFact
from app.rules.roster.facts import Absence, Frequency, RosterFacts, Sitter
from app.services.reading.calendar import work_calendar
from app.services.reading.duties import duties_in_force, duty_views
from app.services.reading.frequency import frequency_in_force
from app.services.reading.people import person_links
from app.values import Month, SiteKind


def gather_facts(look: Look, month: Month, sites: Collection[Site]) -> dict[str, RosterFacts]:
    """Site code → facts of its month; duties of other sites are read along, for people who sit at both."""
    planned = planned_duties(look, _weeks(month))
    inside = [duty for duty in planned if duty.on in month]
    people = {duty.person_id for duty in inside}
    sitters, absences, names = _sitters(look, people), _absences(look, people, month), short_site_names(look)
    clauses = roster_clauses(look)
    found = {}
    for site in sites:
        own = tuple(duty for duty in inside if duty.site == site.id)
        mine = {duty.person_id for duty in own}
        found[site.id] = RosterFacts(
            month=month,
            site=site_fact(site),
            now=local(look.now.at),
            duties=own,
            elsewhere=tuple(duty for duty in inside if duty.site != site.id and duty.person_id in mine),
            around=tuple(duty for duty in planned if duty.site == site.id and duty.on not in month),
            sitters=sitters,
            absences=tuple(absence for absence in absences if absence.person_id in mine),
            site_names=names,
            calendar=work_calendar(look),
            rules=look.pack.roster,
            clauses=clauses,
            frequency=frequency_of(look, site.id, month),
        )
    return found


def planned_duties(look: Look, span: tuple[date, date]) -> tuple[DutyView, ...]:
    """Published duties in force and this office's own drafts, of every site it knows."""
    query = select(Duty).where(
        Duty.version.is_(None), Duty.writer == look.office.code, Duty.on.between(*span)
    )
    return (*duties_in_force(look, span), *duty_views(look, look.session.scalars(query)))


def site_fact(site: Site) -> SiteFact:
    """A site's row as the rules take it."""
    return SiteFact(site.id, site.name, SiteKind(site.kind))


def short_site_names(look: Look) -> dict[str, str]:
    """Site code → the short name people use."""
    return {
        code: short or name
        for code, name, short in look.session.execute(select(Site.id, Site.name, Site.short_name))
    }


def roster_clauses(look: Look) -> Mapping[str, str]:
    """Roster figure → its clause."""
    figures = look.pack.figures
    return {
        name.removeprefix("roster."): f.clause for name, f in figures.items() if name.startswith("roster.")
    }


def frequency_of(look: Look, site: str, month: Month) -> Frequency | None:
    """What the county last set for the station before the month ends; None: weekly in principle."""
    row = frequency_in_force(look, site, month.last_day)
    return Frequency(row.times_a_month, row.reason) if row else None


def sitter_of(look: Look, person: Person) -> Sitter:
    """A person as the checks take them, with what stands against them in the document (Y08)."""
    unfit = tuple(problem.message for problem in eligibility_problems(person, look.pack))
    return Sitter(person.id, person.name or "", person.is_active, person.inactive_reason, unfit)


def absences_of(look: Look, people: Iterable[str], month: Month) -> tuple[Absence, ...]:
    """The leaves of people that touch a month; a proposal's leave is its linked person's."""
    return _absences(look, set(people), month)


def _sitters(look: Look, people: set[str]) -> dict[str, Sitter]:
    wanted = sorted(people)
    found: dict[str, Sitter] = {}
    for start in range(0, len(wanted), 500):
        rows = look.session.scalars(select(Person).where(Person.id.in_(wanted[start : start + 500])))
        found.update((row.id, sitter_of(look, row)) for row in rows)
    return found


def _absences(look: Look, people: set[str], month: Month) -> tuple[Absence, ...]:
    linked = person_links(look)
    starts: dict[str, list[Absence]] = defaultdict(list)
    wanted = select(Leave).where(
        Leave.is_cancelled.is_(False), Leave.ends_at >= datetime.combine(month.first_day, time())
    )
    for row in look.session.scalars(wanted):
        person = linked.get(row.person_id, row.person_id)
        if person in people and row.starts_at.date() <= month.last_day:
            starts[person].append(Absence(person, row.starts_at, row.ends_at))
    return tuple(absence for person in sorted(starts) for absence in sorted(starts[person], key=_begin))


def _begin(absence: Absence) -> str:
    return absence.starts_at.isoformat()


def _weeks(month: Month) -> tuple[date, date]:
    """The whole weeks, Monday to Sunday, that the month touches."""
    first, last = month.first_day, month.last_day
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
