"""Counts down to the month's report: which month, by when, how much is left (Y05, Y22, Q11)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from app.clock import local
from app.kernel.work import Look
from app.models.organisation import OfficeRow
from app.services.money.review_matrix import BY_BUREAU, ReviewMatrix, due_at, review_matrix
from app.services.money.submissions import MonthState, SiteMonth, site_month
from app.services.reading.duties import duties_in_force
from app.values import Month

CLOSE = time(18, 0)
"""When a month is due where the pack names no day."""
SOON = timedelta(days=3)


class DueState(Enum):
    """How the report that is asked for next stands."""

    reported = "reported"
    ahead = "ahead"
    soon = "soon"
    late = "late"


@dataclass(frozen=True)
class ReportsBelow:
    """Of a bureau's sites in a month, as the matrix names them: not reported, entered by the bureau itself but not
    yet reported (代录), waiting for its answer."""

    month: Month
    missing: int
    entered_here: int
    waiting: int


@dataclass(frozen=True)
class ReportDue:
    """The report that is asked for next; by: naive local time; left: time to it, negative once it has passed.

    below: how a bureau's sites stand; own: how a station's own last month stands, None where it is not asked for.
    returned: why the bureau sent it back, None where it did not.
    """

    month: Month
    by: datetime
    left: timedelta
    state: DueState
    below: ReportsBelow | None = None
    own: SiteMonth | None = None
    returned: str | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it stands among what must be done today."""
        return self.state in (DueState.soon, DueState.late)


def report_due(look: Look) -> ReportDue:
    """The last month until it is reported, then the present one."""
    now = local(look.now.at)
    last = Month.of(now.date()).previous()
    found = site_month(look, look.office.own_site, last)
    is_open = found.is_open and _is_expected(look, last)
    month = last if is_open else last.next()
    by = due_at(look, month) or datetime.combine(month.next().last_day, CLOSE)
    returned = found.reason if found.state is MonthState.returned else None
    return ReportDue(
        month,
        by,
        by - now,
        _state(by - now, is_open, returned),
        _below(look, last) if look.office.is_bureau else None,
        None if look.office.is_bureau or (found.state is MonthState.missing and not is_open) else found,
        returned,
    )


def _state(left: timedelta, is_open: bool, returned: str | None) -> DueState:
    if not is_open:
        return DueState.reported
    if left < timedelta() or returned is not None:
        return DueState.late
    return DueState.soon if left <= SOON else DueState.ahead


def _is_expected(look: Look, month: Month) -> bool:
    """A month before this office began is asked for only if duties were entered for it."""
    office = look.session.get(OfficeRow, 1)
    if office is not None and local(office.made_at).date() <= month.last_day:
        return True
    return bool(duties_in_force(look, month, look.office.own_site))


def _below(look: Look, month: Month) -> ReportsBelow:
    cells = [row.cells[-1] for row in review_matrix(look, ReviewMatrix(str(month), 1)).rows]
    words = Counter(cell.word for cell in cells)
    waiting = sum(cell.state.is_waiting for cell in cells)
    return ReportsBelow(month, words[MonthState.missing.value], words[BY_BUREAU], waiting)
