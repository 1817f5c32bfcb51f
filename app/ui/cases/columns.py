"""How the list of cases shows a case: its columns, the tone of its state, how far its due day is."""

from __future__ import annotations

from app.case_values import CaseState
from app.services.cases.case_list import CaseRow
from app.ui.theme import State
from app.ui.widgets.table_model import Column

SOON = 3
"""Days before a due day from which it is amber."""
TONES: dict[CaseState, State] = {
    CaseState.registered: State.INFO,
    CaseState.awaiting_papers: State.DUE,
    CaseState.under_review: State.INFO,
    CaseState.lapsed: State.NONE,
    CaseState.withdrawn: State.NONE,
    CaseState.refused: State.NONE,
    CaseState.granted: State.INFO,
    CaseState.assigned: State.INFO,
    CaseState.in_hand: State.INFO,
    CaseState.terminated: State.NONE,
    CaseState.merged: State.NONE,
    CaseState.transferred: State.NONE,
    CaseState.closed: State.DUE,
    CaseState.file_examined: State.DUE,
    CaseState.archived: State.DONE,
}


def due_tag(row: CaseRow) -> tuple[State, str] | None:
    """审查决定 还有 3 天, in the tone of its nearness; None where nothing is due."""
    if row.misfits:
        return State.FAULT, f"{row.misfits} 步待处理"
    if row.days_left is None:
        return (State.DUE, "没有在计期限") if row.is_lost else None
    if row.days_left < 0:
        return State.FAULT, f"超 {-row.days_left} 天"
    return (State.DUE if row.days_left <= SOON else State.INFO), f"还有 {row.days_left} 天"


def _due_words(row: CaseRow) -> str:
    return f"{row.due_clock} {row.due_on:%m-%d}" if row.due_on else ""


COLUMNS = (
    Column(
        "number",
        "案号",
        164,
        "strong",
        value=lambda row: row.number or row.application,
        sub=lambda row: f"{row.received_on:%Y-%m-%d} 收到",
        sub_lines=1,
    ),
    Column("applicant", "申请人", 76, sub=lambda row: "绿色通道" * row.is_green, sub_lines=1),
    Column(
        "matter",
        "案由",
        0,
        value=lambda row: f"{row.kind}　{row.matter}",
        sub=lambda row: "　".join(filter(None, (row.stage, row.handler, row.firm))) or row.site_name,
        sub_lines=1,
    ),
    Column(
        "state", "状态", 92, "tag", value=lambda row: row.state, tag=lambda row: (TONES[row.state], row.state)
    ),
    Column("due", "期限", 124, "tag", value=_due_words, tag=due_tag),
)
