"""May this person have it: matter, means and exemption, each with its clause (Y13 G02 A02 A03 G03 J03 J08)."""

from __future__ import annotations

from datetime import date

import pytest

from app.case_values import CaseGround, StandardKind
from app.errors import Refused
from app.kernel.packs import load_pack
from app.rules.cases.entitlement import (
    AidRequest,
    AidVerdict,
    Criterion,
    CriterionAnswer,
    CriterionKey,
    Entitlement,
    entitlement,
    overridden,
)
from app.rules.cases.means import DatedStandard, HouseholdMember, income_words, means_limit

Y, Q, G, A, J = (
    load_pack(key) for key in ("yuncheng-2022", "qinshui-2023", "ganyu-2021", "anqing-2023", "jian-2018")
)
ON = date(2022, 5, 10)


def standard(kind: str, yuan: int, on: str = "2021-01-01") -> DatedStandard:
    return DatedStandard(kind=StandardKind(kind), valid_from=date.fromisoformat(on), fen=yuan * 100)


TYPED = (
    standard("最低生活保障标准", 600),
    standard("最低工资标准", 2000),
    standard("省定经济困难标准", 1500),
)


def home(year_yuan: int, heads: int = 2) -> tuple[HouseholdMember, ...]:
    rest = tuple(HouseholdMember(relation="家人") for _ in range(heads - 1))
    return (HouseholdMember(relation="本人", wages_fen=year_yuan * 100), *rest)


def ask(**said: object) -> AidRequest:
    facts: dict[str, object] = {"on": ON, "matter": "劳动报酬", "is_checked": True, **said}
    return AidRequest(**facts)  # type: ignore[arg-type]


def of(found: Entitlement, key: str) -> Criterion:
    return next(one for one in found.criteria if one.key is CriterionKey(key))


LIMITS = [
    # pack, what a head of two may have a year so that it is just enough, and just too much
    (Y, 36_000, 36_001, "省定经济困难标准", "法律援助法34"),
    (Q, 36_000, 36_001, "省定经济困难标准", "法律援助法34"),
    (G, 48_000, 48_001, "最低工资标准", "赣司〔2021〕7号 二（一）"),
    (A, 28_799, 28_800, "最低生活保障标准的2倍", "庆司通〔2023〕8号 三（二）1"),
    (J, 28_799, 28_800, "最低生活保障标准的2倍", "吉安市司法局2018年4月10日方案 三（一）1"),
]


@pytest.mark.parametrize(("pack", "enough", "too_much", "words", "clause"), LIMITS)
def test_a03_g02_each_document_draws_its_own_line(pack, enough, too_much, words, clause) -> None:
    matter = "征地拆迁" if pack is G else "劳动报酬"
    for year, answer in ((enough, CriterionAnswer.passed), (too_much, CriterionAnswer.failed)):
        found = of(entitlement(ask(household=home(year), matter=matter), pack, TYPED), "经济困难")
        assert (found.answer, found.clause) == (answer, clause)
        assert words in found.text


def test_y13_income_is_the_year_by_months_and_heads() -> None:
    assert income_words(100_00, 3) == "家庭年收入 100.00 元，3 人，人均月收入 2.78 元"
    member = HouseholdMember(relation="本人", wages_fen=1, business_fen=2, other_fen=3)
    assert member.year_fen == 6


def test_the_figure_of_the_application_day_holds() -> None:
    typed = (*TYPED, standard("省定经济困难标准", 1800, "2022-06-01"))
    assert means_limit(Y, typed, date(2022, 5, 31)).fen == 150_000
    assert means_limit(Y, typed, date(2022, 6, 1)).fen == 180_000
    assert means_limit(Y, typed, date(2020, 12, 31)).fen is None


def test_a03_a_wider_local_standard_stands_in_its_place_only_where_the_document_lets_it() -> None:
    typed = (*TYPED, standard("当地放宽的标准", 1600))
    assert [means_limit(pack, typed, ON).fen for pack in (A, J, Y, G)] == [
        160_000,
        160_000,
        150_000,
        200_000,
    ]
    narrower = (*TYPED, standard("当地放宽的标准", 900))
    assert means_limit(A, narrower, ON).fen == 120_000


