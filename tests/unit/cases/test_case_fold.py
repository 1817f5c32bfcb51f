"""Events of a case make its standing, in whatever order they arrive (Y07 Y12 Y14 G08)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.case_values import CaseEventKind, CaseState, Grade
from app.rules.cases.events import EVENTS
from app.rules.cases.fold import fold_case
from tests.unit.cases.story import CIVIL, TYPED, Story

D = date.fromisoformat


def test_y07_a_civil_case_goes_from_application_to_archive() -> None:
    found = Story().steps(CIVIL).standing
    assert found.state is CaseState.archived and not found.misfits
    assert (found.number, found.approved_on, found.assigned_on) == (
        "盐援〔2022〕1号",
        D("2022-03-04"),
        D("2022-03-05"),
    )
    assert (found.closed_on, found.handed_in_on, found.archived_on) == (
        D("2022-05-10"),
        D("2022-05-30"),
        D("2022-06-10"),
    )
    assert (found.grade, found.examiner, found.recovered_fen, found.result) == (
        Grade.passed,
        "周核验",
        2_000_000,
        "胜诉",
    )
    assert [(one.name, one.firm, one.assigned_on) for one in found.handlers] == [
        ("李律师", "光明律师事务所", D("2022-03-05"))
    ]


STATES = {
    "登记": ("2022-03-01 登记", "登记"),
    "待补充": ("2022-03-01 登记\n2022-03-03 一次性告知", "待补充"),
    "补齐": ("2022-03-01 登记\n2022-03-03 一次性告知\n2022-03-10 补齐", "审查中"),
    "逾期": ("2022-03-01 登记\n2022-03-03 一次性告知\n2022-03-21 逾期", "视为撤回"),
    "撤回": ("2022-03-01 登记\n2022-03-03 撤回", "已撤回"),
    "容缺": ("2022-03-01 登记\n2022-03-01 容缺", "审查中"),
    "不予": ("2022-03-01 登记\n2022-03-01 受理审查\n2022-03-02 不予", "不予"),
    "维持": (
        "2022-03-01 登记\n2022-03-01 受理审查\n2022-03-02 不予\n2022-03-05 异议\n2022-03-08 维持",
        "不予",
    ),
    "责令改正": (
        "2022-03-01 登记\n2022-03-01 受理审查\n2022-03-02 不予\n2022-03-05 异议\n2022-03-08 责令改正",
        "审查中",
    ),
    "通知辩护": ("2022-03-01 通知辩护", "已批准"),
    "先行提供": ("2022-03-01 先行提供", "已指派"),
    "登记后先行": ("2022-03-01 登记\n2022-03-01 先行提供", "已指派"),
    "并案": ("2022-03-01 登记\n2022-03-02 并案", "并入"),
    "转办": ("2022-03-01 登记\n2022-03-02 转办", "已转出"),
    "代办": ("2022-03-01 登记\n2022-03-02 代办", "已转出"),
    "移送": ("2022-03-01 登记\n2022-03-02 移送", "已转出"),
    "终止": ("2022-03-01 通知辩护\n2022-03-02 指派\n2022-03-03 签约\n2022-04-01 终止", "已终止"),
}


@pytest.mark.parametrize("name", STATES)
def test_each_event_leads_to_its_state(name: str) -> None:
    told, state = STATES[name]
    found = Story().steps(told).standing
    assert (found.state, found.misfits) == (state, ())


def test_y12_after_aid_given_first_the_day_of_that_decision_is_the_approval() -> None:
    found = Story().steps("2022-03-01 登记\n2022-03-01 先行提供\n2022-03-10 给予").standing
    assert (found.approved_on, found.state, found.is_provisional) == (D("2022-03-01"), "已指派", False)


def test_aid_given_first_and_then_refused_is_terminated() -> None:
    found = Story().steps("2022-03-01 登记\n2022-03-01 先行提供\n2022-03-10 不予").standing
    assert (found.state, found.is_terminated, found.terminated_on) == ("已终止", True, D("2022-03-10"))


def test_y12_a_notice_is_the_approval() -> None:
    found = Story().steps("2021-10-01 通知辩护").standing
    assert (found.approved_on, found.number, found.facts.kind) == (
        D("2021-10-01"),
        "盐援〔2022〕1号",
        "刑事",
    )


def test_a_terminated_case_closes_when_its_unit_receives_the_decision() -> None:
    story = Story().steps("2022-03-01 通知辩护\n2022-03-02 指派\n2022-03-03 签约\n2022-04-01 终止")
    assert story.standing.closed_on is None
    story.step("2022-04-10", "补正", unit_received_on="2022-04-06")
    assert (story.standing.closed_on, story.standing.is_terminated) == (D("2022-04-06"), True)


def test_an_upheld_objection_to_a_termination_takes_the_case_up_again() -> None:
    story = Story().steps(
        """2022-03-01 通知辩护\n2022-03-02 指派\n2022-03-03 签约\n2022-04-01 终止
        2022-04-05 异议\n2022-04-08 责令改正"""
    )
    found = story.standing
    assert (found.state, found.is_terminated, found.closed_on) == ("承办", False, None)


def test_a_case_terminated_before_its_contract_does_not_come_back_with_one() -> None:
    story = Story().steps("2022-03-01 通知辩护\n2022-04-01 终止\n2022-04-05 异议\n2022-04-08 责令改正")
    assert story.standing.state is CaseState.granted


def test_a_replaced_handler_makes_a_new_contract() -> None:
    story = Story().steps(CIVIL.split("2022-03-20")[0]).steps("2022-03-10 更换")
    found = story.standing
    assert (found.state, found.contracted_on) == ("已指派", None)
    assert [one.name for one in found.handlers] == ["李律师", "孙律师"]
    assert story.steps("2022-03-12 签约").standing.state is CaseState.in_hand


def test_a_joint_handler_leaves_the_case_where_it_is_and_shares_are_typed_at_the_archive() -> None:
    story = Story().steps(CIVIL.split("2022-05-12")[0])
    story.step("2022-04-21", "指派", is_joint=True, handler="孙律师")
    assert story.standing.state is CaseState.in_hand
    story.steps("2022-05-12 结案\n2022-05-30 交卷")
    story.step("2022-06-10", "归档", shares=("李律师=60", "孙律师=40"))
    assert [one.share_percent for one in story.standing.handlers] == [60, 40]


@pytest.mark.parametrize("shares", [("李律师=60",), ("别人=100",), ("李律师=50", "李律师=50"), ("李律师",)])
def test_shares_are_of_the_handlers_and_make_a_hundred(shares: tuple[str, ...]) -> None:
    story = Story().steps(CIVIL.split("2022-06-10")[0])
    story.step("2022-06-10", "归档", shares=shares)
    assert story.standing.state is CaseState.file_examined and len(story.standing.misfits) == 1


def test_g08_a_case_with_papers_owing_is_not_archived() -> None:
    story = Story().steps(CIVIL.replace("2022-03-02 受理审查", "2022-03-02 容缺"))
    assert story.standing.state is CaseState.file_examined
    assert "工资条" in story.standing.misfits[0].text
    story.step("2022-06-09", "补齐", papers=("工资条",))
    assert (story.standing.state, story.standing.misfits) == ("已归档", ())


def test_formalities_owing_keep_a_case_from_the_archive() -> None:
    told = CIVIL.replace("2022-03-02 受理审查\n2022-03-04 给予\n2022-03-05 指派", "2022-03-02 先行提供")
    story = Story().steps(told)
    assert "手续还没有补办" in story.standing.misfits[0].text
    story.step("2022-06-01", "给予", number=None)
    assert story.standing.state is CaseState.archived


def test_a_correction_lies_over_what_was_said_and_leaves_the_rest() -> None:
    story = Story().steps(CIVIL)
    story.events[0].facts["born_on"] = "1960-01-01"  # type: ignore[index]
    story.step("2022-06-20", "补正", received_on="2022-02-28", groups=("老年人", "农民"))
    facts = story.standing.facts
    assert (facts.received_on, facts.groups) == (D("2022-02-28"), ("老年人", "农民"))
    assert (facts.born_on, facts.matter) == (D("1960-01-01"), "劳动报酬")


def test_y15_a_review_replaces_the_grade_that_pays_and_its_void_gives_it_back() -> None:
    story = Story().steps(CIVIL)
    review = story.step("2022-07-01", "评查", grade="不合格")
    assert story.standing.grade is Grade.failed
    story.void(review, "2022-07-02")
    assert story.standing.grade is Grade.passed


def test_a_void_takes_a_step_out_and_cannot_be_voided() -> None:
    story = Story().steps(CIVIL)
    void = story.void(story.events[-1], "2022-06-11")
    assert story.standing.state is CaseState.file_examined
    story.void(void, "2022-06-12")
    assert story.standing.state is CaseState.file_examined
    assert "作废不能再作废" in story.standing.misfits[0].text


def test_what_a_case_began_with_is_not_voided() -> None:
    story = Story().steps("2022-03-01 登记")
    story.void(story.events[0], "2022-03-02")
    assert story.standing.state is CaseState.registered and "不能作废" in story.standing.misfits[0].text


def test_a_void_waits_for_the_step_it_names() -> None:
    story = Story().steps(CIVIL)
    archived = story.events[-1]
    story.void(archived, "2022-06-11")
    story.events.remove(archived)
    assert "可能还没有收到" in story.standing.misfits[0].text
    story.events.append(archived)
    assert (story.standing.state, story.standing.misfits) == ("审卷", ())


def test_what_does_not_fit_is_listed_with_its_clause_and_has_no_effect() -> None:
    story = Story().steps("2022-03-01 登记")
    story.step("2022-03-02", "指派")
    (misfit,) = story.standing.misfits
    assert (misfit.clause, story.standing.handlers) == ("法律援助法43", ())
    assert misfit.text == "案件处在“登记”，不能“指派”；须处在：已批准、已指派、承办"
    story.steps("2022-03-01 受理审查\n2022-03-02 给予")
    assert (story.standing.state, story.standing.misfits) == ("已指派", ())


def test_a_step_before_the_application_is_listed() -> None:
    story = Story().steps("2022-03-01 登记\n2022-02-01 受理审查")
    assert "早于案件登记" in story.standing.misfits[0].text


def test_a_case_begins_with_its_own_row_whatever_is_dated_before_it() -> None:
    story = Story().steps("2022-03-02 登记\n2022-03-01 先行提供")
    found = story.standing
    assert (found.state, found.facts.received_on, len(found.misfits)) == ("登记", D("2022-03-02"), 1)


def test_a_day_that_goes_back_is_read_by_turn() -> None:
    story = Story().steps(
        "2022-03-01 登记\n2022-03-01 受理审查\n2022-03-01 一次性告知\n2022-03-01 补齐\n2022-03-01 给予"
    )
    assert [one.turn for one in story.events] == [0, 0, 1, 1, 1]
    assert (story.standing.state, story.standing.misfits) == ("已批准", ())


def test_a_fact_that_cannot_be_read_makes_a_misfit() -> None:
    story = Story().steps(CIVIL.split("2022-06-10")[0])
    story.step("2022-06-10", "归档", grade="甲等")
    assert "没有“甲等”这一项" in story.standing.misfits[0].text


CLOSINGS = [
    ("民事", "诉讼", "一审", {"paper_on": "2022-05-01", "settled_on": "2022-04-01"}, "2022-05-01"),
    ("刑事", "诉讼", "侦查", {"paper_on": "2022-05-02"}, "2022-05-02"),
    ("民事", "非诉讼", "仲裁", {"paper_on": "2022-05-03", "performed_on": "2022-05-01"}, "2022-05-03"),
    ("民事", "非诉讼", "其他", {"settled_on": "2022-05-04", "performed_on": "2022-05-01"}, "2022-05-04"),
    ("民事", "非诉讼", "其他", {"performed_on": "2022-05-05"}, "2022-05-05"),
    ("行政", "非诉讼", "其他", {"paper_on": "2022-05-06", "settled_on": "2022-05-01"}, "2022-05-06"),
    ("民事", "诉讼", "一审", {}, "2022-05-12"),
]


@pytest.mark.parametrize(("kind", "form", "stage", "dates", "closed"), CLOSINGS)
def test_the_closing_date_follows_the_rule_of_its_kind(
    kind: str, form: str, stage: str, dates: dict[str, str], closed: str
) -> None:
    story = Story()
    story.step("2022-03-01", "登记", kind=kind, form=form, stage=stage)
    story.steps("2022-03-02 受理审查\n2022-03-04 给予\n2022-03-05 指派\n2022-03-08 签约")
    story.step("2022-05-12", "结案", **{"paper_on": None, **dates})
    assert story.standing.closed_on == D(closed)


def test_handing_a_file_back_waits_for_it_again() -> None:
    story = Story().steps(CIVIL.replace("归档", "退卷"))
    assert (story.standing.state, story.standing.handed_in_on) == ("已结案", None)
    assert story.steps("2022-06-12 交卷\n2022-06-13 归档").standing.state is CaseState.archived


def test_y07_what_the_provincial_system_says_is_filled_in_piece_by_piece() -> None:
    story = Story().steps(CIVIL)
    story.step("2022-06-11", "录入", entered_on=None)
    assert (story.standing.entered_number, story.standing.entered_on) == ("14080220220001", None)
    story.step("2022-06-12", "录入", entered_number=None, entered_on="2022-06-12")
    assert (story.standing.entered_number, story.standing.entered_on) == (
        "14080220220001",
        D("2022-06-12"),
    )


def test_no_event_that_begins_is_no_case() -> None:
    with pytest.raises(ValueError, match="begins"):
        fold_case([])


def test_every_kind_has_its_rule_and_its_rank_in_the_order_of_the_words() -> None:
    assert list(EVENTS) == list(CaseEventKind)
    assert [rule.rank for rule in EVENTS.values()] == list(range(len(CaseEventKind)))
    assert all(rule.clause for rule in EVENTS.values())


DAYS = st.integers(1, 28).map(lambda day: f"2022-03-{day:02d}")


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A case of any steps on any days, voids among them, whether they fit or not."""
    story = Story("noise")
    story.step("2022-03-01", "登记")
    for _ in range(draw(st.integers(0, 9))):
        if draw(st.integers(0, 5)) == 0:
            story.void(draw(st.sampled_from(story.events)), draw(DAYS))
        else:
            story.step(draw(DAYS), draw(st.sampled_from(sorted(TYPED))), turn=draw(st.integers(0, 1)))
    return story


