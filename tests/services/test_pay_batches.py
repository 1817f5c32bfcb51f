"""A batch is made, checked and paid by three hands; what comes back is paid again, and nothing is paid twice (Y29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.forms.pay_batch import batch_sheet
from app.errors import Refused
from app.kernel.permissions import Actor, Permission, staff
from app.services.money.answer_dispute import AnswerDispute
from app.services.money.batch_papers import BankListFile, ExportBankList, ExportBatch, PrintBatch
from app.services.money.batches import BatchState, PayBatches, PayBatchView
from app.services.money.check_batch import CheckBatch
from app.services.money.enter_reply import EnterReply
from app.services.money.make_batch import MakeBatch
from app.services.money.pay_month import PayMonth
from app.services.money.reverse_payment import ReversePayment
from app.services.people.add_person import AddPerson
from app.services.reports.show_report import ShowReport
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from app.values import Role
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CHECKER, MAKER, OTHER, Book, paid, ready_to_pay

MAY, JUNE_2 = "2022-05", date(2022, 6, 2)
PAY = PayMonth(MAY, JUNE_2, "记-1")
EVERY = frozenset({Permission.SETTLE, Permission.REVIEW_MONTH, Permission.PAY})


@pytest.fixture
def book(county: Desk) -> Book:
    """张三 has 300 yuan to come for May, 李四 as much."""
    county.clock.go_to(AFTER_MAY)
    made = Book(county)
    made.worked(10)
    made.worked(12, OTHER, "李四")
    made.finish()
    return made


def only(book: Book) -> PayBatchView:
    [found] = book.desk.ask(PayBatches(MAY))
    assert isinstance(found, PayBatchView)
    return found


def hand(name: str) -> Actor:
    return Actor(name, name, name, EVERY, is_account=False)


def test_y29_one_account_never_takes_two_of_the_three_steps(book: Book) -> None:
    one, two, three = hand("甲"), hand("乙"), hand("丙")
    with pytest.raises(Refused, match="E875"):
        book.desk.do(PAY, three)
    batch = book.desk.do(MakeBatch(MAY), one)
    with pytest.raises(Refused, match="E872"):
        book.desk.do(CheckBatch(batch, True), one)
    with pytest.raises(Refused, match="E875"):
        book.desk.do(PAY, three)
    book.desk.do(CheckBatch(batch, True), two)
    for actor in (one, two):
        with pytest.raises(Refused, match="E877"):
            book.desk.do(PAY, actor)
    assert book.desk.do(PAY, three).total_fen == 60000
    assert only(book).state is BatchState.paid
    with pytest.raises(Refused, match="E876"):
        book.desk.do(PayMonth(MAY, JUNE_2, "记-2", batch), hand("丁"))
    assert book.desk.do(PAY, hand("丁")).posted == ()


def test_y29_who_waits_in_a_batch_stands_in_no_other(book: Book) -> None:
    zhang = book.people["张三"]
    first = book.desk.do(MakeBatch(MAY, (zhang,)), MAKER)
    with pytest.raises(Refused, match="E879"):
        book.desk.do(MakeBatch(MAY, (zhang,)), MAKER)
    book.desk.do(MakeBatch(MAY), MAKER)
    found = book.desk.ask(PayBatches(MAY))
    assert [[item.name for item in one.items] for one in found] == [["张三"], ["李四"]]
    assert [one.id for one in book.desk.ask(PayBatches())] == [one.id for one in found]
    book.desk.do(CheckBatch(first, True), CHECKER)
    assert book.desk.do(PayMonth(MAY, JUNE_2, "记-1", first)).total_fen == 30000


def test_y29_a_batch_goes_back_with_a_reason_and_its_people_are_due_again(book: Book) -> None:
    batch = ready_to_pay(book.desk)
    with pytest.raises(Refused, match="E874"):
        book.desk.do(CheckBatch(batch, False), CHECKER)
    book.desk.do(CheckBatch(batch, False, "少一人"), CHECKER)
    assert (only(book).state, only(book).reason) == (BatchState.returned, "少一人")
    for again in (True, False):
        with pytest.raises(Refused, match="E873"):
            book.desk.do(CheckBatch(batch, again, "x"), CHECKER)
    with pytest.raises(Refused, match="E894"):
        book.desk.do(CheckBatch("none", True), CHECKER)
    assert paid(book.desk, PAY).total_fen == 60000


def test_y29_a_dispute_after_the_check_stops_the_batch(book: Book) -> None:
    batch = ready_to_pay(book.desk)
    said = book.desk.do(EnterReply(MAY, book.people["李四"], True, "少算一班"))
    with pytest.raises(Refused, match=r"E878 .*李."):
        book.desk.do(PAY)
    book.desk.do(CheckBatch(batch, False, "李四有异议"), CHECKER)
    assert paid(book.desk, PAY).total_fen == 30000
    book.desk.do(AnswerDispute(said, False, "核实无误"))
    assert paid(book.desk, PAY).total_fen == 30000


def test_y29_a_failed_transfer_is_due_again_and_paid_once_more(book: Book) -> None:
    paid(book.desk, PAY)
    zhang = book.people["张三"]
    book.desk.do(ReversePayment(MAY, zhang, "账号户名不符"))
    again = ready_to_pay(book.desk)
    [item] = book.desk.ask(PayBatches(MAY))[-1].items
    assert (item.person_id, item.fen) == (zhang, 30000)
    assert book.desk.do(PayMonth(MAY, JUNE_2, "记-2", again)).total_fen == 30000
    with pytest.raises(Refused, match="E879"):
        ready_to_pay(book.desk)


def test_y29_what_waits_for_whose_hand_stands_on_todays_page(book: Book) -> None:
    batch = book.desk.do(MakeBatch(MAY), MAKER)
    reviewer = replace(staff("r", "r", "r", [Role.reviewer.value]), is_account=False)
    cashier = replace(staff("p", "p", "p", [Role.cashier.value]), is_account=False)

    def waits(actor: Actor) -> bool:
        return UrgentKind.batches in book.desk.ask(Waiting(), actor)

    assert (waits(reviewer), waits(cashier)) == (True, False)
    book.desk.do(CheckBatch(batch, True), CHECKER)
    assert (waits(reviewer), waits(cashier)) == (False, True)
    book.desk.do(PAY)
    assert not waits(cashier)


def test_y29_reports_list_batches_cash_and_what_came_back(book: Book) -> None:
    zhang = book.people["张三"]
    book.desk.do(
        CheckBatch(book.desk.do(MakeBatch(MAY, cash=(zhang,), cash_reason="本人要求"), MAKER), True), CHECKER
    )
    book.desk.do(PAY)
    book.desk.do(ReversePayment(MAY, book.people["李四"], "账户冻结", "银行回单"))
    batches, failed, cash = (
        book.desk.ask(ShowReport(key, MAY)).table.texts
        for key in ("pay-batches", "failed-payments", "cash-payments")
    )
    assert sorted((row[2], row[3]) for row in batches) == [("张三", "现金"), ("李四", "转账")]
    assert [(row[2], row[7], row[8]) for row in failed] == [("李四", "账户冻结", "银行回单")]
    assert [(row[2], row[3], row[7]) for row in cash] == [("张三", "300.00", "本人要求")]


def test_y29_cash_says_why_and_is_flagged(book: Book) -> None:
    book.people["王五"] = book.desk.do(AddPerson(name="王五", kind="律师", licence="11408201000000999"))
    book.month = 6
    book.worked(1, who="王五")
    book.worked(1, OTHER, "李四")
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    book.finish()
    with pytest.raises(Refused, match=r"E871 王."):
        book.desk.do(MakeBatch("2022-06"), MAKER)
    batch = book.desk.do(MakeBatch("2022-06", cash_reason="外地律师，尚未开户"), MAKER)
    [view] = book.desk.ask(PayBatches("2022-06"))
    assert (view.total_fen, view.cash_fen) == (60000, 30000)
    assert [one.notes for one in view.items if one.is_cash] == [("现金：外地律师，尚未开户",)]
    sheet = batch_sheet(book.desk.ask(PrintBatch(batch)))
    assert "转账 1 笔 300.00 元，现金 300.00 元。" in sheet.notes


def test_y29_a_shared_account_is_noted_for_the_checker(book: Book) -> None:
    from app.services.money.confirm_payee import ConfirmPayee
    from app.services.people.payee import SetPayee
    from tests.services.money_book import SECOND

    for name in ("张三", "李四"):
        book.desk.do(SetPayee(book.people[name], "建设银行", "6217000340001111"))
        book.desk.do(ConfirmPayee(book.people[name]), SECOND)
    book.desk.do(MakeBatch(MAY), MAKER)
    assert {one.notes for one in only(book).items} == {("与他人同一账号",)}


def test_y29_debts_are_kept_back_and_shown_as_such(book: Book) -> None:
    paid(book.desk, PAY)
    book.check(10, "10:00", "虚假值班", None, "属实")
    book.month = 6
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    book.finish()
    book.month = 7
    book.worked(1)
    book.worked(4)
    book.desk.clock.go_to(datetime(2022, 8, 1, 9))
    book.finish()
    batch = ready_to_pay(book.desk, "2022-07")
    [view] = book.desk.ask(PayBatches("2022-07"))
    assert [(one.fen, one.taken_fen) for one in view.items] == [(30000, 30000)]
    assert "抵扣：从实发中扣回以前多付的。" in batch_sheet(book.desk.ask(PrintBatch(batch))).notes


def test_y29_the_bank_takes_names_numbers_as_text_and_yuan_with_two_places(
    book: Book, tmp_path: Path
) -> None:
    batch, out = book.desk.do(MakeBatch(MAY), MAKER), tmp_path / "代发.xlsx"
    with pytest.raises(Refused, match="E895"):
        book.desk.do(ExportBankList(batch, out))
    book.desk.do(CheckBatch(batch, True), CHECKER)
    with pytest.raises(Refused, match="E896"):
        book.desk.do(ExportBankList(batch, tmp_path / "代发.pdf"))
    made = book.desk.do(ExportBankList(batch, out))
    assert isinstance(made, BankListFile)
    assert (made.transfers, made.total_fen, len(made.check_code)) == (2, 60000, 8)
    page = load_workbook(out).worksheets[0]
    head, *lines = [[cell.value for cell in row] for row in page.iter_rows()]
    assert head == ["户名", "账号", "开户行", "金额", "用途"]
    assert sorted(lines) == sorted(
        [
            ["张三", "6228480031234500000", "农业银行盐湖支行", 300, "2022年5月值班补贴"],
            ["李四", "6228480031234500001", "农业银行盐湖支行", 300, "2022年5月值班补贴"],
        ]
    )
    assert page["B2"].data_type == "s" and "0.00" in page["D2"].number_format
    book.desk.do(ExportBatch(batch, tmp_path / "批次.pdf"))
    text = [cell for row in batch_sheet(book.desk.ask(PrintBatch(batch))).rows for cell in row]
    assert "****0000" in text and "6228480031234500000" not in text
