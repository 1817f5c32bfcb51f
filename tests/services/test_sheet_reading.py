"""Sheets as they come from other hands: what the program does not take is said cell by cell, never dropped."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from app.errors import Refused
from app.services.importing.import_workbook import ImportWorkbook, import_kind, import_kinds
from app.services.importing.kind import ImportReport
from app.services.importing.sheet import read_rows
from app.services.importing.table_file import read_lines
from app.services.people.pool import Pool
from tests.services.conftest import Desk

PEOPLE = ["姓名", "人员类别", "执业证号"]
GOOD = ["卫明", "律师", "1"]


def book_of(*rows: list[Any]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return book


def take(desk: Desk, path: Path, **options: bool) -> ImportReport:
    report: ImportReport = desk.do(ImportWorkbook("people", path, **options))
    return report


def faults(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in report.refused]


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def compound(path: Path, inside: bytes = b"") -> Path:
    """A file as the old Office begins it."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + inside)
    return path


@pytest.mark.parametrize("key", sorted(import_kinds()))
def test_columns_that_may_be_blank_may_be_absent(tmp_path: Path, key: str) -> None:
    kind = import_kind(key)
    needed = [column.heading for column in kind.columns if column.is_needed]
    path = saved(book_of(needed, ["x"] * len(needed)), tmp_path / "a.xlsx")
    assert read_rows(path, kind).rows[0].cells == dict.fromkeys(needed, "x")
    with pytest.raises(Refused, match="E224" if len(needed) > 1 else "E220"):
        read_rows(saved(book_of(needed[1:]), tmp_path / "b.xlsx"), kind)


def test_a_second_sheet_with_content_is_named(county: Desk, tmp_path: Path) -> None:
    book = book_of(PEOPLE, GOOD)
    book.create_sheet("空的")
    assert take(county, saved(book, tmp_path / "a.xlsx"), is_dry_run=True).accepted == 1
    book.create_sheet("六月").append(PEOPLE)
    with pytest.raises(Refused, match=r"E260 .*“六月”"):
        take(county, saved(book, tmp_path / "a.xlsx"))
    assert county.ask(Pool()) == ()


def test_notes_of_a_template_are_no_second_sheet_but_others_by_that_name_are(tmp_path: Path) -> None:
    book = book_of(PEOPLE, GOOD)
    book.create_sheet("填写说明").append(["孙丽", "律师", "2"])
    with pytest.raises(Refused, match="E260"):
        read_lines(saved(book, tmp_path / "a.xlsx"))


def test_cells_beyond_or_under_no_heading_are_refused_where_they_stand(county: Desk, tmp_path: Path) -> None:
    book = book_of(["姓名", None, "人员类别", "执业证号"], ["卫明", None, "律师", "1"])
    sheet = book.worksheets[0]
    sheet.append(["孙丽", "已退", "律师", "2"])
    sheet.append(["赵新", None, "律师", "3", None, "另有一句"])
    report = take(county, saved(book, tmp_path / "a.xlsx"))
    assert faults(report) == [(3, "B", "E262"), (4, "F", "E262")]
    marked = load_workbook(report.marked_copy).worksheets[0]
    assert {marked["B3"].fill.fgColor.rgb, marked["F4"].fill.fgColor.rgb} == {"FFFCEBEA"}
    lines = tmp_path / "a.csv"
    lines.write_text("姓名,人员类别,执业证号\n卫明,律师,1,多出来的\n", encoding="utf-8")
    assert faults(take(county, lines)) == [(2, "D", "E262")]


def test_hidden_rows_and_columns_are_taken_and_said(county: Desk, tmp_path: Path) -> None:
    book = book_of(PEOPLE, GOOD, ["孙丽", "律师", "2"])
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    report = take(county, saved(book, tmp_path / "a.xlsx"))
    assert report.accepted == 2
    assert [note.partition("在")[0] for note in report.notes] == ["第 3 行", "隐藏的列也一并读了：执业证号。"]


def test_formulas_without_a_value_and_with_an_error_are_refused(county: Desk, tmp_path: Path) -> None:
    book = book_of(PEOPLE, ["=A9", "律师", "1"], ["孙丽", "律师", "#N/A"])
    report = take(county, saved(book, tmp_path / "a.xlsx"))
    assert faults(report) == [(2, "姓名", "E261"), (3, "执业证号", "E261")]


