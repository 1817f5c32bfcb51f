"""Counts down to the month's report: which month, by when, how much is left (Y05, Y22, Q11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.clock import local
from app.kernel.work import Look
from app.models.organisation import OfficeRow
from app.services.money.review_matrix import due_at
from app.services.money.submissions import MonthState, SiteMonth, site_month, site_months
from app.services.reading.duties import duties_in_force
from app.services.reading.sites import duty_sites
from app.values import Month

CLOSE = time(18, 0)
"""When a month is due where the pack names no day."""
SOON = timedelta(days=3)


@dataclass(frozen=True)
class ReportDue:
    """The report that is asked for next; by: naive local time. tags: (state, words) of where it stands.

    left: time to the deadline, negative once it has passed. state: done, none, due or fault.
    """

    month: Month
    by: datetime
    left: timedelta
    state: str
    words: str
    tags: tuple[tuple[str, str], ...] = ()
    returned: str | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether it stands among what must be done today."""
        return self.state in ("due", "fault")


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
        left_words(by - now),
        _tags(look, found, is_open),
        returned,
    )


def left_words(left: timedelta) -> str:
    """6 小时 46 分, 3 天 2 小时, 已过 1 天."""
    minutes = abs(int(left.total_seconds())) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    words = f"{days} 天" if days >= 3 else f"{days} 天 {hours} 小时" if days else f"{hours} 小时 {rest} 分"
    return f"已过 {words}" if left < timedelta() else words


def _state(left: timedelta, is_open: bool, returned: str | None) -> str:
    if not is_open:
        return "none"
    if left < timedelta() or returned is not None:
        return "fault"
    return "due" if left <= SOON else "none"


def _is_expected(look: Look, month: Month) -> bool:
    """A month before this office began is asked for only if duties were entered for it."""
    office = look.session.get(OfficeRow, 1)
    if office is not None and local(office.made_at).date() <= month.last_day:
        return True
    return bool(duties_in_force(look, month, look.office.own_site))


def _tags(look: Look, found: SiteMonth, is_open: bool) -> tuple[tuple[str, str], ...]:
    """Where the last month stands: a bureau's stations, a station's own report."""
    if look.office.is_bureau:
        months = site_months(look, [site.id for site in duty_sites(look)], [found.month])
        missing = sum(one.state is MonthState.missing for one in months.values())
        waiting = sum(one.is_waiting for one in months.values())
        return (
            ("due" if missing else "done", f"未报 {missing}"),
            ("info" if waiting else "none", f"待审 {waiting}"),
        )
    if found.state is MonthState.missing and not is_open:
        return ()
    state = "fault" if is_open else "done" if found.state is MonthState.passed else "info"
    return ((state, f"{found.month.month}月 {found.state.value}"),)
