"""The register of legal-aid cases: everything that was received, decided, closed or archived in a period (Q02 Y12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select, union

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow as Kept
from app.models.cases import LegalCase
from app.services.cases.masked import applicant_words
from app.services.cases.register_case import application_number
from app.services.reading.names import site_names
from app.services.reports.report import Report
from app.values import Period

AT_ONCE = 500
COLUMNS = (
    SheetColumn("number", "案号", width=9),
    SheetColumn("application", "受理编号", width=5, align="center"),
    SheetColumn("site", "受理点", width=8, medium="file"),
    SheetColumn("applicant", "受援人", width=5),
    SheetColumn("groups", "人群类别", width=6),
    SheetColumn("kind", "类型", width=3, align="center"),
    SheetColumn("form", "援助方式", width=3, align="center"),
    SheetColumn("stage", "阶段", width=4, align="center"),
    SheetColumn("matter", "案由", width=7),
    SheetColumn("ground", "法律依据", width=4, medium="file"),
    SheetColumn("received", "申请日", "date", 5),
    SheetColumn("approved", "批准日", "date", 5),
    SheetColumn("assigned", "指派日", "date", 5),
    SheetColumn("closed", "结案日", "date", 5),
    SheetColumn("archived", "归档日", "date", 5),
    SheetColumn("firm", "承办机构", width=8),
    SheetColumn("handler", "承办人", width=4),
    SheetColumn("handler_kind", "承办人类别", width=6, medium="file"),
    SheetColumn("grade", "质量等级", width=3, medium="file"),
    SheetColumn("entered", "省系统编号", width=7, medium="file"),
    SheetColumn("state", "状态", width=4, align="center"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By the day received; who is helped is masked, a sealed file without a name."""
    sites = site_names(look)
    query = select(Kept, LegalCase).join(LegalCase, LegalCase.id == Kept.case_id).where(in_period(period))
    query = query.order_by(Kept.received_on, Kept.case_id).execution_options(yield_per=AT_ONCE)
    for part in look.session.execute(query).partitions():
        for kept, case in part:
            yield _line(kept, case, sites)


def register_size(look: Look, period: Period) -> tuple[int, Row]:
    """How many cases the period has; nothing of them is summed."""
    count = look.session.scalar(select(func.count()).select_from(Kept).where(in_period(period))) or 0
    return count, (None,) * len(COLUMNS)


def in_period(period: Period) -> ColumnElement[bool]:
    """Something of the case happened in the period: received, granted, assigned, closed or archived."""
    days: tuple[Any, ...] = (
        Kept.received_on, Kept.approved_on, Kept.assigned_on, Kept.closed_on, Kept.archived_on
    )  # fmt: skip
    parts = (select(Kept.case_id).where(day.between(period.start, period.end)) for day in days)
    return Kept.case_id.in_(union(*parts))


def _line(kept: Kept, case: LegalCase, sites: dict[str, str]) -> Row:
    name = applicant_words(case.applicant, is_organisation=case.is_organisation, is_sealed=kept.is_sealed)
    return (
        kept.number,
        application_number(case),
        sites.get(kept.site, kept.site),
        name,
        "、".join(case.groups),
        kept.kind,
        kept.form,
        kept.stage,
        kept.matter,
        kept.ground,
        kept.received_on,
        kept.approved_on,
        kept.assigned_on,
        kept.closed_on,
        kept.archived_on,
        kept.firm,
        kept.handler,
        kept.handler_kind,
        kept.grade,
        kept.entered_number,
        kept.state,
    )


REPORT = Report(
    key="cases",
    title="案件台账",
    columns=COLUMNS,
    rows=rows,
    counted=register_size,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "列出申请、批准、指派、结案、归档任何一项在本期内的案件；受援人按最少够用显示，封存的未成年人案件不显示姓名。",
    ),
)