def test_a_formula_with_its_value_is_taken(tmp_path: Path) -> None:
    made, whole = saved(book_of(PEOPLE, ["=A9", "律师", "1"]), tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(whole, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(
                    b'<c r="A2"><f>A9</f><v /></c>', '<c r="A2" t="str"><f>A9</f><v>卫明</v></c>'.encode()
                )
            after.writestr(name, part)
    assert read_lines(whole)[1].cells[1] == "卫明"


@pytest.mark.parametrize(
    ("name", "inside", "code"),
    [
        ("a.xlsx", "EncryptedPackage".encode("utf-16-le"), "E263"),
        ("a.xls", b"", "E264"),
        ("a.xlsx", b"", "E264"),
        ("a.et", b"", "E266"),
    ],
)
def test_files_of_the_old_office_each_get_their_own_advice(
    tmp_path: Path, name: str, inside: bytes, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        read_lines(compound(tmp_path / name, inside))


def test_an_open_document_gets_its_own_advice_under_any_name(tmp_path: Path) -> None:
    for name in ("a.ods", "a.xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with pytest.raises(Refused, match=r"E265 .*另存为"):
            read_lines(tmp_path / name)


def test_a_workbook_that_is_called_csv_is_a_workbook(tmp_path: Path) -> None:
    assert read_lines(saved(book_of(PEOPLE), tmp_path / "a.xlsx").rename(tmp_path / "a.csv"))[
        0
    ].cells == dict(enumerate(PEOPLE, 1))


def test_a_csv_cell_of_any_length_is_read(tmp_path: Path) -> None:
    path, long = tmp_path / "a.csv", "长" * 300_000
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([PEOPLE, [long, "律师", "1"]])
    assert read_lines(path)[1].cells[1] == long


def test_values_are_read_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    values = [
        date(2022, 5, 10), datetime(2022, 5, 10, 9, 12), time(9, 5), True, 12, 12.5, 140000, "１２", " 前后 ", "a\nb", "_x0041_",
    ]  # fmt: skip
    sheet.append(values)
    sheet["M1"], sheet["N1"] = 44691, 44691.5
    sheet["M1"].number_format, sheet["N1"].number_format = 'yyyy"年"m"月"d"日"', "[h]:mm"
    path = saved(book, tmp_path / "a.xlsx")
    assert list(read_lines(path)[0].cells.values())[:10] == [
        "2022-05-10", "2022-05-10 09:12:00", "09:05:00", "是", "12", "12.5", "140000", "１２", "前后", "a\nb",
    ]  # fmt: skip
    assert read_lines(path)[0].cells[13] == "2022-05-10"


def test_a_date_in_the_chinese_built_in_format_is_a_date(tmp_path: Path) -> None:
    book = book_of([44691])
    book.worksheets[0]["A1"].number_format = "0.00"
    made, whole = saved(book, tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(whole, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'numFmtId="2"', b'numFmtId="31"'))
    assert read_lines(whole)[0].cells == {1: "2022-05-10"}


def test_a_hundred_thousand_blank_rows_cost_what_an_empty_sheet_costs(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(PEOPLE)
    sheet.append(GOOD)
    book.save(tmp_path / "few.xlsx")
    blank = b"".join(
        b'<row r="%d" spans="1:3" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/></row>'
        % (n, n, n, n)
        for n in range(3, 100_003)
    )
    with zipfile.ZipFile(tmp_path / "few.xlsx") as few, zipfile.ZipFile(tmp_path / "many.xlsx", "w") as many:
        for name in few.namelist():
            part = few.read(name)
            many.writestr(name, part.replace(b"</sheetData>", blank + b"</sheetData>"))
    began = perf_counter()
    lines = read_lines(tmp_path / "many.xlsx")
    took = perf_counter() - began
    assert [line.number for line in lines] == [1, 2]
    assert took < 1.5, f"{took:.2f} s"


def test_a_last_row_far_below_keeps_its_number(county: Desk, tmp_path: Path) -> None:
    book = book_of(PEOPLE, GOOD)
    sheet = book.worksheets[0]
    sheet["A900000"], sheet["B900000"] = "孙丽", "厨师"
    sheet["A900000"].font = Font(bold=True)
    assert [(one.row, one.code) for one in take(county, saved(book, tmp_path / "a.xlsx")).refused] == [
        (900_000, "E440")
    ]
