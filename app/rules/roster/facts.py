"""The plain facts a month's roster is judged by, so that the checks need neither a database nor a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.dates import TimeRange
from app.rules.duty.duty_view import DutyView
from app.rules.duty.facts import SiteFact
from app.rules.policy.rates import RosterRules
from app.values import Month
from app.workdays import WorkCalendar


class Severity(StrEnum):
    """refuse: publication is refused. fault: a published duty that cannot stand as it is. warn: a reminder."""

    refuse = "refuse"
    fault = "fault"
    warn = "warn"


@dataclass(frozen=True)
class Fix:
    """A change that ends the problem at once: the duty's new time ranges, and the words on the button."""

    words: str
    ranges: tuple[TimeRange, ...]


@dataclass(frozen=True, kw_only=True)
class RosterProblem:
    """One thing wrong with a month's roster.

    short: the few words in the calendar's cell. duty_id "": the day or the month as a whole; on None: the month.
    clause: 文号 and number of what it goes against.
    """

    code: str
    text: str
    short: str
    severity: Severity
    site: str
    duty_id: str = ""
    on: date | None = None
    clause: str = ""
    fix: Fix | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether the roster cannot be published with it."""
        return self.severity is Severity.refuse


@dataclass(frozen=True)
class Sitter:
    """A person on the roster; unfit: why the document does not admit them, in sentences (Y08)."""

    id: str
    name: str
    is_active: bool = True
    inactive_reason: str = ""
    unfit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absence:
    """A leave of a person: naive local [from, to)."""

    person_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Frequency:
    """How often the county wants a station on duty, and why it departs from weekly (Y09)."""

    times_a_month: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RosterFacts:
    """All that one site's month is judged by.

    duties: its published duties in force and this office's drafts. elsewhere: what the same people do at other sites.
    around: the site's duties of the neighbouring months in the weeks that both share. clauses: roster figure → clause.
    now: naive local time.
    """

    month: Month
    site: SiteFact
    now: datetime
    duties: tuple[DutyView, ...] = ()
    elsewhere: tuple[DutyView, ...] = ()
    around: tuple[DutyView, ...] = ()
    sitters: Mapping[str, Sitter] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    site_names: Mapping[str, str] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rules: RosterRules = field(default_factory=RosterRules)
    clauses: Mapping[str, str] = field(default_factory=dict)
    frequency: Frequency | None = None

    def clause(self, figure: str) -> str:
        """The clause of a roster figure, "" where the document has none."""
        return self.clauses.get(figure, "")
