"""A negative month is never paid: it is owed, listed with its month, and met by the next pay (应收回)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.cli.commands.settle import settlement_document
from app.documents.forms.pay_sheet import pay_sheet
from app.documents.forms.pay_statement import pay_statement
from app.kernel.permissions import KIOSK
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_month import PayMonth, PayRun
from app.services.money.pay_sheet import PaySheetOf
from app.services.money.reverse_payment import ReversePayment
from app.services.money.statement import MyPay, StatementOf
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, OTHER, Book, ready_to_pay


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def pay(book: Book, month: str, voucher: str = "记-001") -> PayRun:
    if book.desk.ask(PaySheetOf(month)).due_fen:
        ready_to_pay(book.desk, month)
    made = book.desk.do(PayMonth(month, date(2022, 6, 2), voucher))
    assert isinstance(made, PayRun)
    return made


@pytest.fixture
def owing(book: Book) -> Book:
    """张三 was paid 900 for May; three absences are judged late, so that June comes to −900."""
    for day in (10, 12, 16):
        book.worked(day)
    book.worked(10, OTHER, "李四")
    book.finish()
    pay(book, "2022-05")
    for day in (10, 12, 16):
        book.check(day, "10:00")
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    book.month = 6
    book.finish()
    return book


def numbers(book: Book, month: str, name: str = "张三") -> tuple[int, int, int, int]:
    """net, carried in, payable and still owed, in yuan."""
    found = settlement_document(book.desk.ask(ComputeSettlement(month)), ())
    [one] = [one for one in found["people"] if one["name"] == name]  # type: ignore[attr-defined]
    return tuple(one[key] // 100 for key in ("net_fen", "debt_fen", "payable_fen", "owed_fen"))  # type: ignore[return-value]


def test_a_negative_month_is_not_paid_and_stays_owed(owing: Book) -> None:
    made = pay(owing, "2022-06")
    assert (made.posted, made.total_fen) == ((), 0)
    [told] = made.owed
    assert (told.name, told.fen) == ("张三", 90000) and "2022年6月尚有 900.00 元应收回" in told.text
    assert numbers(owing, "2022-06") == (-900, 0, 0, 900)
    sheet = owing.desk.ask(PaySheetOf("2022-06"))
    assert (sheet.paid_fen, sheet.due_fen, sheet.owed_fen, sheet.sheet.total_fen) == (0, 0, 90000, 0)
    assert numbers(owing, "2022-07") == (0, 900, 0, 900), "listed though nothing is earned"


def test_the_next_pay_makes_it_good_oldest_first_until_it_is_zero(owing: Book) -> None:
    owing.month = 7
    owing.desk.clock.go_to(datetime(2022, 8, 1, 9))
    owing.worked(4)
    owing.worked(6)
    owing.worked(4, OTHER, "李四")
    owing.finish()
    assert numbers(owing, "2022-07") == (600, 900, 0, 300)
    assert [one.fen for one in pay(owing, "2022-07").posted] == [30000], "李四 alone"
    owing.month = 8
    owing.desk.clock.go_to(datetime(2022, 9, 1, 9))
    for day in (1, 3):
        owing.worked(day)
    owing.finish()
    assert numbers(owing, "2022-08") == (600, 300, 300, 0)
    assert [one.fen for one in pay(owing, "2022-08").posted] == [30000]
    assert pay(owing, "2022-08").posted == () == pay(owing, "2022-06").posted
    assert numbers(owing, "2022-08") == (600, 300, 300, 0), "paying changes nothing of what was taken"
    assert numbers(owing, "2022-07") == (600, 900, 0, 300)


def test_sheet_statement_and_kiosk_say_it_in_words(owing: Book) -> None:
    owing.month = 7
    owing.desk.clock.go_to(datetime(2022, 8, 1, 9))
    owing.worked(4)
    owing.finish()
    sheet = pay_sheet(owing.desk.ask(PaySheetOf("2022-07")).sheet)
    [row] = [dict(zip((one.key for one in sheet.columns), row, strict=True)) for row in sheet.rows]
    assert (row["base"], row["recovered"], row["owed"], row["net"]) == (30000, 30000, 60000, 0)
    told = "".join(sheet.notes)
    assert "2022年6月多付的 300.00 元应收回" in told and "尚有 600.00 元" in told
    person = owing.people["张三"]
    statement = pay_statement(owing.desk.ask(StatementOf("2022-07", person)))
    assert "0.00" in statement.totals_text and "300.00" not in statement.totals_text
    assert any("2022年6月多付的 300.00 元" in note for note in statement.notes)
    mine = owing.desk.office.ask(MyPay("2022-07", person), KIOSK)
    assert mine.net_fen == 0 and len(mine.debts) == 2
    assert owing.desk.ask(StatementOf("2022-08", person)).debts, (
        "a month without duties still tells what is owed"
    )


def test_months_without_debts_show_no_columns_for_them(book: Book) -> None:
    book.worked(10)
    book.finish()
    assert "owed" not in [one.key for one in pay_sheet(book.desk.ask(PaySheetOf("2022-05")).sheet).columns]


def test_a_payment_that_comes_back_is_due_again_less_what_is_owed(owing: Book) -> None:
    owing.desk.do(ReversePayment("2022-05", owing.people["张三"], "转账退回"))
    assert numbers(owing, "2022-05") == (900, 900, 0, 0)
    assert pay(owing, "2022-05", "记-009").posted == ()
    assert owing.desk.ask(PaySheetOf("2022-07")).payees == ()
