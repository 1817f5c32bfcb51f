"""A document that fixes no duty pay gets a plain ledger of duties: its remark once, no amounts; its shams are circulated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.form import form
from app.documents.forms.pay_statement import pay_statement
from app.documents.sheet import Sheet
from app.kernel.permissions import KIOSK
from app.services.money.circulars import CircularDrafts
from app.services.money.month_desk import Finding, MonthDesk
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import MyPay, StatementOf
from app.services.office.set_up import NewOffice
from app.services.reports.export_report import ExportReport
from app.services.reports.show_report import ShowReport
from tests.services.conftest import Desk
from tests.services.money_book import Book

PACKS = {
    "ganyu-2021": ("320707", "赣榆区司法局", "320707-01", "320707100", 2021),
    "anqing-2023": ("340802", "迎江区司法局", "340802-01", "340802001", 2023),
    "jian-2018": ("360802", "吉州区司法局", "360802-01", "360802001", 2018),
}
UNPAID = "本方案未定标准"


@pytest.fixture(params=sorted(PACKS))
def book(request: pytest.FixtureRequest, make_desk: Callable[..., Desk]) -> Book:
    code, name, centre, _, year = PACKS[request.param]
    new = NewOffice(
        code=code,
        name=name,
        level="县",
        parent=code[:4],
        pack=request.param,
        admin="admin",
        password="Bureau-2022",
        admin_title="管理员",
    )
    desk = make_desk(new, "bureau")
    desk.clock.go_to(datetime(year, 6, 2, 9))
    made = Book(desk, year=year)
    made.worked(10, centre, hours="08:30-12:00；14:00-18:30", kind="中心值班")
    made.duty(11, centre, "李四", hours="08:30-12:00", kind="中心值班")
    made.row(11, "08:42:34", "12:00", centre, "李四")
    made.check(11, "10:00", "虚假值班", None, "属实", centre, "李四")
    made.publish()
    return made


def cells(file: Path) -> list[str]:
    return [
        str(cell)
        for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]


def holds_no_amount(texts: list[str]) -> bool:
    return not any(text in ("0", "0.00", "0.0") or "0.00" in text or "实发" in text for text in texts)


def test_the_pay_sheet_is_a_plain_ledger_with_its_remark_once(book: Book, tmp_path: Path) -> None:
    for name in ("provisional", "final"):
        out = tmp_path / f"{name}.xlsx"
        book.desk.do(ExportPaySheet(book.text, out))
        found = cells(out)
        assert found[0] == "值班台账" and sum(UNPAID in text for text in found) == 1
        assert holds_no_amount(found)
        assert {"张三", "李四", "08:42:34", "迟到"} <= set(found)
        assert sum("经核实" in text for text in found) == 1
        book.desk.do(SettleFinal(book.text))
    book.desk.do(ExportPaySheet(book.text, tmp_path / "ledger.pdf"))
    view = book.desk.ask(PaySheetOf(book.text))
    assert view.ledger is not None and len(view.ledger.lines) == 2
    assert [payee.line.centre_days for payee in view.payees] == [1, 1]
    assert form("duty_ledger").render(view.ledger).startswith(b"%PDF")


def test_the_pay_report_is_the_ledger_too(book: Book, tmp_path: Path) -> None:
    book.desk.do(ExportReport("pay", book.text, tmp_path / "pay.xlsx"))
    found = cells(tmp_path / "pay.xlsx")
    assert found[0] == "值班台账" and holds_no_amount(found) and sum(UNPAID in text for text in found) == 1
    view = book.desk.ask(ShowReport("pay", str(book.year)))
    assert (view.title, view.notes, len(view.table.texts)) == (
        "值班台账",
        (f"{UNPAID}，值班照列，不计补贴。",),
        2,
    )


def test_the_statement_and_the_kiosk_show_duties_without_amounts(book: Book) -> None:
    person = book.people["李四"]
    sheet = pay_statement(book.desk.ask(StatementOf(book.text, person)))
    assert sheet.title.endswith("值班明细单") and not any(column.kind == "money" for column in sheet.columns)
    assert _said(sheet).count(UNPAID) == 1
    mine = book.desk.ask(MyPay(book.text, person), KIOSK)
    assert not mine.has_rates and UNPAID not in mine.lines[0].explanation + "".join(mine.lines[0].reasons)


def test_the_month_desk_says_it_once(book: Book) -> None:
    centre = PACKS[book.desk.office.identity.pack_key][2]
    found = book.desk.ask(MonthDesk(book.text, centre))
    assert found.checks[2].finding is Finding.pay_unrated
    assert all(line.explanation == "" for line in found.lines)
    book.record(10, "10:00", answer="", site=centre)
    assert book.desk.ask(MonthDesk(book.text, centre)).checks[1].finding is Finding.records_faulty


def test_y17_a_verified_sham_drafts_its_notice_in_every_pack(book: Book) -> None:
    (draft,) = book.desk.ask(CircularDrafts(book.text))
    assert (draft.person, draft.on, draft.cancelled_fen) == ("李四", date(book.year, 5, 11), 0)
    printed = form("circular").render(draft)
    assert printed.startswith(b"%PDF")
    (case,) = book.settle().circulars
    assert case.text.endswith("经核实属实，予以通报批评。") and "补贴" not in case.text
    assert bool(draft.basis) == bool(draft.clause_text)


def _said(sheet: Sheet) -> str:
    return "\n".join([*sheet.notes, *(str(cell) for row in sheet.rows for cell in row)])
