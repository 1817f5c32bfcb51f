"""Keeps a fund's balance from its first arrival on and refuses what the money does not reach (Y25 A05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.case_values import Fund, FundFlow, FundSource
from app.rules.pay.wording import yuan
from app.rules.policy.case_money import FundRules

DUTY_PAY = "值班补贴"
CASE_PAY = "办案补贴"
"""What a payment is made for, as 用途 and reports name it."""


@dataclass(frozen=True, kw_only=True)
class FundRow:
    """One row of a fund's ledger as the office writes it, 分; voucher "" where there is none."""

    id: str
    on: date
    fund: Fund
    flow: FundFlow
    fen: int
    source: FundSource | None = None
    use: str = ""
    voucher: str = ""


@dataclass(frozen=True, kw_only=True)
class FundPayment:
    """Money handed over from a fund by this program, 分; below zero where it came back.

    use: DUTY_PAY or CASE_PAY. count: the person-times or cases it pays.
    """

    id: str
    on: date
    fund: Fund
    fen: int
    use: str
    voucher: str = ""
    count: int = 1


@dataclass(frozen=True)
class Movement:
    """What moves a balance on a day, 分, with its use ("" for an arrival) and how many it pays."""

    on: date
    fen: int
    use: str = ""
    count: int = 0


@dataclass(frozen=True)
class PayVerdict:
    """Whether a fund may pay: a refusal stops the payment, a warning is shown; "" for none."""

    refusal: str = ""
    warning: str = ""


@dataclass(frozen=True)
class FundLedger:
    """One fund's rows and payments; those of other funds play no part."""

    fund: Fund
    rows: Sequence[FundRow] = ()
    payments: Sequence[FundPayment] = ()

    @property
    def opened_on(self) -> date | None:
        """The day of the first 到位; None: the fund has no ledger yet."""
        return min((row.on for row in self._own(FundFlow.arrived)), default=None)

    def movements(self) -> tuple[Movement, ...]:
        """All that moves the balance, by day: from the day the ledger opened, a 支出 row that is a payment only once."""
        opened = self.opened_on
        if opened is None:
            return ()
        found = [Movement(row.on, row.fen) for row in self._own(FundFlow.arrived)]
        found += [Movement(row.on, -row.fen, row.use) for row in self.spendings()]
        found += [Movement(one.on, -one.fen, one.use, one.count) for one in self.paid()]
        return tuple(sorted(found, key=lambda one: (one.on, -one.fen, one.use)))

    def paid(self) -> tuple[FundPayment, ...]:
        """The payments since the ledger opened."""
        opened = self.opened_on
        return tuple(one for one in self.payments if one.fund is self.fund and opened and one.on >= opened)

    def spendings(self) -> tuple[FundRow, ...]:
        """The 支出 rows since the ledger opened that are not one of its payments."""
        opened, vouchers = self.opened_on, {one.voucher for one in self.paid() if one.voucher}
        return tuple(
            row
            for row in self._own(FundFlow.spent)
            if opened and row.on >= opened and row.voucher not in vouchers
        )

    def balance_on(self, day: date) -> int | None:
        """到位 − 支出 − payments at the end of a day, 分; None before the ledger opened (下达 never counts)."""
        opened = self.opened_on
        if opened is None or day < opened:
            return None
        return sum(one.fen for one in self.movements() if one.on <= day)

    def lowest_from(self, day: date) -> tuple[date, int] | None:
        """The day from this one on that ends with least, and its balance; None without a ledger."""
        days = {day} | {one.on for one in self.movements() if one.on > day}
        ends = [(balance, one) for one in sorted(days) if (balance := self.balance_on(one)) is not None]
        return (min(ends)[1], min(ends)[0]) if ends else None

    def ordered_fen(self, first: date, last: date) -> int:
        """下达 between two days, both included."""
        return sum(row.fen for row in self._own(FundFlow.ordered) if first <= row.on <= last)

    def arrived_fen(self, first: date, last: date, *sources: FundSource) -> int:
        """到位 between two days, of these sources or of all."""
        rows = (row for row in self._own(FundFlow.arrived) if first <= row.on <= last)
        return sum(row.fen for row in rows if not sources or row.source in sources)

    def spent_by_use(self, first: date, last: date) -> dict[str, tuple[int, int]]:
        """Use → (分, how many) that left the fund between two days."""
        fen: dict[str, int] = defaultdict(int)
        count: dict[str, int] = defaultdict(int)
        for one in self.movements():
            if (one.use or one.fen < 0) and first <= one.on <= last:
                fen[one.use] -= one.fen
                count[one.use] += one.count
        return {use: (fen[use], count[use]) for use in sorted(fen)}

    def _own(self, flow: FundFlow) -> Iterable[FundRow]:
        return (row for row in self.rows if row.fund is self.fund and row.flow is flow)


def may_pay(ledger: FundLedger, on: date, fen: int) -> PayVerdict:
    """Whether the fund may pay an amount (分) on a day: on no day from then on may its balance fall below 0.

    A payment is refused whole. 业务经费 only warns. A fund whose ledger was never opened is not held to it, which is
    said; one that opened later than the day refuses.
    """
    words = _shortage(ledger, on, fen)
    if not words:
        return PayVerdict()
    if ledger.fund is Fund.business or ledger.opened_on is None:
        return PayVerdict(warning=words)
    return PayVerdict(refusal=words)


def may_spend_on(fund: Fund, use: str, rules: FundRules) -> str:
    """A sentence where the document does not let a fund be spent on a use, "" where it does (Y25)."""
    allowed = rules.uses.get(fund)
    if allowed is None or use.strip() in allowed:
        return ""
    clause = f"（{rules.uses_clause}）" if rules.uses_clause else ""
    return f"{fund}只能用于{'、'.join(allowed)}{clause}，“{use.strip() or '没有写用途'}”请从业务经费列支"


def _shortage(ledger: FundLedger, on: date, fen: int) -> str:
    opened = ledger.opened_on
    if opened is None:
        return f"{ledger.fund}还没有到位记录，余额无从核对，请登记到位资金"
    if on < opened:
        return f"{ledger.fund} {opened} 才有资金到位，不能记 {on} 的支付，请核对日期"
    lowest = ledger.lowest_from(on)
    if lowest is None or lowest[1] >= fen:
        return ""
    day, balance = lowest
    when = f"{on} " if day == on else f"{on} 以后最低（{day}）"
    return f"{ledger.fund}{when}余额 {yuan(balance)} 元，本次要付 {yuan(fen)} 元，差 {yuan(fen - balance)} 元，全部不付；请等资金到位或者减少本次发放"
