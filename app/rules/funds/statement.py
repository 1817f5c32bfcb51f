"""Writes a fund's ledger line by line with the balance after each, as its books are checked against a bank (Y25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.case_values import FundFlow
from app.rules.funds.ledger import FundLedger

PAID = "发放"
"""What a payment of this program is called beside 下达, 到位 and 支出."""


@dataclass(frozen=True, kw_only=True)
class FundLine:
    """One line, 分. flow: 下达 到位 支出 发放. change_fen: what it moves, 0 for 下达. balance_fen: afterwards, None before the
    first 到位."""

    on: date
    flow: str
    fen: int
    change_fen: int
    source: str = ""
    use: str = ""
    voucher: str = ""
    balance_fen: int | None = None


def fund_lines(ledger: FundLedger) -> tuple[FundLine, ...]:
    """Every line by day, what arrives before what leaves; a 支出 that is a payment of this program stands once."""
    lines, balance, has_opened = list[FundLine](), 0, False
    for line in sorted(_unbalanced(ledger), key=lambda one: (one.on, -one.change_fen, one.voucher)):
        has_opened = has_opened or line.flow == FundFlow.arrived.value
        balance += line.change_fen
        lines.append(FundLine(**{**vars(line), "balance_fen": balance if has_opened else None}))
    return tuple(lines)


def _unbalanced(ledger: FundLedger) -> list[FundLine]:
    spent = set(ledger.spendings())
    found = [
        FundLine(
            on=row.on,
            flow=row.flow.value,
            fen=row.fen,
            change_fen=row.fen if row.flow is FundFlow.arrived else -row.fen if row in spent else 0,
            source=row.source.value if row.source else "",
            use=row.use,
            voucher=row.voucher,
        )
        for row in ledger.rows
        if row.fund is ledger.fund and (row.flow is not FundFlow.spent or row in spent)
    ]
    return found + [
        FundLine(on=one.on, flow=PAID, fen=one.fen, change_fen=-one.fen, use=one.use, voucher=one.voucher)
        for one in ledger.paid()
    ]
