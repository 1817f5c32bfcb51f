"""挂图作战: an A3 sheet with the year's tasks, drawn from the same indicators as report and page."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.forms.wall_chart import WallBar, WallChart, draw_wall_chart, wall_sheet
from app.services.targets.print_wall_chart import PrintWallChart, wall_chart
from tests.services.case_desk import CaseDesk
from tests.services.conftest import Desk


def test_q15_the_chart_has_every_task_with_a_target(county: Desk) -> None:
    cases = CaseDesk(county)
    cases.today(date(2022, 7, 20))
    cases.archived(date(2022, 5, 20))
    with county.office._dispatcher.looking(county.actor) as look:
        chart = wall_chart(look, "2022")
    bars = {one.title: one for one in chart.bars}
    assert (bars["案件任务"].text, bars["案件任务"].target) == ("1 件", "≥395 件")
    assert bars["免费法律咨询"].target == "≥6,400 人次" and "群众满意率" in bars
    assert (chart.until, chart.office) == (date(2022, 7, 20), "盐湖区司法局")
    assert [row[0] for row in wall_sheet(chart).rows] == [one.title for one in chart.bars]
    printed = county.do(PrintWallChart("2022"))
    assert b"/MediaBox [ 0 0 1190" in printed.pdf and printed.pages == 1 and not printed.missing


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (6, 1), (40, 3)])
def test_more_tasks_take_more_sheets(count: int, pages: int) -> None:
    bar = WallBar(
        title="一项很长很长很长很长很长很长很长很长很长的任务",
        text="12 件",
        target="≥20 件",
        share=0.6,
        pace=0.7,
    )
    chart = WallChart(office="盐湖区司法局", year="2022", until=date(2022, 7, 20), bars=(bar,) * count)
    assert draw_wall_chart(chart).pages == pages
