"""Draws the year's tasks as the A3 sheet that hangs on the wall (挂图作战, Q15 A09)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.clock import local
from app.documents.forms.wall_chart import WallBar, WallChart, draw_wall_chart
from app.documents.paper import Printed
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.targets.case_indicators import CaseIndicators, IndicatorPage, case_indicators
from app.services.targets.progress import progress
from app.values import number_text


@dataclass(frozen=True)
class PrintWallChart:
    """The wall chart as of the end of a period (2022-05, 2022-Q2, 2022)."""

    period: str


@performs(PrintWallChart, title="打印任务挂图", permission=Permission.REPORT)
def print_wall_chart(task: Task, request: PrintWallChart) -> Printed:
    """The pages: sums only, nobody named. Raises Refused E922."""
    task.progress.step(0, 2, "正在汇总任务")
    with task.look() as look:
        chart = wall_chart(look, request.period)
    task.progress.step(1, 2, "正在排版")
    printed = draw_wall_chart(chart)
    task.progress.step(2, 2, "已排好")
    return printed


def wall_chart(look: Look, period: str) -> WallChart:
    """Consultations and their satisfaction, then every indicator that has a target."""
    page = case_indicators(look, CaseIndicators(period))
    return WallChart(
        office=look.office.name,
        year=page.year,
        until=page.until,
        bars=(*_advice(look, period), *_measured(page)),
        printed_at=local(look.now.at),
    )


def _advice(look: Look, period: str) -> Iterator[WallBar]:
    found = progress(look, look.pack.year.period(period))
    total = found.total if found.units else None
    if total is None:
        return
    if total.target:
        yield WallBar(
            title="免费法律咨询",
            text=f"{number_text(total.so_far)} 人次",
            target=f"≥{number_text(total.target)} 人次",
            share=total.done,
            pace=total.pace,
            is_met=total.so_far >= total.target,
            note=found.incomplete,
        )
    if found.satisfaction_target is not None:
        rate, goal = total.satisfaction.rate, found.satisfaction_target / 100
        yield WallBar(
            title="群众满意率",
            text="—" if rate is None else f"{rate:.1%}",
            target=f"≥{found.satisfaction_target}%",
            share=None if rate is None else rate / goal,
            is_met=None if rate is None else rate >= goal,
        )


def _measured(page: IndicatorPage) -> Iterator[WallBar]:
    for one in page.indicators:
        if one.target:
            yield WallBar(
                title=one.title,
                text=one.text,
                target=one.target,
                share=one.share,
                pace=one.pace,
                is_met=one.is_met,
                note=one.formula,
            )
