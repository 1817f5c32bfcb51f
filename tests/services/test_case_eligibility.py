"""May this person have it: the strip while typing, each answer with its reason, and why a case does not count (Y12 Y13)."""

from __future__ import annotations

from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import StandardKind
from app.errors import Refused
from app.kernel.permissions import staff
from app.services.cases.case_card import CaseCard
from app.services.cases.enter_event import DecideCase
from app.services.cases.hidden import HIDDEN
from app.services.cases.judge_application import AidJudgement, JudgeApplication
from app.services.cases.means_figures import MeansFigures, SetMeansFigure
from app.services.cases.typed_household import household_words, read_household
from app.values import Role
from tests.services.case_desk import GRANT, HEAD, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk

MARCH = date(2022, 3, 1)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def judged(cases: CaseDesk, **said: object) -> AidJudgement:
    found: AidJudgement = cases.desk.ask(JudgeApplication(received_on=MARCH, **said))  # type: ignore[arg-type]
    return found


def test_y13_the_strip_says_so_as_soon_as_group_and_matter_are_typed(cases: CaseDesk) -> None:
    assert judged(cases).strip == "" and judged(cases).needs_means
    found = judged(cases, groups=("农民工",), matter="劳动报酬")
    assert found.strip.startswith("免核查：农民工讨薪（第42条") and not found.needs_means
    assert [one.answer for one in found.criteria] == ["符合", "待判断", "待判断"]
    proven = judged(cases, groups=("农民工",), matter="劳动报酬", exemption_proof="工资欠条")
    assert [one.answer for one in proven.criteria] == [
        "符合",
        "符合",
        "符合",
    ] and proven.verdict == "可以给予"


def test_y13_the_countys_figure_of_the_day_decides_means(cases: CaseDesk) -> None:
    household = read_household("李四 本人 50 12000 0 0\n王五 配偶 48 0 12000 0")
    said = {"matter": "抚养费", "household": household, "is_undertaking": True}
    assert "没有录入" in judged(cases, **said).criteria[1].text
    cases.desk.do(SetMeansFigure(StandardKind.province, date(2022, 1, 1), 90_000, "晋民发〔2022〕1号"))
    assert judged(cases, **said).criteria[1].answer == "不符合"
    cases.desk.do(SetMeansFigure(StandardKind.province, date(2022, 3, 1), 100_000, "晋民发〔2022〕9号"))
    assert judged(cases, **said).criteria[1].answer == "符合", "the newer figure holds on its own day"
    assert [one.fen for one in cases.desk.ask(MeansFigures())] == [100_000, 90_000]


def test_a_figure_is_typed_once_by_the_head_of_a_bureau(cases: CaseDesk, station: Desk) -> None:
    wanted = SetMeansFigure(StandardKind.dibao, date(2022, 1, 1), 60_000, "民发1号")
    with pytest.raises(Refused, match="E001"):
        cases.desk.do(wanted, accountless(REVIEWER))
    cases.desk.do(wanted, accountless(HEAD))
    with pytest.raises(Refused, match="E803"):
        cases.desk.do(wanted)
    for fen, source, code in ((0, "民发", "E800"), (1, " ", "E801")):
        with pytest.raises(Refused, match=code):
            cases.desk.do(SetMeansFigure(StandardKind.dibao, date(2022, 2, 1), fen, source))
    with pytest.raises(Refused, match="E802"):
        station.do(wanted)


def test_the_household_is_typed_a_line_a_person() -> None:
    members = read_household("李四 本人 50 12,000 0.5\n\n王五 配偶 —")
    assert [(one.age, one.wages_fen, one.business_fen) for one in members] == [
        (50, 1_200_000, 50),
        (None, 0, 0),
    ]
    assert read_household(household_words(members)) == members
    for line in ("李四", "李四 本人 五十 0", "李四 本人 50 -1", "李四 本人 50 0.001", "李四 本人 50 1 2 3 4"):
        with pytest.raises(Refused, match="E804"):
            read_household(line)


def test_y13_aid_against_the_answers_needs_its_reason_on_record(cases: CaseDesk) -> None:
    case = cases.register(MARCH, matter="离婚财产分割", groups=("妇女",))
    cases.step(case, Kind.review_begun, MARCH, reviewer="李审查")
    card = cases.card(case)
    assert card.judged.is_against and card.judged.criteria[0].answer == "不符合"
    granted = DecideCase(case=case, kind=Kind.granted, on=MARCH, facts=GRANT)
    with pytest.raises(Refused, match="E353"):
        cases.desk.do(granted, accountless(HEAD))
    step = next(
        one for one in cases.desk.ask(CaseCard(case), accountless(HEAD)).next if one.kind is Kind.granted
    )
    assert step.needs_reason
    reasoned = DecideCase(case=case, kind=Kind.granted, on=MARCH, facts=GRANT, reason="涉及家庭暴力")
    assert cases.desk.do(reasoned, accountless(HEAD)).state == "已批准"


def test_y12_the_card_names_each_point_that_keeps_a_case_from_counting(cases: CaseDesk) -> None:
    counted = cases.archived(date(2022, 5, 20))
    assert cases.card(counted).unmet == ()
    waiting = cases.archived(date(2022, 6, 20), entered=False)
    assert [one.key for one in cases.card(waiting).unmet] == ["entered"]
    assert all(one.clause and one.text for one in cases.card(waiting).unmet)


def test_what_a_household_earns_is_shown_to_those_who_may_see_it(cases: CaseDesk) -> None:
    household = read_household("李四 本人 50 12000 0 0")
    case = cases.register(MARCH, matter="抚养费", groups=("农民",), household=household)
    leader = accountless(staff("l", "l", "局领导", [Role.leader]))
    assert "1000.00" in cases.card(case).judged.criteria[1].text.replace(",", "")
    assert cases.desk.ask(CaseCard(case), leader).judged.criteria[1].text == HIDDEN
