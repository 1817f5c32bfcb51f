"""The register held against the provincial system: which cases are entered, different, or not entered (Y07 Y12)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.quality.province import ProvinceCheck, province_check
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("number", "案号", width=10),
    SheetColumn("applicant", "受援人", width=4),
    SheetColumn("state", "对账结果", width=5, align="center"),
    SheetColumn("entered_number", "省系统编号", width=9),
    SheetColumn("entered_on", "省系统录入日期", width=6, align="center"),
    SheetColumn("own_number", "本机编号", width=9),
    SheetColumn("own_entered_on", "本机录入日期", width=6, align="center"),
    SheetColumn("differences", "出入", width=16),
)


def rows(look: Look, _period: Period) -> Iterator[Row]:
    """Every case with an 案号, what waits for somebody first; the state of today, whatever the period."""
    for one in province_check(look, ProvinceCheck()):
        yield (
            one.number,
            one.applicant,
            one.state.value,
            one.entered_number,
            str(one.entered_on or ""),
            one.own_number,
            str(one.own_entered_on or ""),
            "；".join(one.differences),
        )


REPORT = Report(
    key="provincial",
    title="省系统录入对账表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)
