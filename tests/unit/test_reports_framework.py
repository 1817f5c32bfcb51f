"""Reports: one declaration gives screen, workbook and paper the same figures."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from app.documents.render_file import write_sheet
from app.documents.sheet import Row, SheetColumn
from app.errors import Refused
from app.services.reports.render_screen import screen_table
from app.services.reports.report import PeriodKind, Report, find_report, make_sheet, period_label
from app.values import Period

LEDGER = ((date(2022, 5, 4), "张𬭎", 30_000), (date(2022, 5, 11), "=李", 24_050), (date(2022, 6, 1), "王", 1))


def read_rows(look: tuple[Row, ...], period: Period) -> list[Row]:
    return [row for row in look if isinstance(row[0], date) and row[0] in period]


REPORT = Report(
    key="sample",
    title="值班补贴明细",
    columns=(
        SheetColumn("on", "日期", "date"),
        SheetColumn("name", "姓名"),
        SheetColumn("net", "实发", "money", 5, total=True),
    ),
    rows=read_rows,
)
MAY = Period.parse("2022-05")


def test_y02_a_report_reads_its_own_period() -> None:
    sheet = make_sheet(REPORT, LEDGER, MAY, unit="盐湖区")
    assert [row[1] for row in sheet.rows] == ["张𬭎", "=李"]
    assert sheet.subtitle == ("单位：盐湖区", "2022年5月", "金额单位：元")
    assert len(make_sheet(REPORT, LEDGER, Period.parse("2022-Q2")).rows) == 3


def test_screen_workbook_and_paper_show_the_same(tmp_path: Path) -> None:
    sheet = make_sheet(REPORT, LEDGER, MAY)
    screen = screen_table(sheet)
    assert screen.texts == (("2022-05-04", "张𬭎", "300.00"), ("2022-05-11", "=李", "240.50"))
    assert screen.totals is not None and screen.totals[2] == "540.50"
    page = load_workbook(write_sheet(sheet, tmp_path / "a.xlsx").path).worksheets[0]
    assert 540.5 in [row[2].value for row in page.iter_rows(max_col=3)]
    with pdfplumber.open(write_sheet(sheet, tmp_path / "a.pdf").path) as document:
        text = document.pages[0].extract_text()
    assert all(cell in text for row in screen.texts for cell in row) and "540.50" in text


def test_q01_totals_that_are_not_sums_come_from_the_report() -> None:
    columns = (
        SheetColumn("unit", "单位"),
        SheetColumn("done", "累计", "number", total=True),
        SheetColumn("rate", "完成率", "percent"),
    )
    rows: tuple[Row, ...] = (("龙港镇", 400, 0.5), ("中村镇", 450, 1.0))
    report = replace(REPORT, columns=columns, rows=lambda look, period: rows)
    report = replace(report, totals=lambda look, period, lines: ("合计", 850, 850 / 1250))
    assert screen_table(make_sheet(report, None, MAY)).totals == ("合计", "850", "68.0%")


def test_p26_exporting_changes_nothing_but_the_file_asked_for(tmp_path: Path) -> None:
    beside = tmp_path / "台账.txt"
    beside.write_text("原样", encoding="utf-8")
    before = (repr(LEDGER), beside.stat().st_mtime_ns)
    write_sheet(make_sheet(REPORT, LEDGER, MAY), tmp_path / "a.pdf")
    assert (repr(LEDGER), beside.stat().st_mtime_ns) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "台账.txt"]


def test_what_cannot_be_reported_is_refused(tmp_path: Path) -> None:
    sheet = make_sheet(REPORT, LEDGER, MAY)
    with pytest.raises(Refused, match="E508"):
        write_sheet(sheet, tmp_path / "a.doc")
    with pytest.raises(Refused, match="E506"):
        find_report("horoscope")
    with pytest.raises(Refused, match="E507"):
        make_sheet(replace(REPORT, periods=(PeriodKind.month,)), LEDGER, Period.parse("2022"))


def test_p49_a_missing_character_is_reported_with_the_file(tmp_path: Path) -> None:
    ledger = ((date(2022, 5, 4), "王\U0003fff0", 1),)
    written = write_sheet(make_sheet(REPORT, ledger, MAY), tmp_path / "a.pdf")
    assert written.missing == ("\U0003fff0",) and "手工补写" in written.warning


@pytest.mark.parametrize(
    ("text", "label"), [("2022", "2022年"), ("2022-Q3", "2022年第3季度"), ("2022-11", "2022年11月")]
)
def test_periods_are_written_as_papers_do(text: str, label: str) -> None:
    assert period_label(Period.parse(text)) == label


def test_the_paper_of_a_report_says_its_title(tmp_path: Path) -> None:
    path = write_sheet(make_sheet(REPORT, LEDGER, MAY), tmp_path / "a.pdf").path
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as document:
        assert "值班补贴明细" in document.pages[0].extract_text()
