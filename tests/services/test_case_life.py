"""A case from the application to the archived file, through the program's own commands (Y07 Y12 Y13 J03)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState as S
from app.errors import Refused
from app.models.case_standings import CaseStale, CaseStandingRow
from app.services.cases.case_card import CaseCard
from app.services.cases.case_list import CaseList
from app.services.cases.enter_event import DecideCase, EnterCaseEvent
from app.services.cases.register_case import RegisterCase
from app.services.consultations.record_consultation import RecordConsultation
from app.services.office.settings import ChangeSetting
from tests.services.case_desk import CASHIER, CLERK, GRANT, HEAD, LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk
from tests.services.money_book import Book

pytestmark = pytest.mark.both_engines

MARCH = date(2022, 3, 1)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def test_y07_a_case_goes_from_the_application_to_the_archived_file(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    card = cases.card(case)
    assert card.row.state is S.archived and card.grade == "合格"
    assert card.row.number == "援字〔2022〕第1号"
    assert (card.row.approved_on, card.row.archived_on) == (date(2022, 3, 6), date(2022, 5, 20))
    assert [step.kind for step in card.steps] == [
        Kind.registered, Kind.review_begun, Kind.granted, Kind.assigned, Kind.contracted, Kind.closed, Kind.handed_in,
        Kind.entered, Kind.archived,
    ]  # fmt: skip


def test_y13_the_reviewer_does_not_sign_and_the_head_does_not_review(cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    with pytest.raises(Refused, match="E318"):
        cases.step(case, Kind.granted, MARCH, **GRANT)
    admin = cases.desk
    admin.do(EnterCaseEvent(case=case, kind=Kind.review_begun, on=MARCH, facts={"reviewer": "李审查"}))
    with pytest.raises(Refused, match="E312"):
        admin.do(DecideCase(case=case, kind=Kind.granted, on=MARCH, facts=GRANT))
    assert cases.card(case).row.state is S.under_review
    assert cases.decide(case, Kind.granted, MARCH, **GRANT) is S.granted


def test_a_station_clerk_reviews_and_decides_nothing(cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    for command in (EnterCaseEvent, DecideCase):
        with pytest.raises(Refused, match="E001"):
            cases.desk.do(
                command(case=case, kind=Kind.review_begun, on=MARCH, facts={"reviewer": "甲"}),
                accountless(CLERK),
            )


def test_what_the_head_decided_only_the_head_takes_back(cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    granted = next(step.id for step in cases.card(case).steps if step.kind is Kind.granted)
    void = {"case": case, "kind": Kind.voided, "on": date(2022, 3, 8), "voids": granted, "reason": "录错了"}
    with pytest.raises(Refused, match="E318"):
        cases.desk.do(EnterCaseEvent(**void), accountless(REVIEWER))
    cases.desk.do(DecideCase(**void), accountless(HEAD))
    card = cases.card(case)
    assert card.row.state is S.under_review and card.row.number == ""
    assert [step.note for step in card.steps if step.kind is Kind.granted] == ["已作废"]


def test_p29_a_number_is_given_once_a_year_and_never_twice(cases: CaseDesk) -> None:
    first, second = cases.granted(MARCH), cases.granted(MARCH)
    numbers = [cases.card(case).row.number for case in (first, second)]
    assert numbers == ["援字〔2022〕第1号", "援字〔2022〕第2号"]
    third = cases.register(MARCH)
    cases.step(third, Kind.review_begun, MARCH, reviewer="李审查")
    with pytest.raises(Refused, match="E354"):
        cases.decide(third, Kind.granted, MARCH, **GRANT, number=numbers[0])


def test_a_number_of_another_year_is_kept_and_told(cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    cases.step(case, Kind.review_begun, MARCH, reviewer="李审查")
    made = cases.desk.do(
        DecideCase(case=case, kind=Kind.granted, on=MARCH, facts={**GRANT, "number": "援字〔2021〕第9号"}),
        accountless(HEAD),
    )
    assert "2021 年" in made.warnings[0] and cases.card(case).row.number == "援字〔2021〕第9号"


def test_the_review_clock_stops_while_papers_are_awaited(cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    assert cases.card(case).row.due_on == date(2022, 3, 8)
    notice = {"missing": ("身份证明", "欠条"), "due_on": "2022-03-20"}
    assert cases.intake(case, Kind.notified_once, date(2022, 3, 3), **notice) is S.awaiting_papers
    assert (
        cases.intake(case, Kind.supplemented, date(2022, 3, 10), papers=("身份证明", "欠条"))
        is S.under_review
    )
    assert cases.card(case).row.due_on == date(2022, 3, 15)


def test_due_cases_come_nearest_first_and_the_lost_are_listed(cases: CaseDesk) -> None:
    late, soon = cases.register(date(2022, 3, 10)), cases.register(MARCH)
    done = cases.archived(date(2022, 5, 20))
    rows = cases.desk.ask(CaseList(is_due_only=True, sort="due")).rows
    assert [row.id for row in rows] == [soon, late] and all((row.days_left or 0) < 0 for row in rows)
    assert done not in {row.id for row in cases.desk.ask(CaseList(is_open_only=True)).rows}


def test_a_consultation_becomes_an_application_once(cases: CaseDesk) -> None:
    cases.today(date(2022, 5, 10))
    person = Book(cases.desk).person("卫明")
    visit = cases.desk.do(
        RecordConsultation(person_id=person, client_name="李桂花", phone="13800006021", is_id_refused=True,
                           groups=("农民工",), channel="来访", topics=("劳动报酬",), content="讨薪", answer="可申请", handling="解答")
    )  # fmt: skip
    made = cases.desk.do(RegisterCase(kind="民事", consultation_id=visit.id), accountless(CLERK))
    card = cases.card(made.id)
    assert (card.applicant, card.row.matter, card.summary) == ("李桂花", "劳动报酬", "讨薪")
    assert card.phone == "138****6021"
    with pytest.raises(Refused, match="E322"):
        cases.desk.do(RegisterCase(kind="民事", consultation_id=visit.id), accountless(CLERK))


def test_the_kept_standing_is_the_fold_and_nothing_is_left_stale(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        kept = look.session.get_one(CaseStandingRow, case)
        assert (kept.state, kept.handler, kept.grade) == ("已归档", "卫明", "合格")
        assert look.session.scalar(select(func.count()).select_from(CaseStale)) == 0


def test_a06_the_eightieth_case_of_a_year_is_warned(cases: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.cases.loads.WARN_AT", 2)
    first, second = cases.granted(MARCH), cases.granted(MARCH)
    said = [
        cases.desk.do(
            EnterCaseEvent(case=case, kind=Kind.assigned, on=date(2022, 3, 7), facts=LAWYER),
            accountless(REVIEWER),
        ).warnings
        for case in (first, second)
    ]
    assert said[0] == () and "2 件" in said[1][0]


def test_personal_words_are_hidden_from_whoever_may_not_reveal_them(cases: CaseDesk) -> None:
    case = cases.register(MARCH, summary="家里的事", id_number="14052119900307001" + "4")
    shown = cases.desk.ask(CaseCard(case), accountless(CASHIER))
    assert shown.summary == "（无权查看）" and "*" in shown.applicant and shown.revealable == ()
    row = cases.desk.ask(CaseList()).rows[0]
    assert "*" in row.applicant


def test_a_changed_reading_counts_the_periods_of_open_cases_anew(cases: CaseDesk) -> None:
    case = cases.register(date(2022, 1, 28))
    assert cases.card(case).row.due_on == date(2022, 2, 7), "the last day lies in the holiday"
    cases.desk.do(ChangeSetting("pack.roll_over", "否", "市局批复"))
    assert cases.card(case).row.due_on == date(2022, 2, 4)
