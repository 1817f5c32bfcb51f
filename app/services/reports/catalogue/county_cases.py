"""The cases that counties gave their city, one a line and no person in it (Y25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import or_, select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.figures import CaseFigure
from app.services.reading.sites import bureaus_below
from app.services.reports.report import Report
from app.values import Period

NOT_TOLD = "还没有报来"
COLUMNS = (
    SheetColumn("county", "县（市、区）", width=7),
    SheetColumn("number", "案号", width=13),
    SheetColumn("site", "受理点", width=9),
    SheetColumn("kind", "案件类型", width=5),
    SheetColumn("form", "诉讼或非诉讼", width=5),
    SheetColumn("stage", "诉讼阶段", width=5),
    SheetColumn("matter", "事项", width=8),
    SheetColumn("state", "状态", width=5),
    SheetColumn("received", "收到", "date", 5),
    SheetColumn("approved", "批准", "date", 5),
    SheetColumn("closed", "结案", "date", 5),
    SheetColumn("archived", "归档", "date", 5),
    SheetColumn("grade", "质量等级", width=4),
    SheetColumn("count", "计数", "number", width=3, total=True),
)
EMPTY = 11


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Cases received, granted, closed or archived in the period, by county and day; a county that sent none is named."""
    span = (period.start, period.end)
    days = (CaseFigure.received_on, CaseFigure.approved_on, CaseFigure.closed_on, CaseFigure.archived_on)
    wanted = select(CaseFigure).where(or_(*(day.between(*span) for day in days)))
    held: dict[str, list[CaseFigure]] = defaultdict(list)
    for row in look.session.scalars(wanted.order_by(CaseFigure.received_on, CaseFigure.id)):
        held[row.writer].append(row)
    for county in bureaus_below(look):
        name = county.short_name or county.name
        yield from (_row(name, row) for row in held[county.id])
        if not held[county.id]:
            yield (name, NOT_TOLD, *(None,) * EMPTY, 0)


def _row(county: str, row: CaseFigure) -> Row:
    return (
        county,
        row.number,
        row.site_name,
        row.kind,
        row.form,
        row.stage,
        row.matter,
        row.state,
        row.received_on,
        row.approved_on,
        row.closed_on,
        row.archived_on,
        "重复不计" if row.is_merged else row.grade,
        0 if row.is_merged else 1,
    )


REPORT = Report(
    key="county-cases",
    title="县（市、区）援助案件清单",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "市局用：各县（市、区）报来的案件，没有申请人、承办人等任何人的信息；未成年人封存的案卷不列事项。这一期没有一件的县写“还没有报来”。",
    ),
)