def test_y13_without_a_figure_or_a_household_the_reviewer_judges() -> None:
    found = entitlement(ask(household=home(10_000)), Y)
    assert (of(found, "经济困难").answer, found.verdict) == (CriterionAnswer.unknown, AidVerdict.judge)
    assert "没有录入省定经济困难标准" in of(found, "经济困难").text
    assert "还没有填写家庭收入" in of(entitlement(ask(), Y, TYPED), "经济困难").text


def test_g08_an_undertaking_replaces_proof_and_is_verified_later() -> None:
    unproven = entitlement(ask(household=home(10_000), is_checked=False), Y, TYPED)
    assert (of(unproven, "经济困难").answer, unproven.verdict) == (CriterionAnswer.unknown, AidVerdict.judge)
    found = entitlement(ask(household=home(10_000), is_checked=False, has_undertaking=True), Y, TYPED)
    assert (of(found, "经济困难").answer, found.verdict, found.needs_verification) == (
        CriterionAnswer.passed,
        AidVerdict.may,
        True,
    )


def test_y13_a_migrant_who_claims_wages_is_exempt_by_article_42_from_2022() -> None:
    found = entitlement(ask(groups=("农民工",)), Y, TYPED)
    assert found.strip == "免核查：农民工讨薪（第42条）"
    assert of(found, "免核查").answer is CriterionAnswer.unknown and found.verdict is AidVerdict.judge
    assert "拖欠劳动报酬的材料" in of(found, "免核查").text
    proven = entitlement(ask(groups=("农民工",), proofs=("农民工讨薪",)), Y, TYPED)
    assert (proven.verdict, of(proven, "经济困难").clause) == (AidVerdict.may, "法律援助法42")
    earlier = entitlement(ask(groups=("农民工",), on=date(2021, 12, 31)), Y, TYPED)
    assert earlier.strip == "" and of(earlier, "免核查").answer is CriterionAnswer.failed


def test_a_farmer_who_claims_wages_is_not_exempt_by_article_42_but_is_in_ganyu() -> None:
    assert entitlement(ask(groups=("农民",)), Y, TYPED).strip == ""
    assert (
        entitlement(ask(groups=("农民",)), G, TYPED).strip
        == "免核查：追索劳动报酬（赣司〔2021〕7号 二（一））"
    )


EXEMPT = [
    (G, "高龄老人", "", "", "免核查：高龄老人"),
    (G, "重病患者", "", "", "免核查：重病患者"),
    (G, "获得司法救助人员", "", "", "免核查：司法救助对象（第42条）"),
    (G, "", "志愿服务受到损害", "", "免核查：志愿服务受损害"),
    (G, "", "食品药品安全事故", "", "免核查：食品药品安全事故被害人及近亲属"),
    (G, "", "见义勇为", "", "不限经济困难：见义勇为（第32条）"),
    (G, "", "家庭暴力", "", "不限经济困难：虐待、遗弃、家庭暴力（第32条）"),
    (J, "", "婚姻家庭", "惠民卡持有人", "免核查：惠民卡持有人（吉安市司法局2018年4月10日方案 三（三）2）"),
    (Y, "", "抚恤金", "优抚对象", "免核查：优抚对象（第42条）"),
]


@pytest.mark.parametrize(("pack", "group", "matter", "claim", "strip"), EXEMPT)
def test_g02_j08_who_is_exempt_shows_at_once(pack, group: str, matter: str, claim: str, strip: str) -> None:
    request = ask(groups=(group,) if group else (), matter=matter, claims=(claim,) if claim else ())
    assert entitlement(request, pack, TYPED).strip.startswith(strip)


