"""Changes what a line pays by the bureau's word, with a coded reason, the original kept (P25)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models import pay
from app.rules.pay.amend import decided_adjustment
from app.services.money import ledger
from app.services.money.bureau import bureau_only
from app.services.money.compute import carried_out, month_ledger
from app.services.money.ledger import LedgerLine
from app.services.money.payments import paid_fen
from app.services.money.statements import issue_statements
from app.services.reading.people import person_links
from app.text import clean
from app.values import LineOrigin, Month


@dataclass(frozen=True)
class AdjustLine:
    """A line shall pay another amount, 分. key: the duty's id. code: one of AdjustReason; 其他 needs a note.

    Before the final settlement it takes effect in it; afterwards at once, or, where the person was already paid, in
    the next settlement.
    """

    month: str
    key: str
    new_fen: int
    code: str = ""
    note: str = ""


@handles(AdjustLine, title="调整补贴", permission=Permission.REVIEW_MONTH)
def adjust_line(work: Work, command: AdjustLine) -> str:
    """The adjustment's id. Raises Refused E188, E840 … E842 (P25), E851 no such line, E852 below zero, E921."""
    bureau_only(work)
    if command.new_fen < 0:
        raise Refused("E852", "补贴金额不能小于零。", field="new_fen")
    month = Month.parse(command.month)
    found = month_ledger(work, month)
    line = next(
        (one for one in found.lines if one.key == command.key and one.origin is LineOrigin.settled), None
    )
    if line is None:
        raise Refused("E851", f"{month.words}的结算里没有这一行，请刷新后再试。", field="key")
    beside = (
        [one for one in found.lines if one.adjusts == line.id] if not found.is_final else _beside(work, line)
    )
    now = ledger.amount_now(line, beside)
    decided_adjustment(line.stored(), now, command.new_fen, command.code, clean(command.note))
    row = work.add(_row(work, line, command, now, line.id if found.is_final else ""))
    if found.is_final and not paid_fen(work, month, line.person_id):
        _store_now(work, month, carried_out(row, line, beside, month))
        issue_statements(work, month, [person_links(work).get(line.person_id, line.person_id)])
    return str(row.id)


def _beside(work: Work, line: LedgerLine) -> list[LedgerLine]:
    found = ledger.line_with(work, line.id)
    return list(found[1]) if found else []


def _row(work: Work, line: LedgerLine, command: AdjustLine, now_fen: int, line_id: str) -> pay.Adjustment:
    return pay.Adjustment(
        site=line.site,
        month=line.month,
        line_key=line.key,
        line_id=line_id,
        person_id=line.person_id,
        origin=LineOrigin.decision.value,
        from_fen=now_fen,
        to_fen=command.new_fen,
        reason_code=command.code,
        reason=clean(command.note) or None,
        adjusted_by=work.actor.account,
        adjusted_at=work.now.at,
    )


def _store_now(work: Work, month: Month, made: LedgerLine | None) -> None:
    """The settlement is locked but nobody was paid: the line joins it, the original stays."""
    settlement = ledger.settlement_of(work, month)
    if made is None or settlement is None:
        return
    last = work.session.scalar(
        select(func.max(pay.StoredPayLine.place)).where(pay.StoredPayLine.month == str(month))
    )
    work.add(ledger.to_row(made, settlement.id, (last or 0) + 1))
