"""Shows a city which of its counties' sites have reported which month, by the figures the counties send (Y01, Y22)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.clock import local, local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.figures import SiteFigure
from app.models.records import ReceivedStream
from app.quarters import Quarter
from app.services.funds.county_quarters import county_due, fund_standing, quarter_figures
from app.services.money.review_matrix import due_at, months_up_to
from app.services.money.submissions import MonthState
from app.services.reading.sites import bureaus_below, has_admitted_office
from app.values import Month

DAY = timedelta(days=1)


@dataclass(frozen=True)
class CountyMonths:
    """The months up to one (2022-05) of the bureaus below, several side by side; nothing at a bureau without any."""

    month: str
    months: int = 4


@dataclass(frozen=True)
class CountyCell:
    """A county's month: how many of the sites it gave figures for stand where. is_overdue: some are late."""

    states: tuple[tuple[str, int], ...] = ()
    is_overdue: bool = False

    @property
    def sites(self) -> int:
        """How many sites the county gave figures for."""
        return sum(number for _, number in self.states)

    def count(self, state: MonthState) -> int:
        """How many of them stand there."""
        return dict(self.states).get(state.value, 0)

    @property
    def is_passed(self) -> bool:
        """Whether every one of them is approved."""
        return bool(self.sites) and self.count(MonthState.passed) == self.sites


@dataclass(frozen=True)
class CountyRow:
    """A bureau below. heard_at: naive local, None where nothing came. is_enrolled False: it keeps no office here yet.

    funds: what came of its fund report of the last quarter that ended before the newest month: 2022年第1季度 按时.
    """

    id: str
    name: str
    is_enrolled: bool
    heard_at: datetime | None
    cells: tuple[CountyCell, ...]
    funds: str = ""


@answers(CountyMonths, permission=Permission.LOOK)
def county_months(look: Look, query: CountyMonths) -> tuple[CountyRow, ...]:
    """By code. Raises Refused E921 for a month that is none."""
    months = months_up_to(Month.parse(query.month), query.months)
    streams = look.session.execute(select(ReceivedStream.site, ReceivedStream.heard_at))
    heard: dict[str, datetime] = {}
    for office, moment in streams:
        heard[office] = max(moment, heard.get(office, moment))
    quarter, today = Quarter.of(Quarter.of(months[-1].first_day).period.start - DAY), local_date(look.now.at)
    figures, due = quarter_figures(look, quarter), county_due(look, quarter)
    late = [_is_past(look, month) for month in months]
    rows = []
    for site in bureaus_below(look):
        is_enrolled, at = has_admitted_office(look, site.id), heard.get(site.id)
        states = _states(look, site.id, months)
        cells = (
            _cell(states.get(str(month), Counter()), is_late=is_late and is_enrolled)
            for month, is_late in zip(months, late, strict=True)
        )
        name = site.short_name or site.name
        words = f"{quarter.words}{fund_standing(figures.get(site.id, ()), quarter, due, today)}"
        rows.append(CountyRow(site.id, name, is_enrolled, local(at) if at else None, tuple(cells), words))
    return tuple(rows)


def _is_past(look: Look, month: Month) -> bool:
    until = due_at(look, month)
    return until is not None and local(look.now.at) > until


def _states(look: Look, county: str, months: tuple[Month, ...]) -> dict[str, Counter[str]]:
    """Month → how many sites stand where, by the county's own figures."""
    rows = look.session.execute(
        select(SiteFigure.month, SiteFigure.state, func.count())
        .where(SiteFigure.writer == county, SiteFigure.month.in_([str(month) for month in months]))
        .group_by(SiteFigure.month, SiteFigure.state)
    )
    found: dict[str, Counter[str]] = {}
    for month, state, number in rows:
        found.setdefault(month, Counter())[state] += number
    return found


def _cell(states: Counter[str], *, is_late: bool) -> CountyCell:
    """A month without figures is no fault: the county may have begun later."""
    is_open = any(states[state.value] for state in (MonthState.missing, MonthState.returned))
    return CountyCell(tuple(sorted(states.items())), is_late and is_open)
