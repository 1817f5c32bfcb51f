"""Table documents as workbooks, opened again and looked into."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from weakref import WeakSet

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.sheet import ReadRows, Sheet, SheetColumn
from app.documents.sheet_xlsx import sheet_xlsx, write_sheet_xlsx

COLUMNS = (
    SheetColumn("id", "身份证号", width=9),
    SheetColumn("text", "内容", width=12),
    SheetColumn("on", "日期", "date", 6),
    SheetColumn("money", "实发", "money", 5, total=True, group="金额"),
    SheetColumn("count", "次数", "number", 3, total=True, group="金额"),
)
ID = "140802198001010014"


def sheet(*texts: str) -> Sheet:
    rows = tuple((ID, text, date(2022, 5, 4), 30_050, 2) for text in texts)
    return Sheet("补贴表", COLUMNS, rows, ("单位：甲县",), totals_text="合计（大写）", signatures=("制表人",))


def opened(made: Sheet, *, is_plain: bool = False) -> Worksheet:
    book: Workbook = load_workbook(io.BytesIO(sheet_xlsx(made, is_plain=is_plain)))
    return book.worksheets[0]


def test_p42_an_identity_number_survives_as_text() -> None:
    page = opened(sheet("甲"), is_plain=True)
    assert page["A2"].value == ID and page["A2"].data_type == "s" and page["A2"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+86 13800000000", "-5", "@SUM(A1)", "＝A1", '=HYPERLINK("x")'])
def test_p44_text_is_never_a_formula(text: str) -> None:
    data = sheet_xlsx(sheet(text), is_plain=True)
    cell = load_workbook(io.BytesIO(data)).worksheets[0]["B2"]
    assert cell.value == text and cell.data_type == "s" and cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<f>" not in page and 'quotePrefix="1"' in styles
    style = re.search(r'<c r="B2" s="(\d+)" t="(\w+)"', page)
    assert style and style[2] in ("s", "inlineStr")


def test_money_is_a_number_with_two_places_and_dates_are_dates() -> None:
    page = opened(sheet("甲"), is_plain=True)
    assert (
        page["D2"].value == 300.5 and page["D2"].number_format == "#,##0.00" and page["D2"].data_type == "n"
    )
    assert page["C2"].value == datetime(2022, 5, 4) and page["C2"].number_format == "yyyy-mm-dd"


def test_p23_totals_row_and_capitals_follow_the_lines() -> None:
    page = opened(sheet("甲", "乙"))
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert ["合计", None, None, 601.0, 4] in rows
    assert any(row[0] == "合计（大写）" for row in rows)
    assert any(str(row[0]).startswith("制表人：") for row in rows)


def test_it_prints_on_a4_in_one_width_with_the_heading_repeated_and_frozen() -> None:
    page = opened(sheet("甲"))
    assert page.page_setup.paperSize == 9 or page.page_setup.paperSize == "9"
    assert page.page_setup.fitToWidth == 1 and page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$4"
    assert page.freeze_panes == "A5"


def test_columns_are_wide_enough_for_chinese() -> None:
    page = opened(sheet("征地拆迁补偿安置协议"))
    assert page.column_dimensions["A"].width >= 20
    assert page.column_dimensions["B"].width >= 22


def test_p46_text_beyond_a_cells_limit_goes_on_in_further_rows() -> None:
    said = "长" * 70_000
    page = opened(sheet(said), is_plain=True)
    assert "".join(row[0].value or "" for row in page.iter_rows(min_row=2, min_col=2, max_col=2)) == said
    amounts = [row[0].value for row in page.iter_rows(min_row=2, min_col=4, max_col=4)]
    assert amounts == [300.5, None, None]


def test_the_written_file_is_whole(tmp_path: Path) -> None:
    path = write_sheet_xlsx(sheet("甲"), tmp_path / "补贴表.xlsx")
    assert load_workbook(path).worksheets[0]["A1"].value == "补贴表"
    assert [found.name for found in tmp_path.iterdir()] == ["补贴表.xlsx"]


def test_each_row_is_tall_enough_for_its_wrapped_text_where_no_program_measures_it() -> None:
    page = opened(sheet("征地", "征地补偿" * 30))
    short, long = (page.row_dimensions[row].height for row in (5, 6))
    width = page.column_dimensions["B"].width
    assert short and long and short >= 18
    assert long >= 15 * (120 * 2 / width)
    plain = opened(sheet("征地补偿" * 30), is_plain=True)
    assert (plain.row_dimensions[2].height or 0) == long


def test_a_heading_of_several_lines_has_the_height_for_them() -> None:
    columns = (
        SheetColumn("a", "姓名\n身份证号", width=9),
        SheetColumn("b", "中心值班的天数", width=2, group="甲"),
    )
    page = opened(Sheet("表", columns, (("甲", "乙"),)))
    assert (page.row_dimensions[2].height or 0) >= 18 and (page.row_dimensions[3].height or 0) >= 18


def test_a_row_to_sign_in_is_as_tall_in_print_as_on_paper() -> None:
    many = tuple(SheetColumn(f"c{n}", "金额", "money", width=9) for n in range(20))
    made = Sheet("表", many, ((1,) * 20,), orientation="landscape", row_height=11)
    page = opened(made)
    wide = sum(page.column_dimensions[chr(65 + n)].width for n in range(20)) * 6
    scale = min(1, (297 * 72 / 25.4 - 72) / wide)
    assert scale < 0.75
    assert (page.row_dimensions[3].height or 0) * scale == pytest.approx(11 * 72 / 25.4, rel=0.02)


def test_unit_month_and_measure_stand_left_in_the_middle_and_right_above_the_table() -> None:
    made = Sheet(
        "表", COLUMNS, ((ID, "甲", date(2022, 5, 4), 1, 1),), ("单位：甲县", "2022年5月", "金额单位：元")
    )
    found = [(cell.value, cell.alignment.horizontal) for cell in opened(made)[2] if cell.value]
    assert found == [("单位：甲县", "left"), ("2022年5月", "center"), ("金额单位：元", "right")]


@pytest.mark.parametrize("count", [18, 19, 20, 21, 22, 23, 40])
def test_p23_pages_end_with_their_own_sums_and_nobody_stands_alone_on_the_last(count: int) -> None:
    rows = tuple((ID, "甲", date(2022, 5, 4), 100 + n, 1) for n in range(count))
    made = Sheet("表", COLUMNS, rows, orientation="landscape", row_height=11, has_page_totals=True)
    page = opened(made)
    breaks = [0, *(found.id for found in page.row_breaks.brk), page.max_row]
    sums, people = [], []
    for first, last in pairwise(breaks):
        cells = list(page.iter_rows(min_row=first + 1, max_row=last, values_only=True))
        people.append([row[3] for row in cells if row[0] == ID])
        sums.append([row[3] for row in cells if row[0] == "本页小计"])
    assert len(people) > 1 and len(people[-1]) >= 3
    assert sums == [[pytest.approx(sum(own))] for own in people]
    assert sum(map(sum, people)) == pytest.approx(sum(100 + n for n in range(count)) / 100)


def test_the_last_of_a_ledger_does_not_stand_alone_on_a_page() -> None:
    for count in range(20, 60):
        rows = tuple((ID, "甲", date(2022, 5, 4), 100, 1) for _ in range(count))
        page = opened(Sheet("表", COLUMNS, rows, orientation="landscape", signatures=("制表人",)))
        if page.row_breaks.brk:
            last = page.iter_rows(min_row=page.row_breaks.brk[-1].id + 1, values_only=True)
            assert sum(row[0] == ID for row in last) >= 3
    assert page.row_breaks.brk


class Said(str):
    """A text whose end can be noticed."""


def test_rows_that_are_read_along_are_never_all_held_and_make_the_same_workbook() -> None:
    columns = (SheetColumn("text", "内容", width=12), SheetColumn("count", "次数", "number", 3, total=True))
    alive: WeakSet[Said] = WeakSet()
    most = 0

    def rows(count: int) -> Iterator[tuple[str, int]]:
        nonlocal most
        for number in range(count):
            said = Said(f"第 {number} 件")
            alive.add(said)
            most = max(most, len(alive))
            yield said, 1

    held = tuple(rows(3000))
    read = ReadRows(lambda: rows(3000), 3000, (None, 3000))
    alive.clear()
    most = 0
    made = [opened(Sheet("表", columns, one, signatures=("制表人",))) for one in (read, held)]
    assert most < 800
    found = [
        ([[cell.value for cell in row] for row in page.iter_rows()], [one.id for one in page.row_breaks.brk])
        for page in made
    ]
    assert found[0] == found[1] and ["合计", 3000] in found[0][0]
