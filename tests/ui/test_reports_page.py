"""The page of reports on a real office: catalogue, periods, the table, printing, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.services.people.add_person import AddPerson
from app.services.reports.report import reports
from app.ui.reports.page import PAGE, ReportsPage
from app.ui.saving import with_ending
from app.ui.widgets.banner import Banner
from app.ui.widgets.preview import Preview
from tests.services.case_desk import CaseDesk
from tests.services.conftest import COUNTY, Desk, county, make_desk, station  # noqa: F401
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Open]:
    """Opens the page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(office: Desk, **wanted: Any) -> Shown:
        one = Shown(qtbot, office, ReportsPage)
        opened.append(one)
        if wanted:
            one.page.open_with(**wanted)
        one.settle()
        one.settle()
        return one

    yield show
    for one in opened:
        one.close()


def page_of(one: Shown) -> ReportsPage:
    assert isinstance(one.page, ReportsPage)
    return one.page


def save_under(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    """The system's chooser answers at once."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(path), kind))


def add_person(office: Desk) -> None:
    office.do(
        AddPerson(
            name="卫明",
            kind="律师",
            organisation="明理律师事务所",
            licence="11408201510000001",
            phone="13900001234",
        )
    )


def test_y02_the_targets_come_first_with_the_pace(shown: Open, county: Desk) -> None:
    one = shown(county)
    page = page_of(one)
    assert page.catalogue.rows()[0].key == "targets"
    assert {row.key for row in page.catalogue.rows()} == set(reports())
    assert page.pace.isVisible() and not page.no_target.isVisible()
    assert page.table.shown().titles[:5] == ("单位", "任务", "年度任务", "本月", "累计")
    one.picture("reports-targets")


def test_every_report_can_be_shown_for_every_period(shown: Open, county: Desk) -> None:
    one = shown(county)
    page = page_of(one)
    for report in page.catalogue.rows():
        page.catalogue.select(report)
        for kind in report.periods:
            page.period.set_kind(kind)
            one.settle()
            assert page.view is not None and page.view.key == report.key
            assert page.head.banner.isHidden(), report.key


def test_the_period_is_typed_or_stepped(shown: Open, county: Desk) -> None:
    one = shown(county)
    period = page_of(one).period
    for typed, value in (
        ("3", "2022-03"),
        ("2022-Q2", "2022-Q2"),
        ("2021", "2021"),
        ("第4季度", "2021-Q4"),
        ("?", "2021-Q4"),
    ):
        period.line.setText(typed)
        QTest.keyClick(period.line, Qt.Key.Key_Return)
        assert period.value() == value, typed
    period.step(1)
    assert period.value() == "2022-Q1" and period.line.text() == "2022年第1季度"
    one.settle()
    assert page_of(one).view is not None and page_of(one).view.period == "2022年第1季度"  # type: ignore[union-attr]


def test_y22_months_nobody_approved_are_named(shown: Open, county: Desk) -> None:
    county.clock.go_to(datetime(2022, 6, 20, 9, 0))
    lead = page_of(shown(county, period="2022-05")).head.lead.whole()
    assert "22 个未审核通过" in lead and "汇总不完整" in lead


def test_a_phone_is_masked_on_screen_as_in_the_file(
    shown: Open,
    county: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_person(county)
    one = shown(county, report="people")
    page = page_of(one)
    texts = page.table.shown().rows[0]
    assert "卫明" in texts and "139****1234" in texts and "13900001234" not in texts
    save_under(monkeypatch, tmp_path / "人员", "Excel 工作簿 (*.xlsx)")
    page.export()
    one.settle()
    cells = [
        cell.value for row in load_workbook(tmp_path / "人员.xlsx").worksheets[0].iter_rows() for cell in row
    ]
    assert "139****1234" in cells and one.toasts.said[-1] == "已导出 人员.xlsx"


def test_e501_a_file_open_elsewhere_can_be_saved_under_a_second_name(
    shown: Open,
    county: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = shown(county)
    page = page_of(one)
    (tmp_path / "进度.xlsx").write_bytes(b"")
    (tmp_path / "~$进度.xlsx").write_bytes(b"")
    save_under(monkeypatch, tmp_path / "进度.xlsx")
    page.export()
    one.settle()
    banner: Banner = page.head.banner
    assert banner.words.text().startswith("E501")
    [step] = banner._steps
    step.click()
    one.settle()
    assert (tmp_path / "进度 (2).xlsx").exists() and page.head.banner.isHidden()


def test_printing_shows_the_pages(shown: Open, county: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Preview] = []
    monkeypatch.setattr(Preview, "exec", lambda preview: seen.append(preview))
    one = shown(county)
    one.page.print_item()
    one.settle()
    assert len(seen) == 1 and seen[0].paper.pdf.startswith(b"%PDF")


def test_an_ending_is_added_where_none_was_typed() -> None:
    assert with_ending(Path("a"), "PDF (*.pdf)") == Path("a.pdf")
    assert with_ending(Path("a.xlsx"), "PDF (*.pdf)") == Path("a.xlsx")
    assert with_ending(Path("a"), "") == Path("a")


def test_a_station_has_the_page_too(shown: Open, station: Desk) -> None:
    one = shown(station)
    assert page_of(one).view is not None and station.office.identity.level in PAGE.levels


def test_q01_targets_of_other_kinds_stand_beside_the_bar(qtbot: Any, make_desk: Callable[..., Desk]) -> None:
    new = replace(COUNTY, code="140521", name="沁水县司法局", parent="1405", pack="qinshui-2023")
    desk = make_desk(new, "qinshui")
    desk.clock.go_to(datetime(2023, 5, 12, 9))
    one = Shown(qtbot, desk, ReportsPage)
    try:
        page = page_of(one)
        one.picture("targets-of-every-kind")
        page.table.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
        assert {line.cells[4].text for line in page.table.rows()} == {"0"}
        assert page.rest.text() == "满意率 ≥95%：还没有评价　特殊群体法律援助案件 70 件：0"
    finally:
        one.close()


def test_y02_indicators_are_bars_that_open_their_cases(
    shown: Open, county: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = CaseDesk(county)
    cases.today(date(2022, 7, 20))
    case = cases.archived(date(2022, 5, 20))
    one = shown(county, report="indicators", period="2022")
    one.settle()
    page = page_of(one)
    lines = {line.indicator.key: line for line in page.bars.lines}
    assert lines["cases"].words.text() == "1 件　目标 ≥395 件　未达到"
    assert lines["cases"].bar.share == pytest.approx(1 / 395) and lines["cases"].bar.pace > 0.5
    assert not page.chart_button.isHidden()
    lines["cases"].open_button.click()
    one.settle()
    assert [row.id for row in page.behind.rows()] == [case]
    went: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(type(page.desk), "go", lambda _desk, key, **wanted: went.append((key, wanted)))
    page.behind.activated.emit(page.behind.rows()[0])
    assert went == [("cases", {"case": case})]
    printed: list[bytes] = []
    monkeypatch.setattr(Preview, "exec", lambda self: printed.append(b"shown") or 0)
    page.print_chart()
    one.settle()
    assert printed == [b"shown"]