def test_g02_before_the_law_ganyu_has_its_own_list() -> None:
    found = entitlement(ask(on=date(2021, 6, 1), matter="遭受家庭暴力离婚"), G, TYPED)
    assert found.strip == "免核查：家庭暴力受害方（赣司〔2021〕7号 二（一））"


def test_exemption_without_proof_leaves_a_poor_household_its_own_way() -> None:
    found = entitlement(ask(groups=("农民工",), household=home(10_000)), Y, TYPED)
    assert (of(found, "经济困难").answer, found.verdict) == (CriterionAnswer.passed, AidVerdict.may)
    rich = entitlement(ask(groups=("农民工",), household=home(99_000)), Y, TYPED)
    assert (of(rich, "经济困难").answer, rich.verdict) == (CriterionAnswer.unknown, AidVerdict.judge)


MATTERS = [
    (Y, "劳动报酬", CriterionAnswer.passed, "法律援助法31"),
    (Y, "抚恤金", CriterionAnswer.passed, "法律援助法31"),
    (Y, "公司股权转让", CriterionAnswer.failed, "运司通〔2022〕3号 四（二）2"),
    (Y, "工伤赔偿", CriterionAnswer.unknown, "法律援助法31"),
    (Y, "", CriterionAnswer.unknown, ""),
    (A, "高危作业损害赔偿", CriterionAnswer.passed, "庆司通〔2023〕8号 三（一）1"),
    (A, "公司股权转让", CriterionAnswer.failed, "庆司通〔2023〕8号 三（一）1"),
    (J, "教育医疗", CriterionAnswer.passed, "吉安市司法局2018年4月10日方案 三（一）1"),
    (G, "公司股权转让", CriterionAnswer.passed, "赣司〔2021〕7号 二（二）"),
]


@pytest.mark.parametrize(("pack", "matter", "answer", "clause"), MATTERS)
def test_a02_g03_matters_by_the_list_of_the_document(
    pack, matter: str, answer: CriterionAnswer, clause: str
) -> None:
    found = of(entitlement(ask(matter=matter), pack, TYPED), "援助事项")
    assert (found.answer, found.clause) == (answer, clause)


def test_g03_what_the_county_excludes_is_no_matter_but_for_special_hardship() -> None:
    excluded = ["公司股权转让"]
    found = entitlement(ask(matter="公司股权转让"), G, TYPED, excluded_matters=excluded)
    assert (of(found, "援助事项").answer, found.verdict) == (CriterionAnswer.failed, AidVerdict.may_not)
    hard = entitlement(ask(matter="公司股权转让", groups=("失独老人",)), G, TYPED, excluded_matters=excluded)
    assert of(hard, "援助事项").answer is CriterionAnswer.passed
    assert hard.strip.endswith("不限事项：失独老人（赣司〔2021〕7号 二（三））")


def test_a_notice_asks_for_no_means() -> None:
    found = entitlement(ask(matter="盗窃", ground=CaseGround.law_25_1), Y, TYPED)
    assert (found.verdict, found.strip) == (AidVerdict.may, "不限经济困难：通知辩护（第25条）")


def test_g17_an_organisation_named_by_the_document_may_apply() -> None:
    found = entitlement(ask(organisation="社会福利机构", matter="征地拆迁"), G, TYPED)
    assert (found.verdict, of(found, "经济困难").clause) == (AidVerdict.may, "赣司〔2021〕7号 二（二）")
    assert entitlement(ask(organisation="某公司"), Y, TYPED).verdict is AidVerdict.judge


def test_to_decide_otherwise_needs_a_reason() -> None:
    found = entitlement(ask(matter="公司股权转让"), Y, TYPED)
    assert found.verdict is AidVerdict.may_not
    with pytest.raises(Refused, match="E353"):
        overridden(found, AidVerdict.may, "  ")
    changed = overridden(found, AidVerdict.may, "涉及农民合作社全体成员生计")
    assert (changed.verdict, changed.override_reason) == (AidVerdict.may, "涉及农民合作社全体成员生计")
    assert overridden(found, AidVerdict.may_not, "") is found
