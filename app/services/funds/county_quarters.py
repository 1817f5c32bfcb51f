"""Says which county has sent the city the sum of its funds for a quarter, and whether in time (Y21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from app.clock import local_date
from app.kernel.work import Look
from app.models.figures import FundUseFigure
from app.quarters import Quarter
from app.rules.cases.clock_rules import clock_settings
from app.rules.cases.clocks import plain_clock
from app.services.reading.calendar import work_calendar


class FundStanding(StrEnum):
    """What the city has of a county's quarter."""

    on_time = "按时"
    late = "迟报"
    running = "未到期末"
    missing = "未报"
    overdue = "逾期未报"


def county_due(look: Look, quarter: Quarter) -> date | None:
    """By when a county's report is due, whichever office asks; None where the document sets no day."""
    clock = plain_clock(
        "county_fund_use",
        quarter.period.end,
        None,
        work_calendar(look),
        clock_settings(look.pack),
        local_date(look.now.at),
    )
    return clock.due if clock else None


def quarter_figures(look: Look, quarter: Quarter) -> Mapping[str, Sequence[FundUseFigure]]:
    """County → its funds of the quarter, those that have sent any."""
    found: dict[str, list[FundUseFigure]] = defaultdict(list)
    query = select(FundUseFigure).where(FundUseFigure.quarter == str(quarter)).order_by(FundUseFigure.id)
    for row in look.session.scalars(query):
        found[row.writer].append(row)
    return found


def fund_standing(
    rows: Sequence[FundUseFigure], quarter: Quarter, due: date | None, today: date
) -> FundStanding:
    """The standing of one county's quarter, by the oldest of its sums."""
    if not rows:
        return FundStanding.overdue if due and today > due else FundStanding.missing
    if min(row.summed_on for row in rows) <= quarter.period.end:
        return FundStanding.overdue if due and today > due else FundStanding.running
    return FundStanding.late if due and max(row.summed_on for row in rows) > due else FundStanding.on_time
