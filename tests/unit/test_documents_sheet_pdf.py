"""Table documents on paper, opened again by another program."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from itertools import pairwise

import pdfplumber
import pytest

from app.documents.cells import cell_text
from app.documents.sheet import Footer, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf

COLUMNS = (
    SheetColumn("number", "编号", width=4),
    SheetColumn("on", "日期", "date", 6),
    SheetColumn("text", "咨询内容", width=18),
    SheetColumn("money", "金额", "money", 5, total=True),
)


def sheet(rows: int = 3, text: str = "征地补偿", **changes: object) -> Sheet:
    lines = tuple((f"{n:04d}", date(2022, 5, 4), text, 10_000 + n) for n in range(rows))
    values: dict[str, object] = {"title": "咨询台账", "columns": COLUMNS, "rows": lines} | changes
    return Sheet(**values)  # type: ignore[arg-type]


def pages(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.extract_text() for page in document.pages]


def test_heading_and_page_numbers_are_on_every_page() -> None:
    footer = Footer("第 3 版", "12345678", datetime(2022, 6, 1, 9, 30))
    result = sheet_pdf(sheet(120, footer=footer))
    found = pages(result.pdf)
    assert len(found) == result.pages > 2
    for number, text in enumerate(found, 1):
        assert "咨询内容" in text
        assert f"第 {number} 页 共 {len(found)} 页" in text
        assert "第 3 版" in text and "校验码 1234 5678" in text and "2022-06-01 09:30" in text


def test_p46_long_text_goes_on_over_pages_and_loses_no_character() -> None:
    said = "".join(chr(0x4E00 + n) for n in range(2500))
    found = pages(sheet_pdf(sheet(3, said)).pdf)
    read = "".join(found)
    assert len(found) > 3
    assert all(read.count(sign) >= 3 for sign in said)


def test_p23_the_printed_total_is_the_sum_of_the_printed_lines() -> None:
    made = sheet(3)
    text = pages(sheet_pdf(made).pdf)[0]
    assert "合计" in text and "300.03" in text
    assert all(f"100.0{n}" in text for n in range(3))


def test_p23_a_total_that_differs_from_its_lines_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="total of money"):
        sheet(3, totals=("合计", None, None, 30_004))


def test_figures_stand_on_the_right_edge_of_their_column() -> None:
    rows = (("1", date(2022, 5, 4), "甲", 5), ("2", date(2022, 5, 4), "乙", 123_456_789))
    with pdfplumber.open(io.BytesIO(sheet_pdf(Sheet("表", COLUMNS, rows)).pdf)) as document:
        words = document.pages[0].extract_words()
    ends = {word["text"]: word["x1"] for word in words if word["text"] in ("0.05", "1,234,567.89")}
    assert ends["0.05"] == pytest.approx(ends["1,234,567.89"], abs=0.5)


def test_nothing_overlaps_and_nothing_leaves_the_page() -> None:
    with pdfplumber.open(io.BytesIO(sheet_pdf(sheet(40, "劳动报酬" * 20)).pdf)) as document:
        for page in document.pages:
            for char in page.chars:
                assert (
                    0 < char["x0"] < char["x1"] < page.width
                    and 0 < char["top"] < char["bottom"] < page.height
                )
            lines = page.extract_text_lines()
            assert all(upper["top"] <= lower["top"] for upper, lower in pairwise(lines))


def test_totals_never_stand_alone_on_a_page() -> None:
    for rows in range(32, 42, 2):
        last = pages(sheet_pdf(sheet(rows, signatures=("制表人", "审核人"))).pdf)[-1]
        assert f"{rows - 1:04d}" in last and "合计" in last and "制表人" in last


def test_an_empty_period_says_so() -> None:
    assert "本期无记录" in pages(sheet_pdf(sheet(0)).pdf)[0]


def test_p08_seconds_are_shown_unrounded() -> None:
    column = SheetColumn("at", "签到", "time")
    assert cell_text(column, datetime(2022, 5, 4, 8, 59, 50)) == "2022-05-04 08:59:50"
    assert cell_text(column, datetime(2022, 5, 4, 9, 0)) == "2022-05-04 09:00"


def test_p26_printing_changes_nothing_and_gives_the_same_text_again() -> None:
    made = sheet(5)
    before = repr(made)
    first, second = pages(sheet_pdf(made).pdf), pages(sheet_pdf(made).pdf)
    assert first == second and repr(made) == before


def test_nobody_stands_alone_on_a_last_page_and_no_page_holds_notes_only() -> None:
    notes = tuple(f"说明{n}" for n in range(6))
    for rows in range(28, 84):
        last = pages(sheet_pdf(sheet(rows, signatures=("制表人", "审核人"), notes=notes)).pdf)[-1]
        assert all(f"{rows - back:04d}" in last for back in (1, 2, 3)), rows


def test_p23_each_page_of_several_ends_with_what_its_rows_come_to() -> None:
    columns = (SheetColumn("name", "姓名"), SheetColumn("money", "金额", "money", 5, total=True))
    rows = tuple((f"N{n:02d}", 10_000 + n) for n in range(30))
    found = pages(sheet_pdf(Sheet("表", columns, rows, row_height=14, has_page_totals=True)).pdf)
    assert len(found) > 1
    for text in found:
        own = [10_000 + int(name) for name in re.findall(r"N(\d\d)", text)]
        assert f"本页小计 {sum(own) / 100:,.2f}" in text
    alone = pages(sheet_pdf(Sheet("表", columns, rows[:3], has_page_totals=True)).pdf)[0]
    assert "本页小计" not in alone and "合计" in alone


def test_every_place_to_sign_has_its_date_or_none_has() -> None:
    names = ("单位负责人", "审核人", "发放人", "制表人")
    text = pages(sheet_pdf(sheet(2, signatures=names, orientation="landscape")).pdf)[0]
    assert all(name in text for name in names)
    assert len(re.findall("年\\s*月\\s*日", text)) in (0, 4)
