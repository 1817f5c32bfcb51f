"""What citizens were promised: referrals with their return, home visits, the green channel, the notice (Q07, G04)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pdfplumber
import pytest

from app.errors import Refused
from app.services.cases.case_card import CaseCard
from app.services.cases.case_list import CaseList
from app.services.cases.register_case import RegisterCase
from app.services.consultations.card import ConsultationCard
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.told_once import ToldOnce
from app.services.erasure.erase_personal_data import ErasePersonalData
from app.services.outreach.errand_list import ErrandDesk, ErrandLine, Errands, ErrandState
from app.services.outreach.errands import BeginErrand, CloseErrand, PlanErrand
from app.services.reports.show_report import ShowReport
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import Counted, DueErrands, UrgentKind
from app.services.today.waiting import Waiting
from app.values import Month
from tests.journeys.cli_inside import Inside
from tests.services.conftest import COUNTY, Desk
from tests.services.consultation_desk import record
from tests.services.money_book import STATION, Book, at

MAY = Month(2022, 5)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    made = Book(county)
    made.worked(10)
    made.publish()
    return made


def talk(book: Book, clock: str = "10:00", **changed: Any) -> str:
    said = {"site": STATION, "at": at(10, clock), "person_id": book.person()} | changed
    return record(book.desk, **said).id


def refer(book: Book, one: str, **changed: Any) -> str:
    said = {
        "kind": "转介部门",
        "department": "人社",
        "by": date(2022, 5, 20),
        "matter": "查参保记录",
    } | changed
    return str(book.desk.do(BeginErrand(consultation_id=one, **said)))


def listed(book: Book, **asked: Any) -> tuple[ErrandLine, ...]:
    found: ErrandDesk = book.desk.ask(Errands(**asked))
    return found.lines


def states(book: Book) -> list[ErrandState]:
    return [line.state for line in listed(book)]


def test_q07_a_referral_waits_for_its_return_and_is_reminded_of(book: Book) -> None:
    made = refer(book, talk(book))
    assert states(book) == [ErrandState.open]
    assert UrgentKind.errands not in book.desk.ask(Waiting())
    book.desk.clock.go_to(datetime(2022, 5, 19, 9))
    assert states(book) == [ErrandState.due]
    book.desk.clock.go_to(datetime(2022, 5, 21, 9))
    assert states(book) == [ErrandState.overdue]
    assert book.desk.ask(Errands()).words == "待办 1 件，逾期 1"
    [told] = [one.subject for one in book.desk.ask(TodayDesk()).urgent if one.kind is UrgentKind.errands]
    assert told == DueErrands(1, date(2022, 5, 20))
    book.desk.do(PlanErrand(made, date(2022, 5, 30)))
    assert states(book) == [ErrandState.open]
    book.desk.do(CloseErrand(made, "已答复", "参保三年，已告知本人"))
    assert listed(book) == ()
    [closed] = listed(book, month=MAY)
    assert (closed.state, closed.result, closed.closed_on) == (
        ErrandState.closed,
        "已答复",
        date(2022, 5, 21),
    )
    [row] = book.desk.ask(ShowReport("errands", "2022-05")).table.texts
    assert row[-1] == "已答复" and "参保" not in "".join(row)


def test_q07_a_home_visit_is_needed_planned_and_done(book: Book) -> None:
    one = talk(book, is_home_visit_needed=True)
    [line] = listed(book)
    assert (line.id, line.state, line.record.id) == ("", ErrandState.needed, one)
    [told] = [one.subject for one in book.desk.ask(TodayDesk()).urgent if one.kind is UrgentKind.visits]
    assert told == Counted(1)
    made = refer(book, one, kind="上门服务", department="", person_id=book.person(), matter="上门签申请表")
    [line] = listed(book)
    assert (line.id, line.person, line.state) == (made, "张三", ErrandState.open)
    book.desk.do(CloseErrand(made, "已办结", "已签"))
    assert listed(book) == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "电话"}, "E269"),
        ({"department": ""}, "E269"),
        ({"department": "外星局"}, "E269"),
        ({"matter": " "}, "E269"),
        ({"by": date(2022, 5, 9)}, "E272"),
        ({"by": date(2024, 5, 9)}, "E272"),
        ({"person_id": "nobody"}, "E245"),
    ],
)
def test_q07_what_is_no_promise_is_refused(book: Book, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        refer(book, talk(book), **said)


def test_q07_it_is_closed_once_with_a_result_and_a_day_that_came(book: Book) -> None:
    made = refer(book, talk(book))
    for command, code in (
        (CloseErrand(made, "好了"), "E271"),
        (CloseErrand(made, "部门不受理"), "E271"),
        (CloseErrand(made, "已办结", on=date(2022, 5, 13)), "E272"),
        (CloseErrand("nothing", "已办结"), "E270"),
        (PlanErrand(made, date(2022, 5, 1)), "E272"),
    ):
        with pytest.raises(Refused, match=code):
            book.desk.do(command)
    book.desk.do(CloseErrand(made, "部门不受理", "不在参保地"))
    for command in (CloseErrand(made, "已办结"), PlanErrand(made, date(2022, 5, 30))):
        with pytest.raises(Refused, match="E270"):
            book.desk.do(command)


def test_q07_the_green_channel_goes_first_and_into_the_application(book: Book) -> None:
    plain, green = talk(book, "10:00"), talk(book, "10:30", is_green=True)
    refer(book, plain, by=date(2022, 5, 13))
    refer(book, green, by=date(2022, 5, 20))
    assert [line.record.id for line in listed(book)] == [green, plain], "before what is due earlier"
    with pytest.raises(Refused) as refused:
        talk(book, "10:40", is_green=True, groups=())
    assert [(one.field, one.code) for one in refused.value.problems] == [("groups", "E273")]
    book.desk.do(CorrectConsultation(id=plain, reason="漏勾", is_green=True))
    versions = book.desk.ask(ConsultationCard(plain)).versions
    assert [(one.item, one.after) for one in versions[-1].changes] == [("绿色通道", "是")]
    cases = [
        book.desk.do(RegisterCase(consultation_id=one, kind="民事", received_on=date(2022, 5, day))).id
        for one, day in ((talk(book, "10:50"), 10), (green, 12))
    ]
    assert [book.desk.ask(CaseCard(one)).is_green for one in cases] == [False, True]
    assert [one.id for one in book.desk.ask(CaseList(sort="due")).rows] == cases[::-1]


def test_q07_what_to_bring_is_told_once_with_the_papers_of_the_matter(book: Book) -> None:
    one = talk(book, topics=("劳动",), is_aid_mentioned=True)
    drawn = book.desk.ask(ToldOnce(one))
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        text = "".join(page.extract_text() for page in document.pages)
    for words in ("一次性告知单", "本人身份证件", "欠条", "承诺书", "李桂花", "解州镇"):
        assert words in text
    assert drawn.file_name.startswith("一次性告知单 ") and "李桂花" not in drawn.file_name


def test_q07_what_was_promised_is_erased_with_its_record(book: Book) -> None:
    one = talk(book, at=at(11, "10:00"))
    made = refer(book, one, matter="李桂花的低保")
    book.desk.do(CloseErrand(made, "已答复", "李桂花已领"))
    book.desk.do(ErasePersonalData("consultation", one, "本人申请"))
    [line] = listed(book, month=MAY)
    assert (line.matter, line.answer, line.result) == ("", "", "已答复")


def test_the_command_begins_lists_and_closes(book: Book) -> None:
    one, root = talk(book), book.desk.office.data.root
    book.desk.office.close()

    def call(*words: str) -> Any:
        return Inside(root, COUNTY.password)(*words).document

    by = f"{date.today() + timedelta(days=10)}"
    made = call("errand", "begin", one, "转介部门", "--by", by, "--matter", "查低保", "--department", "民政")
    call("errand", "plan", made["id"], "--by", by)
    [line] = call("errand", "list")
    assert (line["id"], line["state"], line["department"]) == (made["id"], "待办", "民政")
    call("errand", "close", made["id"], "已办结")
    assert call("errand", "list") == []
