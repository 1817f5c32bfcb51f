"""The quarterly report of a fund's use, with the day by which it is due (Y21 Y25)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.case_values import Fund
from app.clock import local_date
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.quarters import Quarter
from app.rules.cases.clock_rules import clock_settings
from app.rules.cases.clocks import plain_clock
from app.rules.funds.fund_use import fund_use
from app.rules.funds.ledger import FundLedger
from app.services.reading.calendar import work_calendar
from app.services.reading.funds import ledgers
from app.services.reports.report import Report
from app.values import Level, Period

USE_COLUMNS = (
    SheetColumn("quarter", "季度", width=6, align="center"),
    SheetColumn("fund", "资金", width=5),
    SheetColumn("opening", "期初结余", "money", 5),
    SheetColumn("ordered", "下达", "money", 5, total=True),
    SheetColumn("arrived", "到位", "money", 5, total=True),
    SheetColumn("duty", "值班补贴支出", "money", 5, total=True),
    SheetColumn("duty_count", "笔数", "number", 2.5, total=True),
    SheetColumn("case", "办案补贴支出", "money", 5, total=True),
    SheetColumn("case_count", "件数", "number", 2.5, total=True),
    SheetColumn("other", "其他支出", "money", 5, total=True),
    SheetColumn("balance", "期末结余", "money", 5),
    SheetColumn("year_arrived", "本年到位", "money", 5),
    SheetColumn("year_spent", "本年支出", "money", 5),
    SheetColumn("execution", "执行率", "percent", 4),
)
"""How a fund was used in a quarter, whoever reports it."""
COLUMNS = (
    SheetColumn("unit", "单位", width=8),
    *USE_COLUMNS,
    SheetColumn("due", "报送期限", "date", 5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By quarter and fund, quarters yet to come left out; 惠民专项 always, other funds where they have anything."""
    today = local_date(look.now.at)
    books = [one for one in ledgers(look) if one.fund is Fund.special or one.rows or one.payments]
    for quarter in quarters_of(period):
        if quarter.period.start <= today:
            yield from (_row(look, one, quarter) for one in books)


def quarters_of(period: Period) -> list[Quarter]:
    """The calendar quarters of a period; a month means the one it lies in."""
    return sorted({Quarter.of(month.first_day) for month in period.months()})


def _row(look: Look, ledger: FundLedger, quarter: Quarter) -> Row:
    use = fund_use(ledger, quarter)
    return (
        look.office.name,
        quarter.words,
        use.fund.value,
        use.opening_fen,
        use.ordered_fen,
        use.arrived_fen,
        use.duty_fen,
        use.duty_count,
        use.case_fen,
        use.case_count,
        use.other_fen,
        use.balance_fen,
        use.year_arrived_fen,
        use.year_spent_fen,
        float(use.execution) if use.execution is not None else None,
        due_day(look, quarter),
    )


def due_day(look: Look, quarter: Quarter) -> date | None:
    """By when the report is due: 15 日 after the quarter at a county, 20 日 at a city, under the office's readings."""
    key = "city_fund_use" if look.office.level is Level.city else "county_fund_use"
    clock = plain_clock(
        key, quarter.period.end, None, work_calendar(look), clock_settings(look.pack), local_date(look.now.at)
    )
    return clock.due if clock else None


REPORT = Report(
    key="fund-use",
    title="专项资金使用情况季报",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "按季列出，选月份时为它所在的季度。下达不计入结余；执行率＝本年支出÷本年到位。报送期限为季度结束后县级 15 日、市级 20 日，逢休假日顺延。",
    ),
)
