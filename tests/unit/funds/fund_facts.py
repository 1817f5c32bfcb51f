"""Builds rows and payments of a fund's ledger from dates and yuan."""

from __future__ import annotations

from datetime import date

from app.case_values import Fund, FundFlow, FundSource
from app.rules.funds.ledger import CASE_PAY, DUTY_PAY, FundPayment, FundRow


def row(
    on: str,
    flow: FundFlow,
    yuan: int,
    *,
    fund: Fund = Fund.special,
    source: FundSource | None = None,
    use: str = "",
    voucher: str = "",
) -> FundRow:
    """A row of a fund."""
    day = date.fromisoformat(on)
    return FundRow(
        id=f"{on}/{flow}/{yuan}/{voucher}", on=day, fund=fund, flow=flow, fen=yuan * 100, source=source, use=use, voucher=voucher
    )  # fmt: skip


def arrived(
    on: str, yuan: int, source: FundSource = FundSource.province, fund: Fund = Fund.special
) -> FundRow:
    """到位."""
    return row(on, FundFlow.arrived, yuan, source=source, fund=fund)


def ordered(on: str, yuan: int, source: FundSource = FundSource.province) -> FundRow:
    """下达."""
    return row(on, FundFlow.ordered, yuan, source=source)


def spent(on: str, yuan: int, voucher: str = "", use: str = CASE_PAY, fund: Fund = Fund.special) -> FundRow:
    """支出."""
    return row(on, FundFlow.spent, yuan, voucher=voucher, use=use, fund=fund)


def paid(
    on: str, yuan: int, voucher: str = "", use: str = DUTY_PAY, fund: Fund = Fund.special, count: int = 1
) -> FundPayment:
    """A payment that this program made."""
    day = date.fromisoformat(on)
    return FundPayment(
        id=f"{on}/{use}/{yuan}/{voucher}", on=day, fund=fund, fen=yuan * 100, use=use, voucher=voucher, count=count
    )  # fmt: skip
