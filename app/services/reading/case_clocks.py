"""Gives each case its clocks under the settings and the calendar that this office goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.clock import local, local_date
from app.kernel.work import Look
from app.rules.cases.clock_rules import clock_settings
from app.rules.cases.clocks import CaseClock, ClockState, open_without_clock, running
from app.rules.cases.facts import CaseStanding
from app.services.reading.calendar import work_calendar

_OPEN = (ClockState.running, ClockState.overdue)


@dataclass(frozen=True)
class NextDue:
    """The nearest day by which something must be done, and what; lost: why an open case waits without a clock."""

    on: date | None = None
    title: str = ""
    lost: str = ""


def clocks_of(look: Look, standing: CaseStanding) -> tuple[CaseClock, ...]:
    """Every clock of a case as of now, the ended ones too."""
    now = local(look.now.at)
    return running(standing, work_calendar(look), clock_settings(look.pack), local_date(look.now.at), now=now)


def next_due(look: Look, standing: CaseStanding) -> NextDue:
    """The nearest due day of the clocks that still run; it does not depend on today."""
    found = [one for one in clocks_of(look, standing) if one.state in _OPEN and one.due]
    first = min(found, key=lambda one: one.due or date.max, default=None)
    lost = open_without_clock(standing)
    return NextDue(first.due, first.title, lost) if first else NextDue(lost=lost)
