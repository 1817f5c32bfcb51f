"""The bureau's own adjustment of a line and the reversal of a paid one, each with a coded reason (P20, P25)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.errors import Refused
from app.rules.pay.stored import AdjustmentFact, AdjustReason, StoredLine, added_to
from app.rules.pay.wording import yuan
from app.values import LineOrigin


def decided_adjustment(
    line: StoredLine, current_fen: int, new_fen: int, code: str, note: str = ""
) -> AdjustmentFact:
    """The bureau's adjustment of a stored line from current_fen (the line and what adjusted it) to new_fen.

    The original is kept. Refused: E840 no change, E841 no or an unknown coded reason, E842 其他 without a note (P25).
    """
    if new_fen == current_fen:
        raise Refused("E840", "金额没有变化，不需要调整", field="new_fen")
    reason = _coded(code, note)
    text = f"由 {yuan(current_fen)} 元调整为 {yuan(new_fen)} 元：{reason.value}"
    made = added_to(line, line.id, new_fen - current_fen, LineOrigin.decision, reason)
    return replace(made, reasons=(text,), note=note.strip())


def reversal(
    line: StoredLine, adjusting: Iterable[StoredLine], code: str, note: str = ""
) -> AdjustmentFact | None:
    """The line that cancels a paid line with all that adjusted it; None when it was already reversed (P20).

    Refused: E841, E842 as for an adjustment.
    """
    own = [other for other in adjusting if other.adjusts == line.id]
    if any(other.origin is LineOrigin.reversal for other in own):
        return None
    reason = _coded(code, note)
    paid = line.net_fen + sum(other.net_fen for other in own)
    text = f"冲销已付 {yuan(paid)} 元：{reason.value}"
    made = added_to(line, line.id, -paid, LineOrigin.reversal, reason)
    return replace(made, reasons=(text,), note=note.strip())


def _coded(code: str, note: str) -> AdjustReason:
    if code not in [reason.value for reason in AdjustReason]:
        raise Refused("E841", "请选择调整原因", field="code")
    if code == AdjustReason.other and not note.strip():
        raise Refused("E842", "原因选“其他”时，请写明情况", field="note")
    return AdjustReason(code)
