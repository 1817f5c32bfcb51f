"""What is typed is refused where it does not fit, with its clause; what may happen next is offered (G11, P08)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.case_values import CaseEventKind
from app.rules.cases.entry import CaseDesk, entry_problems, may_write, next_kinds
from app.rules.cases.events import EVENTS
from tests.unit.cases.story import APPLICATION, CIVIL, TYPED, Story

AT_STATION = {"登记", "一次性告知", "补齐", "撤回", "补正", "作废"}
BY_DELEGATE = AT_STATION | {"逾期", "容缺", "受理审查", "给予", "不予"}


def test_a_whole_case_is_typed_without_a_refusal() -> None:
    story = Story()
    for line in CIVIL.strip().splitlines():
        assert story.type(*line.split()) == [], line
    assert story.standing.state == "已归档"


def test_a_case_begins_with_an_application_a_notice_or_aid_given_first() -> None:
    assert Story().type("2022-03-01", "受理审查") == ["E310"]
    assert Story().type("2022-03-01", "通知辩护") == []
    assert Story().type("2022-03-01", "先行提供", **{**APPLICATION}) == []
    assert [str(kind) for kind in next_kinds(None)] == ["登记", "先行提供", "通知辩护"]


def test_g11_stations_write_intake_and_decide_only_where_approval_was_delegated() -> None:
    assert {str(kind) for kind in CaseEventKind if may_write(kind, CaseDesk.intake)} == AT_STATION
    assert {str(kind) for kind in CaseEventKind if may_write(kind, CaseDesk.delegate)} == BY_DELEGATE
    assert all(may_write(kind, CaseDesk.agency) for kind in CaseEventKind)
    story = Story().steps("2022-03-01 登记\n2022-03-02 受理审查")
    assert story.type("2022-03-04", "给予", CaseDesk.intake) == ["E301"]
    assert story.type("2022-03-04", "给予", CaseDesk.delegate) == []


@pytest.mark.parametrize("word", sorted(TYPED))
def test_what_an_event_must_carry_is_asked_for_by_its_title(word: str) -> None:
    rule = EVENTS[CaseEventKind(word)]
    begun = Story().steps("2022-03-01 登记") if not rule.begins else Story()
    bare = begun.event("2022-03-02", word, **dict.fromkeys(TYPED[word]))
    found = entry_problems(begun.standing if begun.events else None, bare)
    lacking = {one.field for one in found if one.code == "E302"}
    assert {fact.name for fact in rule.facts if fact.is_required} <= lacking
    assert all(rule.clause in one.message for one in found if one.code == "E302")


REFUSED = [
    ("E303", "2022-03-04", "给予", {"ground": "援99"}),
    ("E303", "2022-03-04", "给予", {"number": 12}),
    ("E304", "2022-03-04", "给予", {"colour": "red"}),
    ("E307", "2022-03-04", "给予", {"head": "赵审查"}),
    ("E310", "2022-03-04", "指派", {}),
    ("E310", "2022-03-04", "登记", {}),
    ("E310", "2022-02-01", "给予", {}),
    ("E310", "2022-03-04", "逾期", {}),
    ("E302", "2022-03-04", "补正", {}),
]


@pytest.mark.parametrize(("code", "on", "word", "facts"), REFUSED)
def test_what_does_not_fit_is_refused(code: str, on: str, word: str, facts: dict[str, str]) -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-02 受理审查")
    assert story.type(on, word, **facts) == [code]


def test_a_day_to_come_is_refused() -> None:
    story = Story().steps("2022-03-01 登记")
    event = story.event("2022-03-05", "受理审查")
    (found,) = entry_problems(story.standing, event, today=date(2022, 3, 4))
    assert found.code == "E306"
    assert entry_problems(story.standing, event, today=date(2022, 3, 5)) == ()


def test_an_organisation_names_its_representative() -> None:
    assert Story().type("2022-03-01", "登记", is_organisation=True) == ["E302"]
    assert Story().type("2022-03-01", "登记", is_organisation=True, representative="院长") == []


def test_a_notice_lapses_only_after_its_day() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-03 一次性告知")
    assert story.type("2022-03-20", "逾期") == ["E310"]
    assert story.type("2022-03-21", "逾期") == []


def test_a_second_notice_is_for_what_the_supplement_raised() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-03 一次性告知\n2022-03-05 补齐")
    assert story.type("2022-03-06", "一次性告知") == ["E310"]
    assert story.type("2022-03-06", "一次性告知", raised_by_supplement="工资条上的单位不同") == []


def test_a_firm_of_the_other_side_stands_back() -> None:
    story = Story()
    story.step("2022-03-01", "登记", opposing_firms=("光明律师事务所",))
    story.steps("2022-03-02 受理审查\n2022-03-04 给予")
    assert story.type("2022-03-05", "指派") == ["E308"]
    assert story.type("2022-03-05", "指派", firm="正义律师事务所") == []


def test_who_handled_a_case_examines_and_reviews_no_file_of_it() -> None:
    story = Story().steps(CIVIL.split("2022-06-10")[0])
    assert story.type("2022-06-10", "归档", examiner="李律师") == ["E307"]
    assert story.type("2022-06-10", "归档") == []
    assert story.type("2022-07-01", "评查", reviewers=("吴评查", "李律师")) == ["E307"]


def test_a_closing_names_the_date_its_kind_asks_for() -> None:
    story = Story().steps(CIVIL.split("2022-05-12")[0])
    assert story.type("2022-05-12", "结案", paper_on=None, settled_on="2022-05-01") == ["E309"]
    assert story.type("2022-05-12", "结案", paper_on="2022-05-13") == ["E309"]
    assert story.type("2022-05-12", "结案") == []


def test_a_decision_is_made_once_and_the_number_of_a_case_stays() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-01 先行提供")
    assert story.type("2022-03-10", "给予", number="盐援〔2022〕2号") == ["E310"]
    assert story.type("2022-03-10", "给予", number=None) == []
    assert story.type("2022-03-11", "给予", number=None) == ["E310"]


def test_what_a_later_step_rests_on_is_not_voided_under_it() -> None:
    story = Story().steps(CIVIL.split("2022-05-12")[0])
    assigned = story.events[3]
    void = Story.event(story, "2022-05-01", "作废")
    made = void.__class__(**{**void.__dict__, "voids": assigned.id})
    found = entry_problems(story.standing, made)
    assert {one.code for one in found} == {"E311"} and "请先作废那一步" in found[0].message


def test_a_void_needs_a_reason() -> None:
    story = Story().steps(CIVIL)
    void = Story.event(story, "2022-06-11", "作废")
    made = void.__class__(**{**void.__dict__, "voids": story.events[-1].id, "reason": " "})
    assert [one.code for one in entry_problems(story.standing, made)] == ["E305"]


def test_an_import_needs_neither_facts_nor_a_second_person() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-02 受理审查")
    derived = story.event("2022-03-04", "给予", derived=True, head="赵审查", means=None)
    assert entry_problems(story.standing, derived) == ()


def test_the_usual_next_step_stands_first() -> None:
    steps = [line.split() for line in CIVIL.strip().splitlines() if line.split()[1] not in ("约见", "开庭")]
    story = Story()
    story.step(*steps[0])
    for _, (on, word) in pairwise(steps):
        offered = [str(kind) for kind in next_kinds(story.standing)]
        assert word == offered[0] or (word == "结案" and offered[1] == word)
        story.step(on, word)
    assert [str(kind) for kind in next_kinds(story.standing)] == ["评查", "录入", "补正", "作废"]


def test_what_is_offered_fits() -> None:
    story = Story().steps(CIVIL.split("2022-05-12")[0])
    for kind in next_kinds(story.standing):
        made = Story.event(story, "2022-05-20", kind.value, is_joint=True if kind.value == "指派" else None)
        problems = [one for one in entry_problems(story.standing, made) if one.code == "E310"]
        assert not problems or kind.value == "作废", (kind, problems)


DAYS = st.integers(1, 28).map(lambda day: f"2022-03-{day:02d}")


@given(
    st.lists(st.tuples(DAYS, st.sampled_from(sorted(TYPED))), max_size=8),
    DAYS,
    st.sampled_from(sorted(TYPED)),
)
def test_what_would_not_fit_is_refused_here(past: list[tuple[str, str]], on: str, word: str) -> None:
    """Typed steps alone never leave a misfit, and a refusal for its place is one that would be a misfit."""
    story = Story()
    assert story.type("2022-03-01", "登记") == []
    for step in past:
        story.type(*step)
    assert story.standing.misfits == ()
    codes = story.type(on, word)
    if codes:
        story.step(on, word)
    assert bool(story.standing.misfits) is bool({"E310", "E311"} & set(codes))


def test_a_station_is_offered_what_it_may_write() -> None:
    story = Story().steps("2022-03-01 登记")
    offered = [str(kind) for kind in next_kinds(story.standing, CaseDesk.intake)]
    assert offered == ["一次性告知", "撤回", "补正", "作废"]
