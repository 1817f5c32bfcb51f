"""Evidence is told to the person, explained by him and verified by another; each clause from record to pay (Y24)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.errors import Refused
from app.services.attendance.decide import Decide
from app.services.office.settings import ChangeSetting
from app.services.supervision.evidence_month import ComplaintView, EvidenceMonth, HearingState
from app.services.supervision.hear_person import NotifyPerson, RecordExplanation
from app.services.supervision.record_complaint import RecordComplaint
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import OpenHearings
from app.values import Month
from tests.services.conftest import Desk
from tests.services.money_book import STATION, VERIFIER, Book, at

MAY = Month(2022, 5)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    made = Book(county)
    made.worked(10)
    made.publish()
    return made


def refused(book: Book, command: Any, actor: Any = None) -> str:
    with pytest.raises(Refused) as found:
        book.desk.do(command, actor)
    return str(found.value.code)


def shown(book: Book) -> ComplaintView:
    [row] = book.desk.ask(EvidenceMonth(MAY)).complaints
    assert isinstance(row, ComplaintView)
    return row


def test_y24_a_complaint_is_told_explained_verified_by_another_and_then_costs(book: Book) -> None:
    complaint = book.complaint(10, "10:00", verdict="待核实")
    assert (shown(book).hearing.procedure, shown(book).hearing.is_mine) == (HearingState.to_notify, True)
    made = book.desk.do(NotifyPerson(complaint))
    assert made.due_on == date(2022, 5, 25), "three working days after Friday the 20th"
    assert shown(book).hearing.procedure is HearingState.explanation_awaited
    assert refused(book, Decide(complaint, True, "录音"), VERIFIER) == "E151"
    book.desk.do(RecordExplanation(complaint, "那天人多，没有不理他", "本人当面"))
    said = shown(book).hearing
    assert (said.procedure, said.said.text) == (HearingState.explained, "那天人多，没有不理他")
    assert book.nets() == [300], "nothing is taken before somebody verified it"
    assert refused(book, Decide(complaint, True, "录音")) == "E150"
    book.desk.do(Decide(complaint, True, "录音"), VERIFIER)
    assert book.nets() == [250] and shown(book).hearing.procedure is HearingState.verified
    assert refused(book, RecordExplanation(complaint, "还有话说", "本人")) == "E154"


def test_y24_whoever_lets_his_day_pass_is_judged_without_him(book: Book) -> None:
    complaint = book.complaint(10, "10:00", verdict="待核实")
    book.desk.do(NotifyPerson(complaint))
    book.desk.clock.go_to(datetime(2022, 5, 25, 23, 0))
    assert refused(book, Decide(complaint, True, "录音"), VERIFIER) == "E151", "the last day is still his"
    book.desk.clock.go_to(datetime(2022, 5, 26, 0, 1))
    assert shown(book).hearing.procedure is HearingState.explanation_missed
    book.desk.do(Decide(complaint, True, "录音"), VERIFIER)
    assert book.nets() == [250]


def test_y24_a_finding_in_his_favour_waits_for_nobody(book: Book) -> None:
    complaint = book.complaint(10, "10:00", verdict="待核实")
    book.desk.do(NotifyPerson(complaint))
    book.desk.do(Decide(complaint, False, "看了录像，没有这回事"), VERIFIER)
    assert book.nets() == [300]


def test_y24_nobody_verifies_what_he_recorded_at_any_door(book: Book) -> None:
    person = book.person()
    assert (
        refused(book, RecordComplaint(STATION, at(10, "10:00"), person, "不耐烦", verdict="属实")) == "E150"
    )
    check = book.check(10, "10:00", good=None)
    assert refused(book, Decide(check, True, "无故离开")) == "E150"
    assert refused(book, Decide(check, False, "请过假")) == "E150", "nor does he clear it"
    book.desk.do(Decide(check, True, "无故离开"), VERIFIER)
    assert book.nets() == [150]


def test_y24_where_the_bureau_reads_so_the_person_is_always_told_first(book: Book) -> None:
    check = book.check(10, "10:00", good=None)
    book.desk.do(ChangeSetting("pack.explanation_first", "always", "局里规定"))
    assert refused(book, Decide(check, True, "无故离开"), VERIFIER) == "E152"
    with pytest.raises(Refused, match="E152"):
        book.check(10, "11:00", good=False)
    book.desk.do(Decide(check, False, "请过假"), VERIFIER)
    assert book.nets() == [300]


@pytest.mark.parametrize(
    ("text", "by", "on", "code"),
    [
        ("", "本人", None, "E153"),
        ("说过了", "", None, "E153"),
        ("说" * 2001, "本人", None, "E153"),
        ("说过了", "本人", date(2022, 5, 9), "E156"),
        ("说过了", "本人", date(2022, 5, 21), "E156"),
    ],
)
def test_y24_an_explanation_says_what_who_and_when(
    book: Book, text: str, by: str, on: date | None, code: str
) -> None:
    complaint = book.complaint(10, "10:00", verdict="待核实")
    with pytest.raises(Refused) as found:
        book.desk.do(RecordExplanation(complaint, text, by, on))
    codes = {one.code for one in found.value.problems} | {found.value.code}
    assert code in codes


def test_y24_nobody_is_told_twice_or_of_what_is_no_fault(book: Book) -> None:
    complaint = book.complaint(10, "10:00", verdict="待核实")
    book.desk.do(NotifyPerson(complaint))
    assert refused(book, NotifyPerson(complaint)) == "E155"
    assert refused(book, NotifyPerson(book.check(10, "10:00", "在岗", None))) == "E154"
    assert refused(book, NotifyPerson("没有这条")) == "E154"


def test_y23_a_check_before_its_roster_waits_and_finds_its_duty(book: Book) -> None:
    book.check(17, "10:00", good=None)
    found = book.desk.ask(EvidenceMonth(MAY))
    assert (found.checks[0].duty, found.unmatched) == ("", 1)
    book.worked(17)
    book.publish()
    found = book.desk.ask(EvidenceMonth(MAY))
    assert (found.checks[0].duty, found.unmatched) == ("09:00-13:00", 0)


def test_y24_today_reminds_of_who_must_be_told_and_whose_word_is_awaited(book: Book) -> None:
    def hearings() -> OpenHearings | None:
        rows = book.desk.ask(TodayDesk()).urgent
        return next((one.subject for one in rows if isinstance(one.subject, OpenHearings)), None)

    assert hearings() is None
    complaint = book.complaint(10, "10:00", verdict="待核实")
    assert hearings() == OpenHearings(1, 0, MAY, None)
    book.desk.do(NotifyPerson(complaint))
    assert hearings() == OpenHearings(0, 1, MAY, date(2022, 5, 25))
    book.desk.do(RecordExplanation(complaint, "人多", "本人电话"))
    assert hearings() is None
