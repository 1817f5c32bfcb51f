"""The five shipped packs say what their documents say, each figure with its clause."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from app.kernel.pack_json import as_json
from app.kernel.pack_show import rows, summaries
from app.kernel.packs import load_pack, pack_keys
from app.rules.policy.pack import Pack
from app.rules.policy.totals import check_totals
from app.rules.policy.tree import sites_below
from app.values import Level, PersonKind, SiteKind

KEYS = ("anqing-2023", "ganyu-2021", "jian-2018", "qinshui-2023", "yuncheng-2022")

STATIONS = {
    "盐湖区": 21, "临猗县": 14, "万荣县": 14, "闻喜县": 12, "稷山县": 7, "新绛县": 9, "绛县": 10,
    "垣曲县": 11, "夏县": 11, "平陆县": 9, "芮城县": 10, "永济市": 10, "河津市": 9,
}  # fmt: skip


@pytest.fixture(params=KEYS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


def totals(key: str) -> dict[str, int]:
    return {check.name: check.summed for check in check_totals(load_pack(key)) if check.is_equal}


def test_five_packs_ship_and_are_listed() -> None:
    assert pack_keys() == KEYS
    assert [one.key for one in summaries()] == list(KEYS)


def test_every_figure_names_a_clause_with_text(pack: Pack) -> None:
    for row in rows(pack):
        assert row.clause_text, (row.section, row.title, row.clause)
    assert all(text.strip() for text in pack.clauses.values())


def test_every_figure_serves_a_requirement(pack: Pack) -> None:
    own = [figure for figure in pack.figures.values() if figure.section != "deadlines"]
    assert own and all(figure.id and figure.title for figure in own)


def test_every_open_reading_says_so(pack: Pack) -> None:
    for setting in pack.settings.values():
        assert "本程序取" in setting.note or "旧统计报表" in setting.note, setting.name
        assert setting.words


def test_every_stated_total_is_the_sum_of_its_parts(pack: Pack) -> None:
    assert check_totals(pack)
    assert all(check.is_equal for check in check_totals(pack))


def test_a_pack_is_valid_from_a_day_to_a_day_and_bears_its_number(pack: Pack) -> None:
    assert pack.valid_from < pack.valid_to
    assert pack.document and pack.title and pack.issuer
    assert pack.site(pack.root) is not None


def test_a_pack_shows_as_json(pack: Pack) -> None:
    shown = json.loads(json.dumps(as_json(pack), ensure_ascii=False))
    assert shown["key"] == pack.key
    assert shown["has_rates"] is (pack.rates is not None)
    assert len(shown["rows"]) == len(rows(pack))


def test_y10_every_pack_fills_the_desk_form(pack: Pack) -> None:
    assert pack.groups and pack.topics and pack.handlings
    assert pack.channels[:4] == ("来访", "来电", "来信", "网络")
    assert pack.consultation_groups == (*pack.groups, "其他群众")
    assert pack.required_items == (
        "时间",
        "咨询人",
        "联系电话",
        "人群类别",
        "咨询方式",
        "事项类别",
        "咨询内容",
        "答复意见",
        "处理方式",
        "证件号",
    )


def test_y01_yuncheng_tree_has_13_centres_and_147_stations() -> None:
    pack = load_pack("yuncheng-2022")
    kinds = Counter(site.kind for site in pack.sites)
    assert (kinds["县中心"], kinds["工作站"], kinds["市中心"], kinds["司法局"]) == (13, 147, 1, 14)
    assert pack.site("1408-01").parent == "1408"
    assert pack.site("140802-01").duty_kind is SiteKind.county_centre
    assert pack.site("140802").duty_kind is None


def test_y01_stations_by_county() -> None:
    pack = load_pack("yuncheng-2022")
    counted = Counter(pack.site(site.parent).short_name for site in pack.sites if site.kind == "工作站")
    assert dict(counted) == STATIONS


def test_y01_a_station_has_its_full_and_its_short_name() -> None:
    site = load_pack("yuncheng-2022").site("140802100")
    assert (site.name, site.short_name) == ("盐湖区解州镇公共法律服务工作站", "解州镇")
    assert (site.parent, site.level) == ("140802", Level.station)


def test_y01_a_bureau_starts_with_its_own_part_of_the_tree() -> None:
    below = sites_below("140802", load_pack("yuncheng-2022"))
    assert [site.code for site in below[:2]] == ["140802", "140802-01"]
    assert len(below) == 23
    assert sites_below("990000", load_pack("yuncheng-2022")) == ()


def test_y02_targets_by_county() -> None:
    pack = load_pack("yuncheng-2022")
    assert totals("yuncheng-2022")["免费法律咨询合计"] == 47000
    assert totals("yuncheng-2022")["特殊群体法律援助案件合计"] == 1715
    assert pack.target("140802", "consultations").amount == 6400
    assert pack.target("140823", "cases").amount == 70
    assert pack.satisfaction_target == 99


def test_q01_targets_by_township() -> None:
    pack = load_pack("qinshui-2023")
    assert totals("qinshui-2023")["免费法律咨询合计"] == 6000
    assert pack.target("140521-01", "consultations").amount == 1000
    assert pack.target("140521-01", "cases") is None
    own = pack.target("140521", "cases")
    assert (own.amount, own.name) == (70, "沁水县法律援助中心")
    assert pack.satisfaction_target == 95


def test_q21_qinshui_has_a_centre_and_12_townships() -> None:
    names = [site.short_name for site in load_pack("qinshui-2023").sites if site.kind == "工作站"]
    assert sorted(names) == sorted(
        [
            "龙港镇",
            "中村镇",
            "土沃乡",
            "张村乡",
            "郑庄镇",
            "端氏镇",
            "嘉峰镇",
            "郑村镇",
            "胡底乡",
            "固县乡",
            "柿庄镇",
            "十里乡",
        ]
    )
    assert len([one for one in load_pack("qinshui-2023").targets if one.kind == "consultations"]) == 13


def test_a01_targets_and_subtotals_of_11_units() -> None:
    assert totals("anqing-2023") == {
        "法律援助案件合计": 5826,
        "法律援助案件市区小计": 1108,
        "法律援助案件县级小计": 4718,
    }
    assert len(load_pack("anqing-2023").targets) == 11


def test_a06_ratios_and_a05_match() -> None:
    pack = load_pack("anqing-2023")
    names = ("closed_of_approved_min", "cases_per_person_max", "litigation_min", "private_lawyers_min")
    assert [pack.value(f"ratios.{name}") for name in names] == [80, 90, 70, 75]
    assert pack.value("funds.local_match_fen") == 60000


def test_a08_agency_mapping() -> None:
    assert {(one.place, one.agent) for one in load_pack("anqing-2023").agents} == {
        ("菱北办事处", "340811"),
        ("老峰镇", "340802"),
        ("山口乡", "340803"),
    }


def test_y11_groups() -> None:
    assert load_pack("yuncheng-2022").groups == (
        "农民工",
        "农民",
        "残疾人",
        "老年人",
        "未成年人",
        "妇女",
        "困难职工",
        "军人军属",
    )
    assert len(load_pack("anqing-2023").groups) == 7 and "退役军人" in load_pack("anqing-2023").groups


def test_y08_personnel_kinds_with_their_conditions() -> None:
    pack = load_pack("yuncheng-2022")
    assert [rule.kind for rule in pack.personnel] == list(PersonKind)
    assert pack.personnel_rule(PersonKind.retired_official).min_years == 5
    assert pack.personnel_rule(PersonKind.law_scholar).needs_qualification
    relaxed = pack.personnel_rule(PersonKind.relaxed)
    assert relaxed.needs_approval and relaxed.must_be_lay
    assert "四（一）3" in relaxed.clause


def test_y09_roster_rules() -> None:
    roster = load_pack("yuncheng-2022").roster
    assert (roster.centre_min_hours, roster.station_min_hours) == (8, 4)
    assert (roster.station_per_week, roster.station_min_per_month) == (1, 1)
    assert roster.centre_every_workday and roster.is_published_ahead
    assert load_pack("ganyu-2021").roster.centre_min_hours is None


def test_y16_base_pay() -> None:
    rates = load_pack("yuncheng-2022").rates
    assert rates.base_fen == {"市中心": 20000, "县中心": 20000, "工作站": 30000}
    assert (rates.outreach_pay_fen, rates.court_pay_fen) == (30000, None)
    assert rates.minimum_seconds == {"市中心": 28800, "县中心": 28800, "工作站": 14400}


def test_y17_deductions_and_their_clauses() -> None:
    rates = load_pack("yuncheng-2022").rates
    assert (rates.d1_fen, rates.d2_fen, rates.d3_fen, rates.ban_count) == (1000, 5000, 5000, 3)
    assert rates.d4_fen == {"市中心": 10000, "县中心": 10000, "工作站": 15000}
    assert rates.clause("D1") == "运司通〔2022〕3号 五（二）1（1）"
    assert rates.clauses["D5"][1].startswith("经核实值班日不在岗")
    assert {"public", "base", "minimum", "court", "D1", "D2", "D3", "D4", "D4M", "D5"} <= set(rates.clauses)


def test_y19_case_subsidy_and_y12_window() -> None:
    pack = load_pack("yuncheng-2022")
    assert pack.value("cases.base_fen") == 100000
    assert pack.value("case_window.approved_after") == date(2021, 10, 1)
    assert len(pack.lists["matters"].items) == 4


def test_y12_the_misquoted_act_is_kept_and_flagged() -> None:
    item = load_pack("yuncheng-2022").lists["matters"].items[3]
    assert "《法律援助条例》第二十五条第二款" in load_pack("yuncheng-2022").clause_text(item.clause)
    assert "之误" in item.note


def test_y20_y21_fund_calendar() -> None:
    days = {rule.name: rule.days for rule in load_pack("yuncheng-2022").calendar}
    assert (days["city_to_counties"], days["county_to_bureau"]) == (5, 5)
    assert (days["county_fund_report"], days["city_fund_report"], days["county_plan"]) == (15, 20, 10)


def test_q03_spot_checks_and_checklist() -> None:
    pack = load_pack("qinshui-2023")
    assert pack.value("supervision.spot_checks_per_month") == 4
    assert len(pack.names("inspection_checklist")) == 9


def test_q11_monthly_report_on_the_10th_at_16() -> None:
    rule = next(one for one in load_pack("qinshui-2023").calendar if one.name == "monthly_report")
    assert (rule.day, rule.hour) == (10, 16)


def test_g01_g12_figures() -> None:
    pack = load_pack("ganyu-2021")
    assert pack.target("320707", "recipients").amount == 1350
    assert pack.value("targets.recipients_per_10000") == 13
    assert [pack.value(f"ratios.{name}") for name in ("timely_archived_min", "cases_checked_min")] == [50, 30]
    assert pack.value("cases.failed_pay") == 0


def test_j14_j13_j07_j06_figures() -> None:
    pack = load_pack("jian-2018")
    assert (pack.target("3608", "cases").amount, pack.target("3608", "other_matters").amount) == (4500, 35000)
    assert [pack.value(f"staffing.{name}") for name in ("city_min", "county_min", "pro_bono_hours")] == [
        5,
        3,
        24,
    ]
    assert [pack.value(f"funds.{name}") for name in ("city_per_head_fen", "county_per_head_fen")] == [25, 50]
    assert sum(site.level == Level.county and site.kind == "司法局" for site in pack.sites) == 13


def test_j12_self_assessment_by_19_december() -> None:
    rule = next(one for one in load_pack("jian-2018").calendar if one.name == "self_assessment")
    assert rule.on == date(2018, 12, 19)


def test_the_older_review_limit_ends_with_2021() -> None:
    pack = load_pack("ganyu-2021")
    old, new = pack.figures["deadlines.review_workdays_before_2022"], pack.figures["deadlines.review_days"]
    assert old.holds_on(date(2021, 12, 31)) and not old.holds_on(date(2022, 1, 1))
    assert new.holds_on(date(2022, 1, 1)) and not new.holds_on(date(2021, 12, 31))


def test_y13_the_lists_of_the_law_hold_from_2022(pack: Pack) -> None:
    for name in ("law_matters", "no_means_matters", "law_exemptions"):
        found = pack.lists[name]
        assert found.holds_on(date(2022, 1, 1)) and not found.holds_on(date(2021, 12, 31))
        assert all(pack.clause_text(item.clause) for item in found.items)
    assert all(item.note for item in pack.lists["law_exemptions"].items)


@pytest.mark.parametrize("key", ["ganyu-2021", "anqing-2023", "jian-2018"])
def test_packs_without_rates_say_so(key: str) -> None:
    assert load_pack(key).rates is None
    assert as_json(load_pack(key))["rates_note"] == "本方案未定标准"


def test_qinshui_inherits_rates_with_their_own_clause_but_not_targets() -> None:
    pack, parent = load_pack("qinshui-2023"), load_pack("yuncheng-2022")
    assert pack.inherits == "yuncheng-2022"
    assert pack.rates == parent.rates
    assert pack.rates.clause("base") == "运司通〔2022〕3号 五（二）1"
    assert pack.groups == parent.groups and pack.topics != parent.topics
    assert pack.value("case_window.approved_after") is None
    assert (pack.value("case_window.closed_in_year"), pack.setting("approved_from")) == (2023, "2022-10-01")
    assert {target.year for target in pack.targets} == {2023}


def test_g09_g07_ganyu_keeps_every_group_that_its_document_names() -> None:
    groups = set(load_pack("ganyu-2021").groups)
    assert groups >= {"低收入家庭", "支出型困难家庭", "高龄老人", "孤寡老人", "失能老人", "失独老人", "困境儿童", "重度残疾人",
                      "重病患者", "临时遇困人员", "生活无着人员", "外来（外出）务工人员", "流动人口", "农民工", "无保户",
                      "低保户", "伤残军人", "军烈属", "脱贫不稳定户", "边缘易致贫户", "获得司法救助人员"}  # fmt: skip


def test_y10_qinshui_keeps_its_own_topics_and_those_of_the_document_it_follows() -> None:
    own, followed = load_pack("qinshui-2023").lists["topics"], load_pack("yuncheng-2022").topics
    named = {item.value for item in own.items if not item.is_extra}
    assert named == {"征地拆迁", "土地权属", "婚姻家庭", "赡养抚养", "入学就医", "社会保障"}
    assert set(own.words) >= set(followed)
