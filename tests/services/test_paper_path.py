"""Duties without a kiosk: the sheet that is signed by hand, and what it says on record (Q05, Q06)."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from app.documents.drawn import DrawnPaper
from app.errors import Refused
from app.services.attendance.attendance_month import AttendanceMonth, DutyAttendance
from app.services.attendance.paper_sheets import PrintBlankRegister, PrintSignSheet
from app.services.attendance.record_paper import RecordPaper
from app.services.importing.import_workbook import ImportWorkbook
from app.values import Month
from tests.journeys.cli_inside import Inside
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import STATION, Book, at
from tests.services.test_every_door import sheet

MAY = Month(2022, 5)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    made = Book(county)
    made.duty(11, hours="09:00-11:00", kind="下乡")
    made.publish()
    return made


def paper(book: Book, **changed: Any) -> str:
    said = {
        "person_id": book.person(),
        "in_at": at(11, "08:58"),
        "out_at": at(11, "11:03"),
        "confirmed_by": "李主任",
        "reason": "下乡，没有签到台",
        "site": STATION,
    }
    return str(book.desk.do(RecordPaper(**said | changed)))


def line(book: Book) -> DutyAttendance:
    [found] = book.desk.ask(AttendanceMonth(MAY, STATION)).rows
    assert isinstance(found, DutyAttendance)
    return found


def read(drawn: DrawnPaper) -> str:
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        return "".join(page.extract_text() for page in document.pages)


def test_q05_a_signed_sheet_counts_and_says_what_it_is(book: Book) -> None:
    paper(book)
    found = line(book)
    assert (found.in_text, found.out_text, found.note) == ("08:58:00", "11:03:00", "")
    assert (found.origin, found.confirmed_by, found.grade) == ("纸质登记", "李主任", "grey")
    assert "没有时钟凭据" in found.grade_reason and found.reason == "下乡，没有签到台"


def test_q06_what_a_sheet_must_say_is_refused_without_it(book: Book) -> None:
    for said, code in (
        ({"person_id": ""}, "E275"),
        ({"confirmed_by": " "}, "E275"),
        ({"reason": ""}, "E275"),
        ({"person_id": "nobody"}, "E122"),
        ({"in_at": None, "out_at": None}, "E130"),
        ({"confirmed_by": "张三"}, "E277"),
        ({"in_at": at(13, "09:00"), "out_at": None}, "E120"),
    ):
        with pytest.raises(Refused, match=code):
            paper(book, **said)
    paper(book)
    for said, code in (({}, "E276"), ({"out_at": at(11, "11:30")}, "E131")):
        with pytest.raises(Refused, match=code):
            paper(book, **said)


def test_q06_nobody_confirms_alone_by_sheet_either(book: Book, tmp_path: Path) -> None:
    book.person()
    headings = ["站点", "姓名", "签到时间", "签退时间", "确认人"]
    path = sheet(tmp_path / "a.xlsx", headings, ["解州镇", "张三", "2022-05-11 09:00", "", "张三"])
    refused = book.desk.do(ImportWorkbook("attendance", path)).refused
    assert [(one.column, one.code) for one in refused] == [("确认人", "E277")]


def test_q05_the_sheet_names_the_days_duties_and_a_blank_one_nobody(book: Book) -> None:
    text = read(book.desk.ask(PrintSignSheet(STATION, date(2022, 5, 11))))
    for words in (
        "值班签到登记单",
        "张三",
        "河东律师事务所",
        "09:00-11:00",
        "下乡",
        "2022年5月11日",
        "确认人签名",
    ):
        assert words in text
    blank = read(book.desk.ask(PrintSignSheet(STATION)))
    assert "张三" not in blank and "停电" in blank
    register = read(book.desk.ask(PrintBlankRegister(STATION, date(2022, 5, 11))))
    assert "解答人：张三" in register and "婚姻家庭" in register and "签名" in register


def test_the_command_records_and_prints(book: Book, tmp_path: Path) -> None:
    person, root = book.person(), book.desk.office.data.root
    book.desk.office.close()

    def call(*words: str) -> Any:
        return Inside(root, COUNTY.password)(*words).document

    told = ("--in", "2022-05-11 09:00", "--confirmed-by", "李主任", "--reason", "下乡", "--site", "解州镇")
    assert call("paper", "record", person, *told)["id"]
    for more in ((), ("--register",)):
        out = tmp_path / f"{len(more)}.pdf"
        call("paper", "sheet", "--file", str(out), "--on", "2022-05-11", "--site", "解州镇", *more)
        assert out.read_bytes().startswith(b"%PDF")
