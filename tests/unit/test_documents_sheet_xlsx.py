"""Table documents as workbooks, opened again and looked into."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.documents.sheet import Sheet, SheetColumn
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
