"""Reads the ledgers of funds: what was ordered, arrived and spent, and every payment of duties and cases from them."""

from __future__ import annotations

from sqlalchemy import func, select

from app.case_values import CaseKind, CaseStage, Fund, FundFlow, FundSource
from app.kernel.work import Look
from app.models.funds import CasePayment, CaseStandard, FundEntry
from app.models.pay import Payment
from app.models.travelling import understood
from app.rules.funds.ledger import CASE_PAY, DUTY_PAY, FundLedger, FundPayment, FundRow
from app.rules.funds.standards import StandardRow
from app.values import known


def standard_rows(look: Look) -> tuple[StandardRow, ...]:
    """The county's table of standards."""
    rows = understood(look.session.scalars(select(CaseStandard).order_by(CaseStandard.valid_from)))
    return tuple(
        StandardRow(row.valid_from, CaseKind(row.kind), known(CaseStage, row.stage), row.fen) for row in rows
    )


def fund_ledger(look: Look, fund: Fund) -> FundLedger:
    """A fund's ledger; duty pay burdens the special fund (Y25)."""
    return FundLedger(fund, _rows(look, fund), (*_case_payments(look, fund), *_duty_payments(look, fund)))


def ledgers(look: Look) -> tuple[FundLedger, ...]:
    """Every fund's ledger, in the order of the funds."""
    return tuple(fund_ledger(look, fund) for fund in Fund)


def duty_fund(look: Look) -> Fund:
    """The fund that duty pay comes from: the special one where the document has it (五（二）), else business funds."""
    uses = look.pack.lists.get("fund_uses")
    return Fund.special if uses and DUTY_PAY in uses.words else Fund.business


def _rows(look: Look, fund: Fund) -> tuple[FundRow, ...]:
    rows = understood(
        look.session.scalars(
            select(FundEntry).where(FundEntry.fund == fund.value).order_by(FundEntry.on, FundEntry.id)
        )
    )
    return tuple(fund_row(row) for row in rows)


def fund_row(row: FundEntry) -> FundRow:
    """A stored row as the rules take it."""
    return FundRow(
        id=row.id,
        on=row.on,
        fund=Fund(row.fund),
        flow=FundFlow(row.flow),
        fen=row.fen,
        source=known(FundSource, row.source),
        use=row.use,
        voucher=row.voucher,
    )


def _case_payments(look: Look, fund: Fund) -> tuple[FundPayment, ...]:
    rows = look.session.scalars(
        select(CasePayment).where(CasePayment.fund == fund.value).order_by(CasePayment.id)
    )
    return tuple(
        FundPayment(
            id=row.id,
            on=row.paid_on,
            fund=fund,
            fen=row.fen,
            use=CASE_PAY,
            voucher=row.voucher,
            count=row.cases,
        )
        for row in rows
    )


def _duty_payments(look: Look, fund: Fund) -> tuple[FundPayment, ...]:
    """Duty pay by day and voucher; a reversal comes back on its own day."""
    if fund is not duty_fund(look):
        return ()
    rows = look.session.execute(
        select(Payment.paid_on, Payment.voucher, func.sum(Payment.fen), func.count()).group_by(
            Payment.paid_on, Payment.voucher
        )
    )
    return tuple(
        FundPayment(
            id=f"{paid_on}/{voucher}",
            on=paid_on,
            fund=fund,
            fen=fen,
            use=DUTY_PAY,
            voucher=voucher,
            count=count,
        )
        for paid_on, voucher, fen, count in rows
    )
