"""A final month is told to its people, who confirm or dispute it in time; the bureau answers, and only what is disputed waits."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.forms.pay_statement import pay_statement
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.models.pay import Adjustment
from app.models.statements import PersonStatement
from app.rules.pay.replies import ReplyState
from app.services.kiosk.reply_to_pay import ReplyToPay
from app.services.kiosk.set_pin import SetPin
from app.services.money.answer_dispute import AnswerDispute
from app.services.money.enter_reply import EnterReply
from app.services.money.export_statement import ExportStatement
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import PaySheetOf
from app.services.money.replies import PayReplies, PayReplyView
from app.services.money.statement import MyPay, StatementOf
from app.services.office.settings import ChangeSetting
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, OTHER, Book, paid

MAY = "2022-05"


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def two_sites(book: Book) -> tuple[str, str]:
    """张三 at a station and at the centre; the keys of both duties."""
    station = book.worked(10)
    centre = book.worked(11, CENTRE)
    book.finish()
    return station, centre


def view(book: Book, name: str = "张三") -> PayReplyView:
    return next(one for one in book.desk.ask(PayReplies(MAY)) if one.name == name)


def dispute(book: Book, *keys: str, reason: str = "10日没有迟到") -> str:
    return str(book.desk.do(EnterReply(MAY, book.people["张三"], True, reason, keys)))


def test_y29_the_final_month_is_told_to_each_site_with_the_others_as_sums(book: Book) -> None:
    two_sites(book)
    with Session(book.desk.office.database.reader) as session:
        told = {row.site: row for row in session.scalars(select(PersonStatement))}
    assert {site: (row.payable_fen, row.elsewhere) for site, row in told.items()} == {
        "140802100": (
            50000,
            [{"site": CENTRE, "name": told["140802100"].elsewhere[0]["name"], "lines": 1, "fen": 20000}],
        ),
        CENTRE: (
            50000,
            [{"site": "140802100", "name": told[CENTRE].elsewhere[0]["name"], "lines": 1, "fen": 30000}],
        ),
    }
    assert (view(book).state, view(book).reply_by) == (ReplyState.waiting, "2022-06-07")


def test_y29_the_person_confirms_with_the_pin_once(book: Book) -> None:
    two_sites(book)
    person = book.people["张三"]
    book.desk.do(SetPin(person, "2580"))
    with pytest.raises(Refused, match="E603"):
        book.desk.do(ReplyToPay(person, "1111", MAY, False), KIOSK)
    first = book.desk.do(ReplyToPay(person, "2580", MAY, False), KIOSK)
    assert book.desk.do(ReplyToPay(person, "2580", MAY, False), KIOSK) == first
    found = book.desk.ask(MyPay(MAY, person), KIOSK)
    assert (found.net_fen, found.reply.state, found.reply.may_confirm) == (50000, ReplyState.confirmed, False)
    paper = pay_statement(book.desk.ask(StatementOf(MAY, person)))
    assert any("确认无误" in note for note in paper.notes) and any("6月7日前" in note for note in paper.notes)


def test_y29_what_is_disputed_waits_and_the_rest_is_paid(book: Book) -> None:
    station, _ = two_sites(book)
    dispute(book, station)
    assert (view(book).state, view(book).held_fen) == (ReplyState.disputed, 30000)
    made = paid(book.desk, PayMonth(MAY, date(2022, 6, 2), "记-1"))
    assert [one.fen for one in made.posted] == [20000]
    payee = book.desk.ask(PaySheetOf(MAY)).payees[0]
    assert (payee.due_fen, payee.held_fen) == (0, 30000)
    book.desk.do(AnswerDispute(view(book).disputes[0].id, False, "监控显示 09:12 到岗"))
    assert view(book).state is ReplyState.rejected
    assert [one.fen for one in paid(book.desk, PayMonth(MAY, date(2022, 6, 2), "记-2")).posted] == [30000]


def test_y29_an_upheld_dispute_is_carried_out_by_an_adjustment_and_told_anew(book: Book) -> None:
    key = book.duty(10)
    book.row(10, "09:10", "13:00")
    book.finish()
    said = dispute(book)
    book.desk.do(AnswerDispute(said, True, "打卡机故障，有照片", key, 30000))
    with Session(book.desk.office.database.reader) as session:
        made = session.scalars(select(Adjustment)).one()
    assert (made.reason_code, made.reason, made.to_fen) == ("异议成立", "打卡机故障，有照片", 30000)
    found = view(book)
    assert (found.state, found.payable_fen, found.disputes[0].is_upheld) == (ReplyState.waiting, 30000, True)
    assert "异议成立" in book.desk.ask(MyPay(MAY, book.people["张三"]), KIOSK).reply.answer
    with pytest.raises(Refused, match="E847"):
        book.desk.do(AnswerDispute(said, True, "再次答复"))
    assert paid(book.desk, PayMonth(MAY, date(2022, 6, 2), "记-1")).total_fen == 30000


def test_y29_silence_confirms_unless_the_reading_says_otherwise(book: Book) -> None:
    two_sites(book)
    book.desk.clock.go_to(datetime(2022, 6, 8, 9))
    assert view(book).state is ReplyState.silent
    with pytest.raises(Refused, match="E844"):
        dispute(book)
    book.desk.do(ChangeSetting("pack.silence_confirms", "否", "市局口径"))
    assert view(book).state is ReplyState.overdue
    assert dispute(book)
    book.desk.do(ChangeSetting("pack.disputed_pay", "pay", "市局口径"))
    assert paid(book.desk, PayMonth(MAY, date(2022, 6, 2), "记-1")).total_fen == 50000


def test_y29_the_days_to_reply_are_the_bureaus_to_set(book: Book) -> None:
    book.desk.do(ChangeSetting("pack.statement_reply_days", "9", "市局口径"))
    two_sites(book)
    assert view(book).reply_by == "2022-06-11"


def test_y29_the_statement_is_written_to_a_file_with_its_due_day(book: Book, tmp_path: Path) -> None:
    two_sites(book)
    out = tmp_path / "a.pdf"
    paid(book.desk, PayMonth(MAY, date(2022, 6, 2), "记-1"))
    assert book.desk.do(ExportStatement(MAY, book.people["张三"], out)).path.stat().st_size > 1000
    notes = pay_statement(book.desk.ask(StatementOf(MAY, book.people["张三"]))).notes
    assert "2022-06-02 发放 500.00 元，凭证 记-1。" in notes


def test_y29_a_word_needs_a_statement_a_reason_and_ones_own_duty(book: Book) -> None:
    station, _ = two_sites(book)
    book.month = 6
    other = book.duty(1, OTHER, "李四")
    for command, code in (
        (EnterReply("2022-06", book.people["张三"], False), "E843"),
        (EnterReply(MAY, book.people["李四"], False), "E843"),
        (EnterReply(MAY, book.people["张三"], True), "E845"),
        (EnterReply(MAY, book.people["张三"], True, "不对", (other,)), "E846"),
        (AnswerDispute("nothing", False, "不成立"), "E847"),
        (AnswerDispute("nothing", False, ""), "E848"),
        (AnswerDispute("nothing", False, "不成立", station, 100), "E849"),
    ):
        with pytest.raises(Refused, match=code):
            book.desk.do(command)


def test_y29_a_dispute_is_withdrawn_by_a_later_word_at_the_same_site(book: Book) -> None:
    two_sites(book)
    said = dispute(book)
    book.desk.do(EnterReply(MAY, book.people["张三"], False))
    assert (view(book).state, view(book).held_fen, view(book).disputes[0].is_open) == (
        ReplyState.confirmed,
        0,
        False,
    )
    with pytest.raises(Refused, match="E847"):
        book.desk.do(AnswerDispute(said, False, "不成立"))
