"""Says which cases wait for somebody of this office today: due soon or overdue, without a clock, or with events that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.case_values import CaseState
from app.clock import local_date
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow as Kept
from app.models.funds import CaseSettlement
from app.quarters import Quarter
from app.rules.cases.clock_rules import clock_settings
from app.rules.cases.clocks import plain_clock
from app.rules.cases.entry import CaseDesk
from app.services.cases.find import case_desk
from app.services.reading.calendar import work_calendar

SOON_DAYS = 3
"""How many days before its due day a case counts as urgent."""
_AT_INTAKE = (CaseState.registered.value, CaseState.awaiting_papers.value)
"""What an intake point still has in hand; everything later is the agency's."""
_AT_DELEGATE = (CaseState.under_review.value,)
"""What it has besides, where it decides itself (G11)."""


@dataclass(frozen=True)
class WaitingCases:
    """How many are overdue, due within SOON_DAYS, and for another reason to be looked at; no case is in two of them."""

    late: int = 0
    soon: int = 0
    lost: int = 0
    first: date | None = None


@dataclass(frozen=True)
class WaitingList:
    """A quarter whose list of cases is not final yet, and by when it is to be reported."""

    quarter: str
    due: date
    is_late: bool


def waiting_clause(look: Look) -> ColumnElement[bool]:
    """The cases that the badge counts and that the page lists as waiting."""
    soon = local_date(look.now.at) + timedelta(days=SOON_DAYS)
    found = or_(Kept.due_on <= soon, Kept.is_lost.is_(True), Kept.misfits > 0)
    desk = case_desk(look)
    if desk is CaseDesk.agency:
        return found
    return and_(found, Kept.state.in_((*_AT_INTAKE, *(_AT_DELEGATE if desk is CaseDesk.delegate else ()))))


def waiting_cases(look: Look) -> WaitingCases:
    """Their numbers, for whoever may go on with a case; nothing for anybody else."""
    rights = (Permission.RECORD_CASE, Permission.HANDLE_CASE, Permission.DECIDE_CASE)
    if not any(look.actor.may(one) for one in rights):
        return WaitingCases()
    today = local_date(look.now.at)
    soon = Kept.due_on <= today + timedelta(days=SOON_DAYS)
    kind = case((Kept.due_on < today, "late"), (soon, "soon"), else_="lost")
    query = select(kind, func.count(), func.min(Kept.due_on)).where(waiting_clause(look)).group_by(kind)
    rows = look.session.execute(query).all()
    found = {name: count for name, count, _ in rows}
    first = min((day for name, _, day in rows if day and name != "lost"), default=None)
    return WaitingCases(found.get("late", 0), found.get("soon", 0), found.get("lost", 0), first)


def waiting_list(look: Look) -> WaitingList | None:
    """The earliest ended quarter with archived cases that nobody made final; for whoever may do so (Y19 Y21)."""
    if not look.office.is_bureau or not look.actor.may(Permission.DECIDE_CASE):
        return None
    today = local_date(look.now.at)
    last = look.session.scalar(
        select(CaseSettlement.quarter).order_by(CaseSettlement.quarter.desc()).limit(1)
    )
    after = Quarter.parse(last).period.end if last else date.min
    first = look.session.scalar(select(func.min(Kept.archived_on)).where(Kept.archived_on > after))
    if first is None or Quarter.of(first).period.end >= today:
        return None
    quarter = Quarter.of(first)
    calendar, settings = work_calendar(look), clock_settings(look.pack)
    clock = plain_clock("quarterly_list", quarter.period.end, None, calendar, settings, today)
    if clock is None or clock.due is None:
        return None
    return WaitingList(str(quarter), clock.due, today > clock.due)
