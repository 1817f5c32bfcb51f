"""Answers with everything about one site's roster of a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.clock import local, local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Duty
from app.models.organisation import Site
from app.models.service_desk import Consultation
from app.rules.duty.duty_view import DutyView
from app.rules.policy.parts import CONSULTATIONS
from app.rules.roster.budget import Budget, TargetPace, committed_fen, pace_words, year_end_fen
from app.rules.roster.checks import find_problems
from app.rules.roster.facts import RosterProblem
from app.rules.roster.openings import openings
from app.rules.roster.quality import roster_quality
from app.services.reading.calendar import work_calendar
from app.services.reading.duties import duties_in_force, duty_views
from app.services.reading.merged import counted_visit
from app.services.reading.roster import gather_facts, site_fact
from app.services.reading.sites import find_site
from app.services.reading.target_parts import unit_target
from app.services.roster.changes import changes_of
from app.services.roster.export_poster import posted_version
from app.services.roster.month_view import Balance, DutyChange, DutyState, RosterDay, RosterDuty, RosterView
from app.services.roster.rights import may_roster_for
from app.services.roster.usual import usual_hours, usual_weekdays
from app.services.roster.versions import VersionView, roster_versions
from app.values import DutyKind, Month, SiteKind
from app.workdays import WorkCalendar


@dataclass(frozen=True)
class RosterMonth:
    """The site (code, full name or town) and month wanted."""

    site: str
    month: Month


@answers(RosterMonth, permission=Permission.LOOK)
def roster_month(look: Look, query: RosterMonth) -> RosterView:
    """The month as the roster page shows it. Raises Refused E420, E421."""
    site = find_site(look, query.site)
    month = query.month
    facts = gather_facts(look, month, [site])[site.id]
    problems = find_problems(facts)
    changes = changes_of(look, site.id, month)
    versions = roster_versions(look, site.id, month)
    duties = _duties(look, site, month, facts.duties, problems, changes)
    in_year = _in_year(look, site, month, facts.duties)
    hours = usual_hours(site, in_year)
    lacking = openings(facts, hours, usual_weekdays(in_year))
    is_editable = may_roster_for(look, site) and site.is_active
    return RosterView(
        site=site.id,
        site_name=site.name,
        site_kind=SiteKind(site.kind),
        month=month,
        is_editable=is_editable,
        lead=_lead(duties, problems, versions),
        outside=look.pack.outside_words(month),
        days=_days(month, work_calendar(look), duties, problems),
        problems=problems,
        changes=changes,
        versions=versions,
        balance=_balance(facts.duties, in_year),
        budget=_budget(look, site, month, facts.duties, in_year),
        usual_kind=DutyKind.station if site.kind == SiteKind.station.value else DutyKind.centre,
        usual_ranges=hours,
        posted_version=posted_version(look, site.id, month),
        quality=roster_quality(facts.duties, len(lacking)),
    )


def _duties(
    look: Look,
    site: Site,
    month: Month,
    planned: Sequence[DutyView],
    problems: Sequence[RosterProblem],
    changes: Sequence[DutyChange],
) -> list[RosterDuty]:
    """The duties planned, drafts of other offices, and cancelled ones."""
    made = {change.after.id: change for change in changes if change.after}
    own = look.office.code
    found = [_duty(view, own, problems, made.get(view.id)) for view in planned]
    found += [RosterDuty(view, DutyState.draft, False) for view in _foreign_drafts(look, site, month)]
    found += [
        RosterDuty(change.before, DutyState.cancelled, False, change=change)
        for change in changes
        if change.after is None
    ]
    return sorted(found, key=lambda item: (item.duty.on, item.duty.ranges, item.duty.name, item.duty.id))


def _duty(
    view: DutyView, own: str, problems: Sequence[RosterProblem], change: DutyChange | None
) -> RosterDuty:
    state = DutyState.draft if view.is_draft else DutyState.changed if change else DutyState.published
    mine = tuple(problem for problem in problems if problem.duty_id == view.id)
    return RosterDuty(view, state, view.writer == own, mine, change)


def _foreign_drafts(look: Look, site: Site, month: Month) -> tuple[DutyView, ...]:
    query = select(Duty).where(
        Duty.version.is_(None),
        Duty.writer != look.office.code,
        Duty.site == site.id,
        Duty.on.between(month.first_day, month.last_day),
    )
    return duty_views(look, look.session.scalars(query))


def _days(
    month: Month, calendar: WorkCalendar, duties: Sequence[RosterDuty], problems: Sequence[RosterProblem]
) -> tuple[RosterDay, ...]:
    by_day: dict[date, list[RosterDuty]] = defaultdict(list)
    for item in duties:
        by_day[item.duty.on].append(item)
    found = []
    for on in month.days():
        holiday = calendar.holiday_name(on)
        mark = "班" if calendar.is_adjusted_workday(on) else "休" if holiday else ""
        own = tuple(problem for problem in problems if problem.on == on and not problem.duty_id)
        found.append(RosterDay(on, calendar.is_workday(on), mark, holiday, tuple(by_day[on]), own))
    return tuple(found)


def _lead(
    duties: Sequence[RosterDuty], problems: Sequence[RosterProblem], versions: Sequence[VersionView]
) -> str:
    """草稿 · 2 处问题 · 4 次值班、2 次流动站点."""
    not_voided = [item for item in duties if item.state is not DutyState.cancelled]
    drafts = sum(item.state is DutyState.draft for item in not_voided)
    state = f"第 {versions[-1].number} 版已发布" if versions else "草稿" if drafts else "尚未排班"
    if versions and drafts:
        state += f" · {drafts} 班待发布"
    wrong = f"{len(problems)} 处问题" if problems else "无问题" if not_voided else ""
    kinds = Counter(
        "流动站点"
        if item.duty.kind is DutyKind.mobile
        else "下乡"
        if item.duty.kind is DutyKind.outreach
        else "值班"
        for item in not_voided
    )
    counts = "、".join(f"{kinds[kind]} 次{kind}" for kind in ("值班", "下乡", "流动站点") if kinds[kind])
    return " · ".join(part for part in (state, wrong, counts) if part)


def _in_year(look: Look, site: Site, month: Month, planned: Sequence[DutyView]) -> tuple[DutyView, ...]:
    """The year's duties in force at the site, and the month's drafts."""
    year = (date(month.year, 1, 1), date(month.year, 12, 31))
    return (*duties_in_force(look, year, site.id), *(duty for duty in planned if duty.is_draft))


def _balance(planned: Sequence[DutyView], in_year: Sequence[DutyView]) -> tuple[Balance, ...]:
    names = {duty.person_id: duty.name for duty in in_year}
    month, year = Counter(d.person_id for d in planned), Counter(d.person_id for d in in_year)
    found = [Balance(key, names[key], month[key], year[key]) for key in year]
    return tuple(sorted(found, key=lambda one: (-one.month, -one.year, one.name, one.person_id)))


def _budget(
    look: Look, site: Site, month: Month, planned: Sequence[DutyView], in_year: Sequence[DutyView]
) -> Budget:
    rates, fact = look.pack.rates, site_fact(site)
    pace = _pace(look, site, rates.base_fen[fact.kind] if rates else None)
    if rates is None:
        return Budget(None, None, pace)
    this_month = committed_fen(planned, fact, rates)
    before = committed_fen((duty for duty in in_year if duty.on < month.first_day), fact, rates)
    return Budget(this_month, year_end_fen(before, this_month, month), pace)


def _pace(look: Look, site: Site, session_fen: int | None) -> str:
    today, year = local_date(look.now.at), look.pack.year
    target = unit_target(look, site.id, year.year_of(today), CONSULTATIONS)
    if target is None:
        return ""
    span = (year.year_around(today).start, today)
    done = (
        look.session.scalar(
            select(func.count())
            .select_from(Consultation)
            .where(Consultation.site == site.id, Consultation.on.between(*span), *counted_visit())
        )
        or 0
    )
    sittings = sum(duty.starts_at <= local(look.now.at) for duty in duties_in_force(look, span, site.id))
    return pace_words(TargetPace(target, done, sittings), year.gone_by(today), session_fen)
