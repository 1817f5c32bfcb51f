"""The ledger of what citizens were promised: to whom it was passed on, by when, and what came back (Q07, G04)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.outreach.errand_list import begun_errands
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("begun_on", "转办日期", width=6, align="center"),
    SheetColumn("site", "站点", width=7),
    SheetColumn("number", "咨询编号", width=5),
    SheetColumn("client", "群众", width=5),
    SheetColumn("is_green", "绿色通道", width=4, align="center"),
    SheetColumn("kind", "事项", width=6),
    SheetColumn("department", "部门", width=7),
    SheetColumn("person", "承办人", width=5),
    SheetColumn("by", "期限", width=6, align="center"),
    SheetColumn("closed_on", "办结日期", width=6, align="center"),
    SheetColumn("state", "状态", width=6),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By the day they began; names shortened, what was to be done is not told."""
    for line in begun_errands(look, (period.start, period.end)):
        yield (
            line.begun_on.isoformat(),
            line.record.site_name,
            line.record.number,
            line.record.client,
            "是" if line.record.is_green else "",
            line.kind.value,
            line.department,
            line.person,
            line.by.isoformat(),
            line.closed_on.isoformat() if line.closed_on else "",
            line.result or line.state.value,
        )


REPORT = Report(
    key="errands",
    title="转办和上门台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    heads=lambda look, period: look.office.name,
    orientation="landscape",
    needs_approval=False,
)
