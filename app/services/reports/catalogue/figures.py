"""The figures that counties gave their city, site by site: what the city knows without a single person's name (Y01, Y22)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.figures import SiteFigure
from app.services.reading.names import site_names
from app.services.reports.report import Report
from app.values import Month, Period

COLUMNS = (
    SheetColumn("county", "县（市、区）", width=9),
    SheetColumn("site", "站点", width=9),
    SheetColumn("month", "月份", width=5, align="center"),
    SheetColumn("state", "月报", width=4, align="center"),
    SheetColumn("duties", "值班次数", "number", 5, total=True),
    SheetColumn("hours", "排班小时", "number", 5),
    SheetColumn("consultations", "咨询人次", "number", 5, total=True),
    SheetColumn("topics", "咨询件数", "number", 5, total=True),
    SheetColumn("dissatisfied", "不满意", "number", 4, total=True),
    SheetColumn("waiting", "待处理", "number", 4, total=True),
    SheetColumn("approved", "批准案件", "number", 4, total=True),
    SheetColumn("closed", "办结案件", "number", 4, total=True),
    SheetColumn("counted", "计入任务", "number", 4, total=True),
    SheetColumn("recipients", "受援人", "number", 4, total=True),
    SheetColumn("pay", "补贴", "money", 6, total=True),
    SheetColumn("settled", "定稿", width=4, align="center"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By county, site and month, as far as bundles brought them."""
    first, last = str(Month.of(period.start)), str(Month.of(period.end))
    query = select(SiteFigure).where(SiteFigure.month.between(first, last))
    counties = site_names(look)
    for row in look.session.scalars(query.order_by(SiteFigure.writer, SiteFigure.site, SiteFigure.month)):
        yield (
            counties.get(row.writer, row.writer),
            row.name,
            row.month,
            row.state,
            row.duties,
            row.rostered_minutes // 60,
            row.consultations,
            row.topics,
            row.dissatisfied,
            row.waiting,
            row.cases_approved,
            row.cases_closed,
            row.cases_counted,
            row.recipients,
            row.pay_fen,
            "不全" if row.is_incomplete else "是" if row.is_final else "否",
        )


REPORT = Report(
    key="figures",
    title="县（市、区）月度数字汇总表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    notes=(
        "数字由各县（市、区）随上报包报来，只有合计，没有人员和咨询人信息；定稿为“否”的月份还会变动，“不全”的还缺这个站点的包。",
    ),
    orientation="landscape",
    needs_approval=False,
)
