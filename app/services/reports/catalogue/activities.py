"""The register of services beside consultations, one a line (Q04, G04)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.outreach.activities import activity_lines, activity_rows
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("at", "时间", "time", width=9),
    SheetColumn("site", "站点", width=7),
    SheetColumn("kind", "服务内容", width=7),
    SheetColumn("village", "村（社区）", width=7),
    SheetColumn("place", "地点", width=7),
    SheetColumn("reached", "惠及人数", "number", width=4, total=True),
    SheetColumn("person", "服务人员", width=5),
    SheetColumn("duty", "值班时段", width=7),
    SheetColumn("document", "文书", width=6),
    SheetColumn("pages", "页数", "number", width=3, total=True),
    SheetColumn("number", "咨询编号", width=4),
    SheetColumn("told", "事由和结果", width=5),
)
WRITTEN = "（已填）"


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By time; what it was about is not told, for it may name people."""
    for line in activity_lines(look, activity_rows(look, (period.start, period.end))):
        yield (
            f"{line.at:%Y-%m-%d %H:%M}",
            line.site_name,
            line.kind.value,
            line.village,
            line.place,
            line.reached,
            line.person,
            line.duty,
            line.document,
            line.pages,
            line.number,
            WRITTEN if line.matter or line.outcome else "",
        )


REPORT = Report(
    key="activities",
    title="服务活动台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    heads=lambda look, period: look.office.name,
    notes=("事由和结果只标明是否填写。", "同一次外出办几件事的，一件一行。"),
    orientation="landscape",
    needs_approval=False,
)
