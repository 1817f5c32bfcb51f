"""Enters a row of a fund's ledger: an order, an arrival, a spending; what the document forbids is refused (Y20 Y25 A05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app.case_values import Fund, FundFlow, FundSource
from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.funds import FundEntry
from app.rules.funds.ledger import may_pay, may_spend_on
from app.rules.policy.case_money import fund_rules
from app.services.reading.funds import fund_ledger, fund_row
from app.text import clean

LARGEST_FEN = 100_000_000_000
LONGEST_USE = 100


@dataclass(frozen=True, kw_only=True)
class EnterFundRow:
    """One row, 分. source: of money ordered or arrived. use: of money spent. voucher: its 凭证号."""

    on: date
    fund: Fund
    flow: FundFlow
    fen: int
    source: FundSource | None = None
    use: str = ""
    voucher: str = ""

    def problems(self) -> Iterable[Problem]:
        """An amount above nought, and a source of what came."""
        if not 0 < self.fen <= LARGEST_FEN:
            yield Problem("fen", "金额应大于零，不超过十亿元。", "E347")
        if self.flow is not FundFlow.spent and self.source is None:
            words = "、".join(FundSource)
            yield Problem("source", f"“{self.flow}”须写明来源，可选：{words}。", "E348")
        if len(self.use) > LONGEST_USE or len(self.voucher) > LONGEST_USE:
            yield Problem("use", f"用途和凭证号最多 {LONGEST_USE} 字。", "E347")


@dataclass(frozen=True)
class FundRowEntered:
    """The new row's id and what should be looked at again."""

    id: str
    warnings: tuple[str, ...] = ()


@handles(EnterFundRow, title="登记资金收支", permission=Permission.KEEP_FUNDS)
def enter_fund_row(work: Work, command: EnterFundRow) -> FundRowEntered:
    """The row. Raises Refused E347 … E351."""
    return store_fund_row(work, command)


def store_fund_row(work: Work, command: EnterFundRow) -> FundRowEntered:
    """Store a row; for imports too. Raises Refused E331 … as `enter_fund_row`."""
    refuse_station(work)
    if command.on > local_date(work.now.at):
        raise Refused("E350", f"日期 {command.on} 还没有到，请填实际发生的日期。", field="on")
    warnings = _checked(work, command) if command.flow is FundFlow.spent else ()
    row = work.add(
        FundEntry(
            on=command.on,
            fund=command.fund.value,
            flow=command.flow.value,
            source=command.source.value if command.source else "",
            fen=command.fen,
            use=clean(command.use),
            voucher=clean(command.voucher),
            entered_by=work.actor.account,
            entered_at=work.now.at,
        )
    )
    work.note(("fund", command.fund), fund_row(row))
    return FundRowEntered(row.id, warnings)


def _checked(work: Work, command: EnterFundRow) -> tuple[str, ...]:
    """What should be looked at of a spending. Raises Refused E351."""
    forbidden = may_spend_on(command.fund, command.use, fund_rules(work.pack))
    if forbidden:
        raise Refused("E351", f"没有登记：{forbidden}。", field="use")
    ledger = fund_ledger(work, command.fund)
    ledger = replace(ledger, rows=(*ledger.rows, *work.noted(("fund", command.fund))))
    if command.voucher and clean(command.voucher) in {one.voucher for one in ledger.payments if one.voucher}:
        return ()
    verdict = may_pay(ledger, command.on, command.fen)
    if verdict.refusal:
        raise Refused("E351", f"没有登记：{verdict.refusal}。", field="fen")
    return (verdict.warning,) if verdict.warning else ()


def refuse_station(look: Look) -> None:
    """Raises Refused E349 at a station."""
    if not look.office.is_bureau:
        raise Refused("E349", "资金和办案补贴标准由县（市、区）司法局登记，本站不能登记。")


def is_fund_row_held(work: Work, command: EnterFundRow) -> bool:
    """Whether the ledger has this very row; the voucher tells two alike apart."""
    mine = (
        FundEntry.on == command.on,
        FundEntry.fund == command.fund.value,
        FundEntry.flow == command.flow.value,
        FundEntry.fen == command.fen,
        FundEntry.source == (command.source.value if command.source else ""),
        FundEntry.use == clean(command.use),
        FundEntry.voucher == clean(command.voucher),
    )
    return work.session.scalar(select(FundEntry.id).where(*mine).limit(1)) is not None
