"""Which cases count in the programme, and each condition that is not met (Y12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.case_values import CaseForm, CaseGround, CaseKind, CaseStage, Fund, UnmetKey
from app.kernel.packs import load_pack
from app.rules.cases.counting import CountingRules, counted_groups, counting_rules, unmet
from app.rules.cases.facts import CaseStanding
from tests.unit.cases.story import CIVIL, Story

D = date.fromisoformat


def rules(key: str = "yuncheng-2022", **settings: object) -> CountingRules:
    found = counting_rules(load_pack(key).with_settings(settings))  # type: ignore[arg-type]
    assert found
    return found


def counted(**facts: object) -> CaseStanding:
    """A case that counts, but for the facts named."""
    story = Story().steps(CIVIL)
    story.step("2022-06-11", "录入")
    return replace(story.standing, facts=replace(story.standing.facts, **facts))  # type: ignore[arg-type]


def keys(standing: CaseStanding, programme: CountingRules | None = None) -> list[str]:
    return [one.key.value for one in unmet(standing, programme or rules())]


def test_y12_a_case_that_meets_all_counts() -> None:
    assert unmet(counted(), rules()) == ()


GROUPS = [
    (("农民工",), None, []),
    (("农民",), None, []),
    (("残疾人",), None, []),
    (("妇女", "其他群众"), None, []),
    (("困难职工",), None, []),
    (("军人军属",), None, []),
    (("退役军人",), None, ["group"]),
    (("其他群众",), None, ["group"]),
    ((), None, ["group"]),
    (("老年人",), None, []),
    (("老年人",), "1962-03-01", []),  # the 60th birthday is the application day
    (("老年人",), "1962-03-02", ["group"]),
    ((), "1962-03-01", []),
    (("未成年人",), "2004-03-02", []),  # 18 tomorrow
    (("未成年人",), "2004-03-01", ["group"]),  # 18 today
    ((), "2004-03-02", []),
    (("老年人",), "1960-02-29", []),
    (("农民",), "1990-01-01", []),
]


@pytest.mark.parametrize(("groups", "born", "expected"), GROUPS)
def test_y12_groups_are_those_of_the_application_day(
    groups: tuple[str, ...], born: str | None, expected: list[str]
) -> None:
    standing = counted(groups=groups, born_on=D(born) if born else None)
    assert standing.facts.received_on == D("2022-03-01")
    assert keys(standing) == expected


def test_y11_groups_are_told_in_the_order_of_the_programme() -> None:
    facts = counted(groups=("妇女", "农民工"), born_on=D("1950-01-01")).facts
    assert counted_groups(facts, rules()) == ("农民工", "老年人", "妇女")


@pytest.mark.parametrize(
    ("approved", "inclusive", "expected"),
    [
        ("2021-09-30", True, ["approved"]),
        ("2021-10-01", True, []),
        ("2021-10-01", False, ["approved"]),
        ("2021-10-02", False, []),
        (None, True, ["approved"]),
    ],
)
def test_y12_approved_on_or_after_the_first_day(
    approved: str | None, inclusive: bool, expected: list[str]
) -> None:
    standing = replace(counted(), approved_on=D(approved) if approved else None)
    assert keys(standing, rules(approved_from_inclusive=inclusive)) == expected


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ("2021-12-31", ["closed"]),
        ("2022-01-01", []),
        ("2022-12-31", []),
        ("2023-01-01", ["closed"]),
        (None, ["closed"]),
    ],
)
def test_y12_closed_in_the_year_of_the_programme(closed: str | None, expected: list[str]) -> None:
    assert keys(replace(counted(), closed_on=D(closed) if closed else None)) == expected


def test_y12_a_terminated_case_is_not_counted() -> None:
    (found,) = unmet(replace(counted(), is_terminated=True), rules())
    assert (found.key, found.text) == (UnmetKey.closed, "案件终止，不计入")


FORMS = [
    ("民事", "诉讼", "一审", "", []),
    ("刑事", "诉讼", "一审", "", []),
    ("刑事", None, "一审", "", []),
    ("民事", None, "一审", "", ["form"]),
    ("民事", "非诉讼", "仲裁", "", ["form"]),
    ("民事", "非诉讼", "仲裁", "arbitration_counts", []),
    ("民事", "非诉讼", "其他", "arbitration_counts", ["form"]),
    ("民事", "非诉讼", "其他", "non_litigation_counts", []),
    ("行政", "诉讼", "一审", "", ["form"]),
    ("行政", "诉讼", "一审", "administrative_counts", []),
    ("国家赔偿", "诉讼", "一审", "", ["form"]),
]


@pytest.mark.parametrize(("kind", "form", "stage", "setting", "expected"), FORMS)
def test_y12_forms_that_count(
    kind: str, form: str | None, stage: str, setting: str, expected: list[str]
) -> None:
    story = Story()
    story.step("2022-03-01", "登记", kind=kind, form=form, stage=stage)
    standing = replace(counted(), facts=story.standing.facts)
    assert keys(standing, rules(**({setting: True} if setting else {}))) == expected


GROUNDS = [
    ("援29", "一审", None, []),
    ("援31", None, None, []),
    ("援32", "侦查", None, []),
    ("省9", "一审", None, []),
    ("省10", "一审", None, []),
    ("援24", "一审", None, ["ground"]),
    ("援28", "一审", None, ["ground"]),
    ("援33", "再审", None, ["ground"]),
    ("条例10", "一审", None, ["ground"]),
    ("其他", "一审", None, ["ground"]),
    (None, "一审", None, ["ground"]),
    ("援25-1", "侦查", None, ["ground"]),
    ("援25-1", "审查起诉", None, ["ground"]),
    ("援25-1", None, None, ["ground"]),
    ("援25-1", "一审", "速裁", []),
    ("援25-1", "二审", None, []),
    ("援25-1", "再审", None, []),
    ("援25-2", "一审", "普通", []),
    ("援25-2", "一审", None, ["ground"]),
    ("援25-2", "一审", "简易", ["ground"]),
    ("援25-2", "一审", "速裁", ["ground"]),
    ("援25-2", "二审", None, []),
    ("援25-2", "再审", None, []),
    ("援25-2", "侦查", "普通", ["ground"]),
]


@pytest.mark.parametrize(("ground", "stage", "procedure", "expected"), GROUNDS)
def test_y12_grounds_that_count(
    ground: str | None, stage: str | None, procedure: str | None, expected: list[str]
) -> None:
    story = Story()
    story.step("2022-03-01", "登记", kind="刑事", ground=ground, stage=stage, procedure=procedure)
    assert keys(replace(counted(), facts=story.standing.facts)) == expected


def test_y12_only_what_stands_in_the_provincial_system_counts() -> None:
    found = unmet(replace(counted(), entered_number="", entered_on=None), rules())
    assert [(one.key, one.text) for one in found] == [
        (UnmetKey.entered, "没有山西省法律援助管理系统的编号和录入日期")
    ]
    (lacking,) = unmet(replace(counted(), entered_on=None), rules())
    assert lacking.text == "没有山西省法律援助管理系统的录入日期"


def test_y12_every_unmet_condition_is_named_with_its_clause() -> None:
    standing = replace(
        counted(groups=(), form=None, ground=None), approved_on=None, closed_on=None, entered_on=None
    )
    found = unmet(standing, rules())
    assert [one.key for one in found] == list(UnmetKey)
    assert [one.clause for one in found] == [
        "运司通〔2022〕3号 四（二）1",
        "运司通〔2022〕3号 四（二）2",
        "运司通〔2022〕3号 四（二）2",
        "运司通〔2022〕3号 二",
        "运司通〔2022〕3号 四（二）2",
        "运司通〔2022〕3号 四（二）4（3）",
    ]
    assert all(one.text for one in found)


def test_y12_qinshui_counts_from_october_and_closes_in_its_year() -> None:
    programme = rules("qinshui-2023")
    assert (programme.approved_from, programme.closed_in.text) == (D("2022-10-01"), "2023")
    assert programme.clauses[UnmetKey.approved] == "沁司字〔2023〕9号 附件2-2"
    standing = replace(counted(), approved_on=D("2022-10-01"), closed_on=D("2023-05-01"))
    assert keys(standing, programme) == []
    assert keys(standing, rules("qinshui-2023", approved_from="2023-01-01")) == ["approved"]


@pytest.mark.parametrize("key", ["ganyu-2021", "anqing-2023", "jian-2018"])
def test_other_documents_have_no_programme_of_cases(key: str) -> None:
    assert counting_rules(load_pack(key)) is None


VECTORS = [
    # of the table of what a case is paid: what is not met
    ({}, {}, []),
    ({"entered_number": "", "entered_on": None}, {}, ["entered"]),
    (
        {"entered_number": "", "entered_on": None, "approved_on": D("2021-09-30")},
        {},
        ["approved", "entered"],
    ),
    ({"approved_on": D("2021-10-01")}, {}, []),
    (
        {},
        {"kind": CaseKind.criminal, "ground": CaseGround.law_25_1, "stage": CaseStage.investigation},
        ["ground"],
    ),
    ({}, {"form": CaseForm.other, "stage": CaseStage.arbitration}, ["form"]),
    ({"approved_on": D("2021-09-30")}, {"fund": Fund.lottery}, ["approved"]),
]


@pytest.mark.parametrize(("standing", "facts", "expected"), VECTORS)
def test_y12_y19_vectors_of_what_is_paid(
    standing: dict[str, object], facts: dict[str, object], expected: list[str]
) -> None:
    assert keys(replace(counted(**facts), **standing)) == expected  # type: ignore[arg-type]
