"""The order in which a case's pay is decided, its factors and shares, each with its reason (Y19 Y25 A12 G12 J09 Y14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.case_values import CaseForm, CaseKind, CaseStage, CaseState, Fund, Grade, HandlerKind
from app.errors import Refused
from app.kernel.packs import load_pack
from app.rules.cases.facts import CaseHandler
from app.rules.funds.case_lines import Extras
from app.rules.funds.standards import StandardRow, refuse_doubled_standards
from app.rules.policy.case_money import case_pay_rules, fund_rules
from tests.unit.funds.case_facts import ANQING, GANYU, STAFF, TABLE, case, one, rules, split


def _handler(
    name: str, kind: HandlerKind = HandlerKind.lawyer, percent: int | None = None, **more: Any
) -> CaseHandler:
    return CaseHandler(name=name, firm="律所", kind=kind, share_percent=percent, **more)


@pytest.mark.parametrize(
    ("facts", "outcome", "words"),
    [
        ({"grade": None, "handlers": (STAFF,)}, "waits", "尚未评定质量等级"),
        ({"closed_on": None, "grade": Grade.failed}, "waits", "没有结案日"),
        ({"kind": CaseKind.administrative, "grade": Grade.failed}, "waits", "未定标准"),
        ({"grade": Grade.failed, "handlers": (STAFF,)}, "zero", "质量不合格"),
        ({"handlers": (STAFF,), "lacks": ["entered"]}, "zero", "李科员（法律援助机构工作人员）"),
        ({"handlers": (_handler("赵", is_public_servant=True),)}, "zero", "赵（公职人员）"),
        ({"lacks": ["entered"], "fund": Fund.lottery}, "waits", "待录入"),
        ({"fund": Fund.business}, "pays", "资金来源为业务经费"),
        ({"fund": Fund.special, "lacks": ["group"]}, "waits", "不计入任务（不符合 group）"),
        ({"fund": Fund.special}, "pays", "第 1 件"),
        ({"lacks": ["group"]}, "pays", "不计入任务"),
        ({"state": CaseState.merged}, "zero", "已并入"),
        ({"handlers": (_handler("赵", percent=60), _handler("钱", percent=30))}, "waits", "合计 90%"),
        ({"handlers": (_handler("赵", percent=0),)}, "waits", "合计 0%"),
        ({"handlers": (_handler("赵", percent=0), _handler("李", HandlerKind.agency_staff, 100))}, "zero", "李（"),
        ({"is_terminated": True}, "zero", "比例后为 0"),
    ],
)  # fmt: skip
def test_y19_the_first_step_that_applies_decides(facts: dict[str, Any], outcome: str, words: str) -> None:
    line = one(case(**facts))
    assert line.outcome == outcome and words in str(line.reasons[0])
    assert (line.outcome == "pays") == (line.fund is not None)
    if outcome == "waits":
        assert (line.special_fen, line.business_fen, line.project_fen, line.place) == (0, 0, 0, None)


def test_a_year_without_a_target_waits_for_it() -> None:
    assert "任务数未定" in str(one(case(), targets={}).reasons[0])
    assert split(one(case(), targets={2022: 0})) == ("pays", 0, 0, 1800)


@pytest.mark.parametrize("own", [GANYU, ANQING])
def test_a_document_without_a_special_fund_pays_from_business_funds(own: Any) -> None:
    made = case(closed_on=own.valid_from, archived_on=own.valid_from)
    line = one(made, own=own, targets={own.valid_from.year: 9})
    assert (split(line), line.place, line.counted) == (("pays", 0, 0, 1800), None, True)
    special = one(case(closed_on=own.valid_from, archived_on=own.valid_from, fund=Fund.special), own=own)
    assert special.outcome == "waits" and "没有专项资金" in special.reasons[0].text


def test_y19_the_floor_holds_for_civil_litigation_and_trials_only() -> None:
    cheap = (
        StandardRow(date(2020, 1, 1), CaseKind.civil, None, 60000),
        StandardRow(date(2020, 1, 1), CaseKind.criminal, None, 60000),
        StandardRow(date(2020, 1, 1), CaseKind.administrative, None, 60000),
    )
    crime = {"kind": CaseKind.criminal}
    for facts, table, fen in [
        ({}, cheap, 100000),
        ({}, (), 100000),
        ({"form": CaseForm.other}, cheap, 60000),
        ({"form": CaseForm.other}, (), None),
        ({**crime, "stage": CaseStage.second}, cheap, 100000),
        ({**crime, "stage": CaseStage.retrial}, (), 100000),
        ({**crime, "stage": CaseStage.prosecution}, cheap, 60000),
        ({**crime, "stage": CaseStage.investigation}, (), None),
        ({"kind": CaseKind.administrative}, cheap, 60000),
    ]:
        line = one(case(**facts), rows=table)
        assert line.standard_fen == fen, facts
        assert (line.outcome == "waits") == (fen is None)
    assert one(case(closed_on=date(2021, 9, 1)), own=GANYU, rows=cheap).standard_fen == 60000


def test_g12_the_exact_stage_goes_before_a_blank_one_then_the_newest_valid_on_closing_day() -> None:
    table = (
        StandardRow(date(2022, 5, 11), CaseKind.civil, CaseStage.first, 500000),
        StandardRow(date(2022, 5, 10), CaseKind.civil, CaseStage.first, 220000),
        StandardRow(date(2021, 1, 1), CaseKind.civil, CaseStage.first, 210000),
        StandardRow(date(2022, 5, 10), CaseKind.civil, None, 300000),
    )
    assert one(case(), rows=table).standard_fen == 220000
    assert one(case(stage=CaseStage.second), rows=table).standard_fen == 300000
    assert one(case(stage=None), rows=table).standard_fen == 300000
    assert one(case(closed_on=date(2022, 5, 9)), rows=tuple(reversed(table))).standard_fen == 210000


def test_one_key_and_day_twice_is_refused() -> None:
    refuse_doubled_standards(TABLE)
    with pytest.raises(Refused, match=r"E890.*2020-01-01.*刑事侦查"):
        refuse_doubled_standards((*TABLE, replace(TABLE[2], fen=1)))


def test_g12_j09_grades_pay_their_percentage_half_up_to_the_fen() -> None:
    graded = rules(GANYU, grade_percent_excellent=120, grade_percent_good=90, grade_percent_passed=33)
    table = (StandardRow(date(2020, 1, 1), CaseKind.civil, None, 150),)
    day = {"closed_on": date(2021, 9, 1), "archived_on": date(2021, 9, 2)}
    fen = {
        grade: one(case(grade=grade, **day), own=graded, rows=table).business_fen
        for grade in (Grade.excellent, Grade.good, Grade.passed)
    }
    assert fen == {Grade.excellent: 180, Grade.good: 135, Grade.passed: 50}  # 49.5 fen is 50
    line = one(case(grade=Grade.good, **day), own=graded, rows=table)
    assert line.settings == (("grade_percent_good", 90),)
    assert "1.50 × 90%（良好）= 1.35 元" in line.reasons[2].text and "三（三）补贴" in line.reasons[2].clause
    assert one(case(grade=Grade.failed, **day), own=graded, rows=table).outcome == "zero"


def test_a_terminated_case_is_paid_its_share_by_business_funds_and_never_counts() -> None:
    line = one(case(is_terminated=True, closed_on=None, terminated_on=date(2022, 5, 1), fund=Fund.lottery),
               own=rules(terminated_percent=50))  # fmt: skip
    assert (split(line), line.counted, line.place) == (("pays", 0, 0, 900), False, None)
    assert line.settings == (("terminated_percent", 50),)


def test_a_case_of_a_divisible_group_is_paid_its_percentage() -> None:
    line = one(case(group_case="工资"), own=rules(series_percent=50))
    assert split(line) == ("pays", 900, 0, 0)


def test_a12_a_project_fund_bears_the_base_and_takes_no_place() -> None:
    line = one(case(fund=Fund.foundation))
    assert (split(line), line.fund, line.place) == (("pays", 0, 1000, 800), Fund.foundation, None)
    assert line.burden_fen == {Fund.foundation: 100000, Fund.business: 80000}
    assert dict(line.settings) == {"project_base_fen": 100000}


def test_y14_typed_shares_divide_every_fund_without_losing_a_fen() -> None:
    three = tuple(_handler(name, percent=percent) for name, percent in (("赵", 33), ("钱", 33), ("孙", 34)))
    line = one(case(handlers=three), rows=(replace(TABLE[0], fen=180001),))
    assert [share.percent for share in line.shares] == [33, 33, 34]
    assert sum(share.special_fen for share in line.shares) == line.special_fen == 100000
    assert sum(share.business_fen for share in line.shares) == line.business_fen == 80001


def test_the_share_of_a_public_servant_is_left_out() -> None:
    two = (_handler("赵", percent=50), _handler("钱", HandlerKind.agency_staff, 50))
    line = one(case(handlers=two))
    assert split(line) == ("pays", 900, 0, 0)
    assert [(share.name, share.special_fen) for share in line.shares] == [("赵", 90000)]
    assert one(case(handlers=(two[0], _handler("钱", percent=50)))).special_fen == 100000


def test_travel_translation_and_cuts_are_columns_of_business_funds() -> None:
    line = one(case(extras=Extras(12000, 5000, 30000, "迟交案卷")))
    assert (line.special_fen, line.business_fen, line.travel_fen, line.translation_fen, line.cut_fen) == (
        100000, 80000, 12000, 5000, 30000
    )  # fmt: skip
    assert line.burden_fen == {Fund.special: 100000, Fund.business: 67000}
    assert "减发 300 元，从业务经费部分减：迟交案卷" in line.reasons[-1].text
    cut = one(case(extras=Extras(cut_fen=90000, cut_reason="迟交案卷")))
    assert (cut.cut_fen, cut.burden_fen) == (
        80000,
        {Fund.special: 100000},
    ) and "只有 800 元可减" in cut.reasons[-1].text
    assert one(case(lacks=["entered"], extras=Extras(100))).burden_fen == {}


def test_every_document_makes_its_rules() -> None:
    bases = {
        key: case_pay_rules(load_pack(key)).base_fen
        for key in ("qinshui-2023", "anqing-2023", "ganyu-2021", "jian-2018")
    }
    assert bases == {"qinshui-2023": 100000, "anqing-2023": None, "ganyu-2021": None, "jian-2018": None}
    graded = load_pack("jian-2018").with_settings({"grade_percent_good": 80})
    assert case_pay_rules(graded).grade_percent(Grade.good) == 80
    assert fund_rules(load_pack("anqing-2023")).match_fen == 60000
    changed = load_pack("yuncheng-2022").with_settings(
        {"terminated_percent": 30, "series_percent": 50, "project_base_fen": 80000}
    )
    made = case_pay_rules(changed)
    assert (made.terminated_percent, made.series_percent, made.project_base_fen) == (30, 50, 80000)
