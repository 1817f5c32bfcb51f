"""The indicators of cases and money with how each is made and what the document asks (Y02 A05 A06 A09 G01 G12 J07 J15)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reports.report import Report
from app.services.targets.case_indicators import CaseIndicators, IndicatorView, case_indicators
from app.values import Period

COLUMNS = (
    SheetColumn("title", "指标", width=9),
    SheetColumn("text", "完成", width=5, align="right"),
    SheetColumn("target", "目标", width=5, align="right"),
    SheetColumn("met", "是否达到", width=3, align="center"),
    SheetColumn("ahead", "时序进度差", "percent", 4),
    SheetColumn("formula", "怎么算的", width=14),
    SheetColumn("numerator", "分子", "number", 4),
    SheetColumn("denominator", "分母", "number", 4),
    SheetColumn("clause", "依据", width=7),
    SheetColumn("warning", "提示", width=10, medium="file"),
    SheetColumn("key", "键", width=5, medium="file"),
)
_MET = {True: "是", False: "否", None: ""}


def rows(look: Look, period: Period) -> Iterator[Row]:
    """In the document's order, of the year around the period's end."""
    page = case_indicators(look, CaseIndicators(period.text))
    yield from map(_row, page.indicators)


def _row(one: IndicatorView) -> Row:
    return (
        one.title,
        one.text,
        one.target,
        _MET[one.is_met],
        -one.behind if one.behind is not None else None,
        one.formula,
        one.numerator,
        one.denominator,
        one.clause,
        one.warning,
        one.key,
    )


REPORT = Report(
    key="indicators",
    title="案件与资金指标表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=(
        "本年累计，算到本期末；分母为零的写“—”。金额的分子以分为单位。时序进度差＝完成率－时序进度，负数为落后。",
    ),
)
