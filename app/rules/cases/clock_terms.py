"""Counts a period: start day out, stops out, an end on a day off moved on (民法典 201, 203)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.cases.clock_rules import ClockUnit
from app.workdays import WorkCalendar

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClockStop:
    """A time that does not count; resumed_on None: it goes on."""

    on: date
    resumed_on: date | None = None


@dataclass(frozen=True)
class Term:
    """A period once counted.

    ends_on: its last day before days off are looked at, due: after; both None while it is stopped. left: what of its
    length remained when it last stopped. stops: those that had effect.
    """

    ends_on: date | None
    due: date | None
    left: int
    stops: tuple[ClockStop, ...] = ()


def count_term(
    start: date,
    length: int,
    unit: ClockUnit,
    stops: Iterable[ClockStop],
    calendar: WorkCalendar,
    *,
    rolls_over: bool = True,
) -> Term:
    """The period of a length in 日 or 工作日 from a start.

    due = resumed_on + (length - (stopped_on - started_on)), several stops adding up; 工作日 count both sides in 工作日. A stop
    after the due day revives nothing.
    """
    began, left, taken = start, length, list[ClockStop]()
    for stop in sorted(stops, key=lambda one: one.on):
        if stop.on > _due(_end(began, left, unit, calendar), calendar, rolls_over):
            break
        left = max(0, left - _passed(began, stop.on, unit, calendar))
        taken.append(stop)
        if stop.resumed_on is None:
            return Term(None, None, left, tuple(taken))
        began = max(began, stop.resumed_on)
    end = _end(began, left, unit, calendar)
    return Term(end, _due(end, calendar, rolls_over), left, tuple(taken))


def _end(began: date, left: int, unit: ClockUnit, calendar: WorkCalendar) -> date:
    if unit is ClockUnit.workdays:
        return calendar.after_workdays(began, left)
    return began + _DAY * left


def _due(end: date, calendar: WorkCalendar, rolls_over: bool) -> date:
    return calendar.next_workday(end) if rolls_over else end


def _passed(began: date, stopped: date, unit: ClockUnit, calendar: WorkCalendar) -> int:
    if unit is ClockUnit.workdays:
        return len(calendar.workdays(began + _DAY, stopped))
    return max(0, (stopped - began).days)
