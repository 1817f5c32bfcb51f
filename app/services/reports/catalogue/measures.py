"""The document's measures with owner, standard, due day and what was done about them by a period's end (Q15)."""

from __future__ import annotations

from collections.abc import Iterator

from app.clock import local_date
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reports.report import Report
from app.services.supervision.measures import MeasureState, measure_views
from app.values import Period

STATES = {
    MeasureState.done: "已做",
    MeasureState.late: "已超期",
    MeasureState.soon: "快到期",
    MeasureState.ahead: "未到期",
}
COLUMNS = (
    SheetColumn("number", "编号", width=3, align="center"),
    SheetColumn("title", "措施", width=8),
    SheetColumn("owner", "责任部门", width=8),
    SheetColumn("standard", "工作标准", width=14),
    SheetColumn("due", "时限", width=6),
    SheetColumn("clause", "依据", width=9),
    SheetColumn("period", "期间", width=5, align="center"),
    SheetColumn("said", "做了什么和证据", width=14),
    SheetColumn("state", "状态", width=4),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """In the document's order, by the turn of the period's last day that has come."""
    for one in measure_views(look, min(period.end, local_date(look.now.at))):
        said = "；".join(f"{on} {text}" for on, text in one.said if on <= period.end)
        due = f"{one.due}（{one.due_on}）"
        yield (
            one.number, one.title, one.owner, one.standard, due, one.clause, one.period, said, STATES[one.state],
        )  # fmt: skip


REPORT = Report(
    key="measures",
    title="任务措施落实表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)
