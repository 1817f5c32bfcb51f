"""Turns a site's month into what the calendar paints: rest marks, duties as chips, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.dates import time_text
from app.services.roster.month_view import (
    DutyState,
    DutyView,
    RosterDay,
    RosterDuty,
    RosterProblem,
    RosterView,
    Severity,
)
from app.services.roster.publish_roster import Published
from app.ui.widgets.month_cell import CalendarDay, Chip
from app.values import DutyKind

_OUTSIDE = (DutyKind.outreach, DutyKind.mobile, DutyKind.court)
_STATES = {
    DutyState.draft: "info",
    DutyState.published: "done",
    DutyState.changed: "done",
    DutyState.cancelled: "none",
}
_MARKS = {
    DutyState.draft: "草稿",
    DutyState.published: "",
    DutyState.changed: "改",
    DutyState.cancelled: "取消",
}


def days_of(view: RosterView) -> Mapping[date, CalendarDay]:
    """Date → day as painted."""
    return {day.on: _day(day) for day in view.days}


def hours_text(duty: DutyView) -> str:
    """09:00–13:00."""
    return duty.hours.replace("-", "–")


def problem_state(problem: RosterProblem) -> str:
    """The colour of a problem."""
    return "due" if problem.severity is Severity.warn else "fault"


def worst(item: RosterDuty) -> RosterProblem | None:
    """The problem to show in the cell."""
    return min(item.problems, key=lambda one: (one.severity is Severity.warn, one.code), default=None)


def _day(day: RosterDay) -> CalendarDay:
    chips = [_chip(item) for item in day.duties]
    chips += [Chip(problem.short, state=problem_state(problem)) for problem in day.problems]
    return CalendarDay(day.on, tuple(chips), day.mark, not day.is_workday and not day.mark)


def _chip(item: RosterDuty) -> Chip:
    duty, found = item.duty, worst(item)
    is_outside = duty.kind in _OUTSIDE
    mark = "" if found else _MARKS[item.state]
    title = duty.kind.value if is_outside else f"{duty.name} {mark}".rstrip()
    line = f"{duty.name} {time_text(duty.ranges[0][0])}起" if is_outside else hours_text(duty)
    state = problem_state(found) if found else "outreach" if is_outside else _STATES[item.state]
    return Chip(title, line, state, found.short if found else "", duty.id)


def selected(day: RosterDay, duty_id: str) -> RosterDuty | None:
    """The duty chosen, else the first with a problem, else the first."""
    ordered = sorted(day.duties, key=lambda item: (item.duty.id != duty_id, not item.problems))
    return ordered[0] if ordered else None


def published_text(made: Published) -> str:
    """What the page says of a version just published."""
    flag = "（补录）" if made.is_backfilled else "（晚于开班发布）" if made.is_late else ""
    return f"第 {made.number} 版已发布{flag}，校验码 {made.check_code}"
