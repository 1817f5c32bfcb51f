"""Takes a paid line back: the next settlement carries its counter-entry, the line itself stays (P20)."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models import pay
from app.rules.pay.amend import reversal
from app.services.money import ledger
from app.services.money.bureau import bureau_only
from app.services.money.payments import paid_fen
from app.text import clean
from app.values import LineOrigin, Month


@dataclass(frozen=True)
class ReverseLine:
    """A stored line that was paid wrongly. code: one of AdjustReason; 其他 needs a note."""

    line_id: str
    code: str
    note: str = ""


@handles(ReverseLine, title="冲销补贴", permission=Permission.REVIEW_MONTH)
def reverse_line(work: Work, command: ReverseLine) -> str:
    """The reversal's id; done again, the same. Raises Refused E188, E841, E842, E853 no such line, E854 not paid."""
    bureau_only(work)
    found = ledger.line_with(work, command.line_id)
    if found is None or found[0].origin is not LineOrigin.settled:
        raise Refused("E853", "没有找到要冲销的结算行，请刷新后再试。", field="line_id")
    line, adjusting = found
    if not paid_fen(work, Month.parse(line.month), line.person_id):
        raise Refused("E854", "这一行还没有发放，不需要冲销；金额有误请用“调整”。", field="line_id")
    waiting = [
        one
        for one in ledger.decisions_not_taken(work)
        if one.line_id == line.id and one.origin == LineOrigin.reversal
    ]
    if waiting:
        return waiting[0].id
    made = reversal(line.stored(), [one.stored() for one in adjusting], command.code, clean(command.note))
    if made is None:
        return next(one.source for one in adjusting if one.origin is LineOrigin.reversal)
    row = work.add(
        pay.Adjustment(
            site=line.site,
            month=line.month,
            line_key=line.key,
            line_id=line.id,
            person_id=line.person_id,
            origin=LineOrigin.reversal.value,
            from_fen=-made.net_fen,
            to_fen=0,
            reason_code=command.code,
            reason=clean(command.note) or None,
            adjusted_by=work.actor.account,
            adjusted_at=work.now.at,
        )
    )
    return str(row.id)
