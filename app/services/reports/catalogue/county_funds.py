"""The use of every county's funds in one table at the city, with a mark where a county is missing or late (Y21)."""

from __future__ import annotations

from collections.abc import Iterator

from app.case_values import Fund
from app.clock import local_date
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.figures import FundUseFigure
from app.quarters import Quarter
from app.services.funds.county_quarters import FundStanding, county_due, fund_standing, quarter_figures
from app.services.reading.sites import bureaus_below
from app.services.reports.catalogue.fund_use import USE_COLUMNS, quarters_of
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("county", "县（市、区）", width=8),
    *USE_COLUMNS,
    SheetColumn("standing", "报送", width=5, align="center"),
)
BLANK = len(USE_COLUMNS) - 2
"""Columns after quarter and fund, which a county without figures leaves empty."""


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By quarter and county, every county below; one that has sent nothing has a line of its own."""
    today, counties = local_date(look.now.at), bureaus_below(look)
    for quarter in quarters_of(period):
        if quarter.period.start > today:
            continue
        held, due = quarter_figures(look, quarter), county_due(look, quarter)
        for county in counties:
            name, mine = county.short_name or county.name, held.get(county.id, ())
            yield from (_row(name, quarter, row, fund_standing([row], quarter, due, today)) for row in mine)
            if not mine:
                words = fund_standing((), quarter, due, today)
                yield (name, quarter.words, Fund.special.value, *(None,) * BLANK, words.value)


def _row(county: str, quarter: Quarter, row: FundUseFigure, standing: FundStanding) -> Row:
    return (
        county,
        quarter.words,
        row.fund,
        row.opening_fen,
        row.ordered_fen,
        row.arrived_fen,
        row.duty_fen,
        row.duty_count,
        row.case_fen,
        row.case_count,
        row.other_fen,
        row.balance_fen,
        row.year_arrived_fen,
        row.year_spent_fen,
        row.year_spent_fen / row.year_arrived_fen if row.year_arrived_fen else None,
        standing.value,
    )


REPORT = Report(
    key="county-funds",
    title="县（市、区）资金使用汇总表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "市局用：各县（市、区）随上报包报来的资金季报，一县一资金一行。没有报来的县单列一行，写“未报”或“逾期未报”，合计不含它。",
        "“未到期末”是季度结束以前汇总的，季度结束后还会再报。执行率＝本年支出÷本年到位。",
    ),
)
