"""The quality of cases: draws that both sides recompute, one review a case, notes, complaints with clocks (G12 Y15 A07 J10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.case_values import Grade, NoteKind, ReviewKind
from app.errors import Refused
from app.kernel.permissions import Actor, staff
from app.rules.cases.quality import drawn_cases
from app.rules.supervision.draw import announced_seed
from app.services.cases.hidden import HIDDEN
from app.services.cases.register_case import RegisterCase
from app.services.people.add_person import AddPerson
from app.services.quality.case_notes import CaseComplaints, CaseNotes, ComplaintLine
from app.services.quality.draw_files import AnnounceDraw, FileDraw, RevealDraw
from app.services.quality.note_case import NoteAtIntake, NoteCase
from app.services.quality.review_file import ConfirmReview, ReviewersFor, ReviewSheets, ScoreFile
from app.values import Role
from tests.services.case_desk import CLERK, HEAD, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk

JULY = date(2022, 7, 20)
HAPPY = dict.fromkeys(("attitude", "contact", "rights", "outcome", "overall"), "满意") | {"by": "电话"}


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def person(cases: CaseDesk, name: str, firm: str) -> str:
    cases.count += 1
    licence = f"1140820100000{cases.count:04d}"
    return str(cases.desk.do(AddPerson(name=name, kind="律师", licence=licence, organisation=firm)))


def note(cases: CaseDesk, case: str, kind: NoteKind, by: Actor = REVIEWER, **said: object) -> str:
    hand = NoteAtIntake if by is CLERK else NoteCase
    return str(cases.desk.do(hand(case=case, kind=kind, **said), accountless(by)))  # type: ignore[arg-type]


def test_g12_the_seed_is_announced_by_its_hash_and_drawn_again_by_anybody(cases: CaseDesk) -> None:
    for _ in range(4):
        cases.archived(date(2022, 5, 20))
    made = cases.desk.do(AnnounceDraw("2022-Q2"), accountless(HEAD))
    assert made.digest == announced_seed(made.seed)
    assert cases.desk.ask(FileDraw("2022-Q2")).seed == ""
    with pytest.raises(Refused, match="E821"):
        cases.desk.do(AnnounceDraw("2022-Q2"))
    with pytest.raises(Refused, match="E826"):
        cases.desk.do(RevealDraw("2022-Q2", made.seed))
    cases.today(JULY)
    with pytest.raises(Refused, match="E823"):
        cases.desk.do(RevealDraw("2022-Q2", "another"))
    drawn = cases.desk.do(RevealDraw("2022-Q2", made.seed), accountless(HEAD))
    assert len(drawn.drawn) == 2 and drawn.drawn == drawn_cases(drawn.numbers, drawn.seed)
    with pytest.raises(Refused, match="E824"):
        cases.desk.do(RevealDraw("2022-Q2", made.seed))
    assert drawn.unchecked == drawn.drawn and len(drawn.unreviewed) == 4
    cases.today(date(2022, 7, 21))
    cases.archived(date(2022, 5, 25))
    later = cases.desk.ask(FileDraw("2022-Q2"))
    assert later.drawn == drawn.drawn and len(later.late) == 1, "what came late takes no part"


def test_g12_a_draw_is_announced_before_its_quarter_is_over_by_the_head(cases: CaseDesk) -> None:
    with pytest.raises(Refused, match="E001"):
        cases.desk.do(AnnounceDraw("2022-Q2"), accountless(REVIEWER))
    with pytest.raises(Refused, match="E822"):
        cases.desk.do(AnnounceDraw("2022-Q1"))
    with pytest.raises(Refused, match="E825"):
        cases.desk.do(AnnounceDraw("2022-Q2", percent=29))
    assert cases.desk.do(AnnounceDraw("2022-Q2", "我的种子")).digest == announced_seed("我的种子")


def test_y15_one_case_one_sheet_by_somebody_without_a_conflict(cases: CaseDesk) -> None:
    own, mate, free = (person(cases, *one) for one in (
        ("卫明", "河东律师事务所"), ("杨帆", "河东律师事务所"), ("安宁", "条山律师事务所"),
    ))  # fmt: skip
    open_case = cases.granted(date(2022, 6, 1))
    case = cases.archived(date(2022, 5, 20))
    offered = cases.desk.ask(ReviewersFor(case))
    assert [(one.name, bool(one.conflict)) for one in offered] == [
        ("安宁", False),
        ("卫明", True),
        ("杨帆", True),
    ]

    def score(who: str, of: str = case, **changed: object) -> str:
        said = {"kind": ReviewKind.every_case, "scores": {"法律文书": 50}, "grade": Grade.failed} | changed
        made = ScoreFile(case=of, reviewer_id=who, comment="没有会见笔录", **said)  # type: ignore[arg-type]
        return str(cases.desk.do(made, accountless(REVIEWER)))

    for who in (own, mate):
        with pytest.raises(Refused, match="E817"):
            score(who)
    with pytest.raises(Refused, match="E816"):
        score(free, open_case)
    with pytest.raises(Refused, match="E816"):
        score(free, on=date(2022, 5, 19))
    for wrong in ({}, {"甲": -1}, {"甲": 60, "乙": 41}):
        with pytest.raises(Refused, match="E819"):
            score(free, scores=wrong)
    sheet = score(free)
    with pytest.raises(Refused, match="E818"):
        score(free)
    with pytest.raises(Refused, match="E001"):
        cases.desk.do(ConfirmReview(sheet), accountless(REVIEWER))
    assert cases.card(case).grade == "合格"
    cases.desk.do(ConfirmReview(sheet), accountless(HEAD))
    assert cases.card(case).grade == "不合格", "the review's grade is the one that pays"
    with pytest.raises(Refused, match="E820"):
        cases.desk.do(ConfirmReview(sheet), accountless(HEAD))
    [shown] = cases.desk.ask(ReviewSheets(case))
    assert (shown.reviewer, shown.score, shown.is_confirmed) == ("安宁", 50, True)


def test_who_entered_a_sheet_does_not_confirm_it(cases: CaseDesk) -> None:
    free = person(cases, "安宁", "条山律师事务所")
    case = cases.archived(date(2022, 5, 20))
    sheet = cases.desk.do(
        ScoreFile(
            case=case, kind=ReviewKind.peer, reviewer_id=free, scores={"文书": 90}, grade=Grade.excellent
        )
    )
    with pytest.raises(Refused, match="E820"):
        cases.desk.do(ConfirmReview(sheet))


def test_a07_a_follow_up_asks_five_things_and_why_somebody_is_unhappy(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    with pytest.raises(Refused, match="E811"):
        note(cases, case, NoteKind.followed_up, CLERK, who="张秀兰")
    note(cases, case, NoteKind.followed_up, CLERK, who="张秀兰", facts=HAPPY)
    unhappy = HAPPY | {"overall": "不满意"}
    with pytest.raises(Refused, match="E811"):
        note(cases, case, NoteKind.followed_up, CLERK, who="张秀兰", facts=unhappy)
    with pytest.raises(Refused, match="E812"):
        note(cases, case, NoteKind.followed_up, CLERK, who="张秀兰", facts=HAPPY | {"overall": "很好"})
    note(cases, case, NoteKind.followed_up, CLERK, who="张秀兰", facts=unhappy, text="没有回电话")
    shown = cases.desk.ask(CaseNotes(case=case))
    assert [one.text for one in shown] == ["没有回电话", ""]
    leader = accountless(staff("l", "l", "局领导", [Role.leader]))
    [hidden, _] = cases.desk.ask(CaseNotes(case=case), leader)
    assert (hidden.who, hidden.text) == ("张**", HIDDEN)


def test_a_note_waits_for_its_time_and_its_hand(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    with pytest.raises(Refused, match="E814"):
        note(cases, case, NoteKind.followed_up, who="张秀兰", facts=HAPPY)
    with pytest.raises(Refused, match="E810"):
        note(cases, case, NoteKind.supervised, CLERK, who="局长", text="一周内办")
    for day in (date(2022, 5, 31), date(2022, 7, 1)):
        with pytest.raises(Refused, match="E813"):
            note(cases, case, NoteKind.supervised, who="局长", text="一周内办", on=day)
    with pytest.raises(Refused, match="E001"):
        cases.desk.do(NoteCase(case=case, kind=NoteKind.supervised), accountless(CLERK))
    note(cases, case, NoteKind.major, facts={"why": "群体性"}, text="涉及四十名工人")
    note(cases, case, NoteKind.discussed, who="局务会", text="指派两名律师")
    note(cases, case, NoteKind.supervised, who="局长", text="一周内办", facts={"due_on": "2022-07-08"})
    kinds = (NoteKind.discussed, NoteKind.supervised)
    assert [one.kind for one in cases.desk.ask(CaseNotes(kinds=kinds))] == [
        NoteKind.supervised,
        NoteKind.discussed,
    ]


def test_j10_a_complaint_runs_by_its_clocks_until_it_is_closed(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    said = {"who": "张秀兰", "text": "律师两周没有联系", "facts": {"ground": "拖延懈怠", "by": "来电"}}
    complaint = note(cases, case, NoteKind.complaint, CLERK, on=date(2022, 6, 20), **said)
    assert state(cases).clock.key == "complaint_accept" and str(state(cases).clock.due) == "2022-06-27"
    with pytest.raises(Refused, match="E815"):
        note(
            cases,
            case,
            NoteKind.complaint_closed,
            about=complaint,
            text="已批评",
            facts={"outcome": "批评整改"},
        )
    note(cases, case, NoteKind.complaint_accepted, about=complaint, on=date(2022, 6, 22))
    for kind in (NoteKind.complaint_accepted, NoteKind.complaint_rejected):
        with pytest.raises(Refused, match="E815"):
            note(cases, case, kind, about=complaint, text="再来一次")
    assert (state(cases).clock.key, state(cases).state) == ("complaint_close", "已受理")
    assert str(state(cases).clock.due) == "2022-08-08", "45 days end on a Saturday"
    note(
        cases, case, NoteKind.complaint_closed, about=complaint, text="已批评", facts={"outcome": "批评整改"}
    )
    assert (state(cases).is_open, state(cases).outcome) == (False, "批评整改")
    assert cases.desk.ask(CaseComplaints(is_open_only=True)) == ()
    with pytest.raises(Refused, match="E815"):
        note(cases, case, NoteKind.complaint_accepted, about="nothing")


def test_notes_stand_as_they_were_written(cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    note(cases, case, NoteKind.major, facts={"why": "重大"}, text="涉及四十名工人")
    with (
        Session(cases.desk.office.database.writer) as session,
        pytest.raises(DBAPIError, match="kept as they are"),
    ):
        session.execute(text("UPDATE case_note SET kind = '督办'"))


def state(cases: CaseDesk) -> ComplaintLine:
    [found] = cases.desk.ask(CaseComplaints())
    return found  # type: ignore[no-any-return]


def test_g08_a_false_undertaking_is_told_when_the_person_applies_again(cases: CaseDesk) -> None:
    number = "11010519491231002X"
    first = cases.register(date(2022, 6, 1), id_number=number, is_undertaking=True)
    note(cases, first, NoteKind.verified, facts={"result": "不实"}, text="名下有两套商铺")
    note(cases, first, NoteKind.dishonest, who="张秀兰", text="虚假承诺", facts={"until": "2022-06-15"})
    again = RegisterCase(applicant="张秀兰", kind="民事", matter="抚养费", id_number=number)
    told = cases.desk.do(replace(again, received_on=date(2022, 6, 15))).warnings
    assert len(told) == 1 and "失信记录" in told[0]
    assert cases.desk.do(replace(again, received_on=date(2022, 6, 16))).warnings == ()
