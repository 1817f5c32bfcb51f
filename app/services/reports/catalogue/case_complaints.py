"""The ledger of complaints about cases with their clocks and what came of them (J10 A10, statistical table 13)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.services.quality.case_notes import CaseComplaints
from app.services.quality.case_notes import case_complaints as complained
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("on", "收到日期", "date", width=6),
    SheetColumn("number", "案号", width=10),
    SheetColumn("who", "投诉人", width=4),
    SheetColumn("ground", "事由", width=8),
    SheetColumn("state", "状态", width=5, align="center"),
    SheetColumn("outcome", "处理结果", width=6),
    SheetColumn("due", "期限", width=6, align="center"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Those received in the period, by day."""
    found = [one for one in complained(look, CaseComplaints()) if period.start <= one.on <= period.end]
    for one in sorted(found, key=lambda line: (line.on, line.id)):
        due = one.clock.due if one.clock else None
        yield one.on, one.number, mask_name(one.who), one.ground, one.state, one.outcome, str(due or "")


REPORT = Report(
    key="case-complaints",
    title="案件投诉台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)