@given(stories(), st.randoms())
def test_the_order_of_arrival_changes_nothing(story: Story, chance) -> None:
    shuffled = [*story.events, story.events[-1]]
    chance.shuffle(shuffled)
    assert fold_case(shuffled, site="140802") == story.standing


@given(stories())
def test_every_event_has_effect_or_is_voided_or_is_listed(story: Story) -> None:
    found = story.standing
    assert sorted(one.id for one in found.all_events) == sorted(one.id for one in story.events)


NEEDED = ("受理审查", "给予", "指派", "签约", "结案", "交卷")


@given(st.sets(st.sampled_from(NEEDED), min_size=1), stories())
def test_no_path_skips_a_required_step(left_out: set[str], noise: Story) -> None:
    story = Story()
    for line in CIVIL.strip().splitlines():
        if line.split()[1] not in left_out:
            story.step(*line.split())
    assert story.standing.state is not CaseState.archived
    lacking = {CaseEventKind(word) for word in left_out}
    noisy = [one for one in noise.events[1:] if one.kind not in {*lacking, *INSTEAD, CaseEventKind.voided}]
    assert fold_case([*story.events, *noisy]).state is not CaseState.archived


INSTEAD = {
    CaseEventKind.accepted_incomplete,
    CaseEventKind.supplemented,
    CaseEventKind.granted_first,
    CaseEventKind.notified_defence,
    CaseEventKind.reassigned,
    CaseEventKind.terminated,
}
"""The steps that stand in for a required one."""
