"""How the matrix shows a unit: its columns, the tone of each month, and the sentence over all of them."""

from __future__ import annotations

from collections import Counter
from functools import partial

from app.services.money.county_months import CountyRow
from app.services.money.review_matrix import MatrixCell, MatrixRow, MatrixView
from app.services.money.submissions import MonthState
from app.ui.review.county_words import county_tag
from app.ui.widgets.table_model import Column

SHOWN_MONTHS = 4
UnitRow = MatrixRow | CountyRow
NOT_HERE = "未接入"
STATES = {
    MonthState.missing: "none", MonthState.nil: "none", MonthState.received: "info", MonthState.in_review: "info",
    MonthState.returned: "due", MonthState.passed: "done",
}  # fmt: skip


def matrix_lead(found: MatrixView) -> str:
    """5月：13 个单位，10 通过，合计标注“不完整”."""
    words = Counter(row.cells[-1].word for row in found.rows)
    parts = [
        f"{found.months[-1].month}月：{len(found.rows)} 个单位",
        f"{words.pop(MonthState.passed, 0)} 通过",
    ]
    parts += [f"{number} {word}" for word, number in words.items() if word]
    late = (
        f"（{len(found.overdue)} 个已过 {found.due_at.month}月{found.due_at.day}日 {found.due_at:%H:%M}）"
        if found.overdue and found.due_at
        else ""
    )
    return "，".join(parts) + late + ("" if found.is_complete else "，合计标注“不完整”")


def _tag_at(at: int, row: UnitRow) -> tuple[str, str] | None:
    return _tag(row.cells[at]) if isinstance(row, MatrixRow) else county_tag(row.cells[at])


def _tag(cell: MatrixCell) -> tuple[str, str] | None:
    if not cell.is_expected:
        return None
    if cell.is_overdue or (cell.is_paper and cell.state.is_open):
        return "fault" if cell.is_overdue else "none", cell.word
    return STATES[cell.state.state], cell.word


def matrix_columns() -> list[Column]:
    """The unit, its months, and when it was last heard from."""
    months = [
        Column(
            f"m{at}",
            "",
            84,
            "tag",
            tag=partial(_tag_at, at),
            is_sortable=False,
            yields=max(0, SHOWN_MONTHS - 2 - at),
        )
        for at in range(SHOWN_MONTHS)
    ]
    heard = Column("heard_at", "最后联系", 132, "muted", value=_heard, yields=SHOWN_MONTHS)
    return [Column("name", "单位"), *months, heard]


def _heard(row: UnitRow) -> str:
    if isinstance(row, CountyRow) and not row.is_enrolled:
        return NOT_HERE
    when = f"{row.heard_at.month}月{row.heard_at.day}日" if row.heard_at else ""
    if isinstance(row, MatrixRow) and row.is_incomplete:
        return f"缺包 {when}".strip()
    return f"代录 {when}".strip() if isinstance(row, MatrixRow) and row.is_paper else when or "从未联系"
