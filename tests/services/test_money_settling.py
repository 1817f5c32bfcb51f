"""Final settlement, evidence that comes after it, adjustments, payment and reversal."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.permissions import SYSTEM
from app.models.pay import Payment, Settlement, StoredPayLine
from app.services.attendance.decide import Decide
from app.services.money.adjust_line import AdjustLine
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import PaySheetOf, PrintPaySheet
from app.services.money.reverse_line import ReverseLine
from app.services.money.reverse_payment import ReversePayment
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import StatementOf
from app.services.people.correct_person import CorrectPerson
from app.services.people.link_person import LinkPerson
from app.services.security.accounts import AddAccount
from app.values import LineOrigin
from tests.direct_rows import Write
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, OTHER, VERIFIER, Book, paid, ready_to_pay


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def count(book: Book, table: type) -> int:
    with Session(book.desk.office.database.reader) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_p19_settling_twice_adds_no_rows_and_returns_the_stored_lines(book: Book) -> None:
    book.worked(10)
    book.worked(12, OTHER, "李四")
    first = book.finish()
    rows = count(book, StoredPayLine)
    again = book.desk.do(SettleFinal("2022-05"))
    assert (count(book, StoredPayLine), count(book, Settlement)) == (rows, 1) == (2, 1)
    assert again.lines == first.lines and again.is_final
    assert book.desk.ask(ComputeSettlement("2022-05")).lines == first.lines


def test_p19_what_was_computed_is_what_is_stored(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:10", "12:30")
    book.worked(12, OTHER)
    assert book.settle().lines == book.finish().lines


def test_p26_computing_and_printing_lock_nothing(book: Book) -> None:
    book.worked(10)
    book.settle()
    sheet = book.desk.ask(PaySheetOf("2022-05"))
    assert not sheet.sheet.is_final
    assert count(book, Settlement) == count(book, StoredPayLine) == 0
    assert book.record(10, "10:00")


def test_y18_a_month_that_goes_on_is_not_settled_finally(county: Desk) -> None:
    book = Book(county)
    book.duty(12)
    with pytest.raises(Refused, match="E850"):
        book.finish()


def test_p24_evidence_after_the_lock_is_a_line_of_the_next_settlement(book: Book) -> None:
    key = book.worked(10)
    original = book.finish().lines[0]
    book.check(10, "10:00")
    book.month = 6
    book.worked(1)
    june_now = book.settle()
    extra = [line for line in june_now.lines if line.adjusts]
    assert [(line.adjusts, line.net_fen, line.key, line.on) for line in extra] == [
        (original.id, -15000, key, date(2022, 5, 10))
    ]
    assert book.desk.ask(ComputeSettlement("2022-05")).total_fen == 30000
    assert book.desk.ask(ComputeSettlement("2022-04")).lines == ()
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    june = book.finish()
    assert june.total_fen == 30000 - 15000
    assert any("脱岗" in reason for line in june.lines if line.adjusts for reason in line.reasons)
    july = book.desk.ask(ComputeSettlement("2022-07"))
    assert july.lines == ()


def test_p24_a_verified_sham_after_payment_makes_a_negative_line(book: Book) -> None:
    book.worked(10)
    check = book.check(10, "10:00", "虚假值班", None)
    assert book.finish().total_fen == 30000
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    book.desk.do(Decide(check, True, "两名群众证实无人值班"), VERIFIER)
    june = book.desk.ask(ComputeSettlement("2022-06"))
    assert [line.net_fen for line in june.lines] == [-30000]
    assert june.lines[0].origin is LineOrigin.evidence


def test_p24_a_later_change_of_status_or_setting_is_no_evidence(book: Book) -> None:
    book.worked(10)
    book.finish()
    person = book.people["张三"]
    book.desk.do(
        CorrectPerson(
            person_id=person,
            name="张三",
            kind="律师",
            is_public_servant=True,
            organisation="河东律师事务所",
            licence="11408201000000000",
            reason="转为公职律师",
        )
    )
    assert book.desk.ask(ComputeSettlement("2022-06")).lines == ()


def test_p24_an_item_filled_in_after_the_lock_does_not_undo_its_deduction(book: Book) -> None:
    book.worked(10)
    record = book.record(10, "10:00", answer="")
    assert book.finish().total_fen == 29000
    from app.models.service_desk import Consultation

    def fill_in(session: Session) -> None:
        session.get_one(Consultation, record).missing = []

    book.desk.office.do(Write(fill_in), SYSTEM)
    assert book.desk.ask(ComputeSettlement("2022-06")).lines == ()


def test_p25_an_adjustment_needs_a_change_and_a_coded_reason(book: Book) -> None:
    key = book.worked(10)
    book.publish()
    for command, code in (
        (AdjustLine("2022-05", key, 30000, "登记有误"), "E840"),
        (AdjustLine("2022-05", key, 20000, ""), "E841"),
        (AdjustLine("2022-05", key, 20000, "其他"), "E842"),
        (AdjustLine("2022-05", key, -1, "登记有误"), "E852"),
        (AdjustLine("2022-05", "nobody", 1, "登记有误"), "E851"),
    ):
        with pytest.raises(Refused, match=code):
            book.desk.do(command)
    assert count(book, StoredPayLine) == 0


def test_p25_an_adjustment_before_the_lock_keeps_the_original(book: Book) -> None:
    key = book.worked(10)
    book.publish()
    book.desk.do(AdjustLine("2022-05", key, 20000, "复核改正", "经核对"))
    book.desk.do(AdjustLine("2022-05", key, 15000, "复核改正"))
    assert [line.net_fen for line in book.settle().lines] == [30000, -15000]
    original, beside = book.finish().lines
    assert (original.net_fen, beside.net_fen, beside.adjusts) == (30000, -15000, original.id)
    assert beside.reasons == ("由 300 元调整为 150 元：复核改正",)


def test_p25_an_adjustment_after_the_lock_joins_at_once_or_the_next_month_once_paid(book: Book) -> None:
    key = book.worked(10)
    book.finish()
    book.desk.do(AdjustLine("2022-05", key, 25000, "异议成立"))
    may = book.desk.ask(ComputeSettlement("2022-05"))
    assert [line.net_fen for line in may.lines] == [30000, -5000]
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    book.desk.do(AdjustLine("2022-05", key, 30000, "其他", "复查后恢复"))
    assert book.desk.ask(ComputeSettlement("2022-05")).total_fen == 25000
    june = book.desk.ask(ComputeSettlement("2022-06"))
    assert [(line.net_fen, line.adjusts, line.note) for line in june.lines] == [
        (5000, may.lines[0].id, "复查后恢复")
    ]
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    book.month = 6
    assert book.finish().total_fen == 5000
    assert book.desk.ask(ComputeSettlement("2022-07")).lines == ()


def test_p20_confirming_twice_posts_once(book: Book) -> None:
    book.worked(10)
    book.worked(12, OTHER, "李四")
    book.person("王五", is_public=True)
    book.worked(13, who="王五")
    with pytest.raises(Refused, match="E856"):
        paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    with pytest.raises(Refused, match="E856"):
        book.desk.do(PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    book.finish()
    first = paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    again = book.desk.do(PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    with pytest.raises(Refused, match="E879"):
        ready_to_pay(book.desk)
    assert (first.total_fen, len(first.posted), again.posted, again.held) == (60000, 2, (), 2)
    assert count(book, Payment) == 2
    sheet = book.desk.ask(PaySheetOf("2022-05"))
    assert (sheet.paid_fen, sheet.due_fen) == (60000, 0)


def test_p20_a_payment_is_reversed_by_a_counter_entry_and_due_again(book: Book) -> None:
    book.worked(10)
    book.finish()
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    person = book.people["张三"]
    with pytest.raises(Refused, match="E858"):
        book.desk.do(ReversePayment("2022-05", person, "不喜欢"))
    made = book.desk.do(ReversePayment("2022-05", person, "转账退回"))
    assert [one.fen for one in made] == [-30000]
    with pytest.raises(Refused, match="E860"):
        book.desk.do(ReversePayment("2022-05", person, "转账退回"))
    assert count(book, Payment) == 2
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-009"))
    payee = book.desk.ask(PaySheetOf("2022-05")).payees[0]
    assert [one.fen for one in payee.payments] == [30000, -30000, 30000] and payee.due_fen == 0


def test_p20_a_paid_line_is_reversed_in_the_next_settlement(book: Book) -> None:
    book.worked(10)
    line = book.finish().lines[0]
    with pytest.raises(Refused, match="E854"):
        book.desk.do(ReverseLine(line.id, "误付"))
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-001"))
    first = book.desk.do(ReverseLine(line.id, "误付"))
    assert book.desk.do(ReverseLine(line.id, "误付")) == first
    book.desk.clock.go_to(datetime(2022, 7, 1, 9))
    june = book.desk.do(SettleFinal("2022-06"))
    assert [(one.net_fen, one.origin, one.adjusts) for one in june.lines] == [
        (-30000, LineOrigin.reversal, line.id)
    ]
    assert book.desk.do(ReverseLine(line.id, "误付")) == first
    assert book.desk.ask(ComputeSettlement("2022-07")).lines == ()
    assert book.desk.ask(ComputeSettlement("2022-05")).total_fen == 30000


def test_y18_the_rights_of_settling_and_paying_are_apart(book: Book) -> None:
    book.worked(10)
    book.publish()
    for name, role in (("reviewer", "审核员"), ("cashier", "财务"), ("clerk", "工作人员")):
        book.desk.do(AddAccount(name, "Secret-2022", (role,)))
    actors = {name: book.desk.office.login(name, "Secret-2022") for name in ("reviewer", "cashier", "clerk")}
    for name in ("cashier", "clerk"):
        with pytest.raises(Refused, match="E001"):
            book.desk.do(SettleFinal("2022-05"), actors[name])
    assert book.desk.do(SettleFinal("2022-05"), actors["reviewer"]).is_final
    ready_to_pay(book.desk)
    with pytest.raises(Refused, match="E001"):
        book.desk.do(PayMonth("2022-05", date(2022, 6, 2), "记-001"), actors["reviewer"])
    assert book.desk.do(PayMonth("2022-05", date(2022, 6, 2), "记-001"), actors["cashier"]).posted
    screen = {book.desk.ask(PaySheetOf("2022-05"), actors[name]).sheet.lines[0].account for name in actors}
    paper = {
        name: book.desk.do(PrintPaySheet("2022-05"), actors[name]).sheet.lines[0].account for name in actors
    }
    assert screen == {"****0000"}
    assert paper == {"reviewer": "****0000", "clerk": "****0000", "cashier": "6228480031234500000"}


def test_p38_settlement_goes_over_the_linked_person_and_names_namesakes(book: Book) -> None:
    from app.models.organisation import Person

    book.worked(10)
    with Session(book.desk.office.database.writer) as session, session.begin():
        row = Person(
            name="张三", kind="律师", licence="11408201099999999", writer="140802103", specialties=[]
        )
        session.add(row)
        session.flush()
        proposal = row.id
    book.people["站里的张三"] = proposal
    book.worked(12, OTHER, "站里的张三")
    before = book.settle()
    assert len(before.people) == 2
    assert [one.kind.value for one in before.exceptions] == ["same_name"]
    book.desk.do(LinkPerson(proposal, book.people["张三"], "同一人，电话核实"))
    after = book.settle()
    assert [(one.name, one.net_fen) for one in after.people] == [("张三", 60000)]
    assert after.exceptions == ()


def test_y18_a_statement_sums_to_the_persons_pay_over_all_sites(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:12:34", "13:00")
    book.worked(12, OTHER)
    book.settle()
    found = book.desk.ask(StatementOf("2022-05", book.people["张三"]))
    assert sum(line.net_fen for line in found.lines) == 55000
    assert any("迟到 12 分 34 秒" in reason for line in found.lines for reason in line.reasons)
    with pytest.raises(Refused, match="E861"):
        book.desk.ask(StatementOf("2022-04", book.people["张三"]))
