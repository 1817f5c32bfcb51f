"""The targets table: each unit's year, period, total so far, share reached, lead over the calendar, satisfaction (Y02 Q01)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reports.report import Report
from app.services.targets.progress import UnitProgress, progress
from app.values import Period

COLUMNS = (
    SheetColumn("unit", "单位", width=14),
    SheetColumn("target", "年度任务", "number", 5),
    SheetColumn("in_period", "本月", "number", 5),
    SheetColumn("so_far", "累计", "number", 5),
    SheetColumn("done", "完成率", "percent", 4),
    SheetColumn("ahead", "时序进度差", "percent", 4.5),
    SheetColumn("satisfaction", "满意率", "percent", 4),
    SheetColumn("topics", "累计事项", "number", 5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """The office as a whole first, then its sites."""
    found = progress(look, period)
    yield from (_row(unit) for unit in found.units)


def _row(unit: UnitProgress) -> Row:
    return (
        unit.name,
        unit.target,
        unit.in_period,
        unit.so_far,
        unit.done,
        unit.ahead,
        unit.satisfaction.rate,
        unit.topics_so_far,
    )


REPORT = Report(
    key="targets",
    title="免费法律咨询任务进度表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    notes=(
        "任务和完成数为人次，一次来访或来电为 1 人次，其中每个事项为 1 件；按季、按年出表时“本月”为本期。完成率＝累计÷年度任务；时序进度差＝完成率－本年已过天数的比例，"
        "负数为落后。满意率＝（满意＋基本满意）÷已评价人次。",
    ),
)
