"""Reports a fund's use by quarter, its arrivals in time, local matching and what is committed (Y20 Y21 A05)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.case_values import Fund, FundFlow, FundSource
from app.quarters import Quarter
from app.rules.funds.ledger import CASE_PAY, DUTY_PAY, FundLedger, FundRow
from app.rules.pay.wording import yuan
from app.rules.policy.case_money import FundRules
from app.rules.policy.parts import CalendarRule
from app.values import Period
from app.workdays import WorkCalendar

LOCAL = (FundSource.city, FundSource.county)
UPPER = (FundSource.centre, FundSource.province)


@dataclass(frozen=True, kw_only=True)
class FundUse:
    """A quarter's row of the fund-use report (Y21), 分.

    opening_fen, balance_fen: at both ends, None before the ledger opened. year_spent_fen of year_arrived_fen is
    执行率.
    """

    quarter: Quarter
    fund: Fund
    opening_fen: int | None
    ordered_fen: int
    arrived_fen: int
    duty_fen: int
    duty_count: int
    case_fen: int
    case_count: int
    other_fen: int
    balance_fen: int | None
    year_arrived_fen: int
    year_spent_fen: int

    @property
    def execution(self) -> Fraction | None:
        """Spent of what arrived in the year so far; None where nothing arrived."""
        return Fraction(self.year_spent_fen, self.year_arrived_fen) if self.year_arrived_fen else None


@dataclass(frozen=True, kw_only=True)
class ArrivalClock:
    """One sum on its way (Y20): due as the calendar has it, met_on when as much had arrived, late_days as of a day."""

    title: str
    clause: str
    fen: int
    started_on: date
    due: date
    met_on: date | None
    late_days: int


@dataclass(frozen=True, kw_only=True)
class Matching:
    """Local money beside the centre's and the province's, 分 (A05); None where the document does not ask."""

    local_fen: int
    upper_fen: int
    closed: int
    asked_by_share_fen: int | None
    asked_by_case_fen: int | None
    text: str

    @property
    def is_met(self) -> bool:
        """Both of what the document asks."""
        asked = (self.asked_by_share_fen or 0, self.asked_by_case_fen or 0)
        return self.local_fen >= max(asked)


@dataclass(frozen=True)
class Commitment:
    """Money that is promised but not yet paid, 分, by the day it is due: published duties, listed cases."""

    on: date
    fen: int
    what: str


@dataclass(frozen=True)
class Forecast:
    """What a fund comes to when all that is committed is paid, 分; short_on: the first day it does not reach."""

    balance_fen: int
    committed_fen: int
    short_on: date | None
    short_fen: int = 0

    @property
    def left_fen(self) -> int:
        """What is left, below zero where it does not reach."""
        return self.balance_fen - self.committed_fen


def fund_use(ledger: FundLedger, quarter: Quarter) -> FundUse:
    """The report's row of a fund and quarter."""
    first, last = quarter.period.start, quarter.period.end
    spent, year_start = ledger.spent_by_use(first, last), date(quarter.year, 1, 1)
    duty, case = spent.get(DUTY_PAY, (0, 0)), spent.get(CASE_PAY, (0, 0))
    return FundUse(
        quarter=quarter,
        fund=ledger.fund,
        opening_fen=ledger.balance_on(first - timedelta(days=1)),
        ordered_fen=ledger.ordered_fen(first, last),
        arrived_fen=ledger.arrived_fen(first, last),
        duty_fen=duty[0],
        duty_count=duty[1],
        case_fen=case[0],
        case_count=case[1],
        other_fen=sum(fen for fen, _ in spent.values()) - duty[0] - case[0],
        balance_fen=ledger.balance_on(last),
        year_arrived_fen=ledger.arrived_fen(year_start, last),
        year_spent_fen=sum(fen for fen, _ in ledger.spent_by_use(year_start, last).values()),
    )


