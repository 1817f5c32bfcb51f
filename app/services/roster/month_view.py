"""What the roster page shows of a site's month: days, duties with their state, problems, balance and budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.dates import TimeRange
from app.rules.duty.duty_view import DutyView as DutyView
from app.rules.roster.budget import Budget
from app.rules.roster.facts import Fix as Fix
from app.rules.roster.facts import RosterProblem as RosterProblem
from app.rules.roster.facts import Severity as Severity
from app.rules.roster.quality import RosterQuality
from app.services.roster.versions import VersionView
from app.values import DutyKind, Month, SiteKind


class DutyState(StrEnum):
    """Where a duty stands."""

    draft = "草稿"
    published = "已发布"
    changed = "已变更"
    cancelled = "已取消"


@dataclass(frozen=True)
class DutyChange:
    """A change of a published duty: what it was, what it is (None after 取消), who, when (naive local), why (Y22a)."""

    kind: str
    before: DutyView
    after: DutyView | None
    reason: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True)
class RosterDuty:
    """A duty of the month; is_mine: this office may edit the draft; change: what made or cancelled it."""

    duty: DutyView
    state: DutyState
    is_mine: bool
    problems: tuple[RosterProblem, ...] = ()
    change: DutyChange | None = None


@dataclass(frozen=True)
class RosterDay:
    """A day; mark: 休 on a festival's day off, 班 on a worked weekend; holiday: the festival's name."""

    on: date
    is_workday: bool
    mark: str
    holiday: str
    duties: tuple[RosterDuty, ...] = ()
    problems: tuple[RosterProblem, ...] = ()


@dataclass(frozen=True)
class Balance:
    """How often a person sits at this site, drafts of the month included."""

    person_id: str
    name: str
    month: int
    year: int


@dataclass(frozen=True, kw_only=True)
class RosterView:
    """A site's month. problems: all of them; changes: the newest first; posted_version: last exported poster, 0 none.

    usual_kind, usual_ranges: what a new duty starts from. lead: one sentence of state. outside: a sentence where the
    document does not cover the month. quality: what is lacking and how even the month is.
    """

    site: str
    site_name: str
    site_kind: SiteKind
    month: Month
    is_editable: bool
    lead: str
    outside: str
    days: tuple[RosterDay, ...]
    problems: tuple[RosterProblem, ...]
    changes: tuple[DutyChange, ...]
    versions: tuple[VersionView, ...]
    balance: tuple[Balance, ...]
    budget: Budget
    usual_kind: DutyKind
    usual_ranges: tuple[TimeRange, ...]
    quality: RosterQuality
    posted_version: int = 0

    @property
    def version(self) -> VersionView | None:
        """The version in force."""
        return self.versions[-1] if self.versions else None

    @property
    def duties(self) -> tuple[RosterDuty, ...]:
        """Every duty of the month, by date."""
        return tuple(duty for day in self.days for duty in day.duties)

    @property
    def drafts(self) -> int:
        """How many drafts of this office wait for publication."""
        return sum(item.is_mine and item.state is DutyState.draft for item in self.duties)

    @property
    def wall(self) -> str:
        """What to say about the poster on the wall, "" when it is the version in force."""
        if self.version is None:
            return ""
        if not self.posted_version:
            return f"第 {self.version.number} 版公示表还没有导出张贴"
        if self.posted_version < self.version.number:
            return f"墙上值班表已过期（v{self.posted_version}→v{self.version.number}），请换贴新表"
        return ""