def arrival_clocks(
    ledger: FundLedger, leg: CalendarRule, calendar: WorkCalendar, today: date
) -> tuple[ArrivalClock, ...]:
    """A clock for each 下达 of the fund: its sum is to arrive within the leg's days; arrivals meet the oldest first."""
    ordered = sorted(_rows(ledger, FundFlow.ordered), key=lambda row: (row.on, row.id))
    arrived = sorted(_rows(ledger, FundFlow.arrived), key=lambda row: (row.on, row.id))
    found, asked = [], 0
    for row in ordered:
        asked += row.fen
        due = calendar.roll_forward(row.on, leg.days or 0)
        met = _met_on(asked, arrived)
        late = max(0, ((met or today) - due).days)
        found.append(
            ArrivalClock(
                title=leg.title, clause=leg.clause, fen=row.fen, started_on=row.on, due=due, met_on=met, late_days=late
            )
        )  # fmt: skip
    return tuple(found)


def late_provincial_money(ledger: FundLedger, leg: CalendarRule, year: int, today: date) -> str:
    """A sentence when the month has gone in which the province's money comes down and none has, else "" (Y20)."""
    month = leg.month or 12
    first_after = date(year + month // 12, month % 12 + 1, 1)
    has_come = any(
        row.on.year == year and row.on < first_after and row.source is FundSource.province
        for row in ledger.rows
        if row.fund is ledger.fund and row.flow in (FundFlow.ordered, FundFlow.arrived)
    )
    if has_come or today < first_after:
        return ""
    return f"{leg.title}：应在{year}年{month}月，至今没有登记（{leg.clause}）"


def matching(ledgers: Iterable[FundLedger], year: Period, closed: int, rules: FundRules) -> Matching:
    """City and county money that arrived in a year against centre's and province's, and against the closed cases."""
    books = tuple(ledgers)
    local = sum(one.arrived_fen(year.start, year.end, *LOCAL) for one in books)
    upper = sum(one.arrived_fen(year.start, year.end, *UPPER) for one in books)
    share = None if rules.match_percent is None else -(-upper * rules.match_percent // 100)
    by_case = None if rules.match_fen is None else rules.match_fen * closed
    parts = [f"地方到位 {yuan(local)} 元"]
    if share is not None:
        parts.append(
            f"中央和省到位 {yuan(upper)} 元，按比例应不少于 {yuan(share)} 元（{rules.match_percent_clause}）"
        )
    if by_case is not None:
        parts.append(f"办结 {closed} 件，按件应不少于 {yuan(by_case)} 元（{rules.match_fen_clause}）")
    return Matching(
        local_fen=local,
        upper_fen=upper,
        closed=closed,
        asked_by_share_fen=share,
        asked_by_case_fen=by_case,
        text="；".join(parts),
    )


def forecast(ledger: FundLedger, commitments: Sequence[Commitment], today: date) -> Forecast:
    """What becomes of the balance when published duties and listed cases are paid as they fall due (排班即预算).

    A commitment that fell due before counts today; entries dated later than today count on their day.
    """
    start = ledger.balance_on(today) or 0
    steps = [(one.on, one.fen) for one in ledger.movements() if one.on > today]
    steps += [(max(one.on, today), -one.fen) for one in commitments]
    balance, short = start, None
    # What arrives on a day is there for what is paid on it.
    for on, fen in sorted(steps, key=lambda step: (step[0], -step[1])):
        balance += fen
        if balance < 0 and short is None:
            short = on
    committed = sum(one.fen for one in commitments)
    later = sum(one.fen for one in ledger.movements() if one.on > today)
    return Forecast(start + later, committed, short, max(0, -balance))


def _rows(ledger: FundLedger, flow: FundFlow) -> Iterable[FundRow]:
    return (row for row in ledger.rows if row.fund is ledger.fund and row.flow is flow)


def _met_on(asked: int, arrived: Sequence[FundRow]) -> date | None:
    come = 0
    for row in arrived:
        come += row.fen
        if come >= asked:
            return row.on
    return None
