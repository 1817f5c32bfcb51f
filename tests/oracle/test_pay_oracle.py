"""The oracle itself gives the written vectors of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.pay_oracle import Row, pay_of_month

SITES = [
    {"站点": "中心", "类型": "县中心"},
    {"站点": "市中心", "类型": "市中心"},
    {"站点": "甲站", "类型": "工作站"},
    {"站点": "乙站", "类型": "工作站"},
]
_FULL = dict.fromkeys(
    ("咨询人", "联系电话", "人群类别", "咨询方式", "事项类别", "咨询内容", "答复意见", "处理方式", "证件号"),
    "有",
)


def person(name: str = "张某", public: str = "否") -> Row:
    return {"姓名": name, "是否公职": public, "执业证号": ""}


def duty(day: int, site: str, hours: str, kind: str | None = None) -> Row:
    kind = kind or ("中心值班" if "中心" in site else "站点值班")
    return {"日期": f"2022-05-{day:02d}", "站点": site, "时段": hours, "姓名": "张某", "值班类型": kind}


def punch(day: int, site: str, came: str, left: str) -> Row:
    on = f"2022-05-{day:02d}"
    return {
        "站点": site,
        "姓名": "张某",
        "签到时间": f"{on} {came}",
        "签退时间": f"{on} {left}" if left else "",
    }


def check(day: int, site: str, at: str, result: str, justified: str = "", verdict: str = "") -> Row:
    when = f"2022-05-{day:02d} {at}"
    row = {"时间": when, "站点": site, "姓名": "张某", "结果": result}
    return {**row, "是否正当": justified, "核实": verdict}


def record(day: int, site: str, at: str, number: str, **changed: str) -> Row:
    when = f"2022-05-{day:02d} {at}"
    row = {"编号": number, "时间": when, "站点": site, "值班人员": "张某", "拒绝提供证件": "否"}
    return {**row, **_FULL, "满意度": "满意", "审核结果": "合格", **changed}


def complaint(day: int, site: str, at: str, number: str, verdict: str) -> Row:
    when = f"2022-05-{day:02d} {at}"
    return {"时间": when, "站点": site, "被投诉人": "张某", "咨询编号": number, "核实结果": verdict}


def net(**rows: list[Row]) -> int:
    return result(**rows)["total_fen"] // 100


def result(
    people: list[Row] | None = None, settings: dict[str, Any] | None = None, **rows: Any
) -> dict[str, Any]:
    ledgers = ("roster", "attendance", "spotchecks", "consultations", "complaints")
    given = {name: rows.get(name, []) for name in ledgers}
    return pay_of_month("2022-05", SITES, people or [person()], **given, settings=settings)


CENTRE = [duty(5, "中心", "08:00-12:00；14:30-18:30")]
STATION = [duty(5, "甲站", "09:00-13:00")]
CENTRE_ON_TIME = [punch(5, "中心", "07:55:00", "18:31:00")]
STATION_ON_TIME = [punch(5, "甲站", "08:55:00", "13:00:00")]


@pytest.mark.parametrize("site", ["中心", "市中心"])
def test_y16_centre_clean_200(site: str) -> None:
    roster = [duty(5, site, "08:00-12:00；14:30-18:30")]
    assert net(roster=roster, attendance=[punch(5, site, "08:00:00", "18:30:00")]) == 200


def test_y17_centre_one_late_two_faulty_130() -> None:
    faulty = [
        record(5, "中心", "09:00", "1", 答复意见=" "),
        record(5, "中心", "13:00", "2", 审核结果="不规范"),
    ]
    assert (
        net(roster=CENTRE, attendance=[punch(5, "中心", "08:00:01", "18:30:00")], consultations=faulty) == 130
    )


def test_y17_centre_two_absences_one_late_0() -> None:
    checks = [check(5, "中心", "09:00", "脱岗", "否"), check(5, "中心", "15:00", "脱岗", "否")]
    late = [punch(5, "中心", "08:10:00", "18:30:00")]
    assert net(roster=CENTRE, attendance=late, spotchecks=checks) == 0


def test_y17_centre_two_duties_late_at_the_second_150_in_all() -> None:
    roster = [duty(5, "中心", "08:00-12:00"), duty(5, "中心", "14:00-18:00")]
    rows = [punch(5, "中心", "07:59:00", "12:00:00"), punch(5, "中心", "14:05:00", "18:00:00")]
    assert net(roster=roster, attendance=rows) == 150


def test_y16_station_clean_300() -> None:
    assert net(roster=STATION, attendance=STATION_ON_TIME) == 300


def test_y17_station_late_and_early_200() -> None:
    rows = [punch(5, "甲站", "09:00:01", "12:59:59")]
    assert net(roster=STATION, attendance=rows) == 200
    assert result(roster=STATION, attendance=rows, settings={"late_and_early": "once"})["total_fen"] == 25_000


def test_y17_station_late_early_absent_and_unhappy_0() -> None:
    unhappy = [record(5, "甲站", "10:00", "1", 满意度="不满意")]
    assert (
        net(
            roster=STATION,
            attendance=[punch(5, "甲站", "09:10:00", "12:30:00")],
            spotchecks=[check(5, "甲站", "11:00", "脱岗", "否")],
            consultations=unhappy,
            complaints=[complaint(5, "甲站", "10:00", "1", "属实")],
        )
        == 0
    )


def test_y17_d4m_three_absences_forfeit_all_four() -> None:
    days = (5, 12, 19, 26)
    rows = {
        "roster": [duty(day, "甲站", "09:00-13:00") for day in days],
        "attendance": [punch(day, "甲站", "09:00:00", "13:00:00") for day in days],
    }
    absent = [check(day, "甲站", "11:00", "脱岗", "否") for day in days]
    assert net(**rows, spotchecks=absent[:2]) == 900
    assert net(**rows, spotchecks=absent[:3]) == 0


def test_y17_unverified_unhappy_costs_nothing() -> None:
    unhappy = [record(5, "甲站", "10:00", "1", 满意度="不满意")]
    for complaints in ([], [complaint(5, "甲站", "10:00", "1", "待核实")]):
        found = net(roster=STATION, attendance=STATION_ON_TIME, consultations=unhappy, complaints=complaints)
        assert found == 300


@pytest.mark.parametrize("justified", ["是", ""])
def test_y17_absence_with_good_reason_or_unjudged_300(justified: str) -> None:
    checks = [check(5, "甲站", "11:00", "脱岗", justified)]
    assert net(roster=STATION, attendance=STATION_ON_TIME, spotchecks=checks) == 300


def test_y17_d5_sham_at_one_station_cancels_the_day() -> None:
    roster = [duty(5, "甲站", "08:00-12:00"), duty(5, "乙站", "14:00-18:00"), duty(6, "甲站", "08:00-12:00")]
    rows = [
        punch(5, "甲站", "08:00:00", "12:00:00"),
        punch(5, "乙站", "14:00:00", "18:00:00"),
        punch(6, "甲站", "08:00:00", "12:00:00"),
    ]
    sham = [check(5, "乙站", "15:00", "虚假值班", verdict="属实")]
    assert net(roster=roster, attendance=rows, spotchecks=sham) == 300
    pending = [check(5, "乙站", "15:00", "虚假值班", verdict="待核实")]
    assert net(roster=roster, attendance=rows, spotchecks=pending) == 900


def test_y16_public_servant_0() -> None:
    people = [person(public="是")]
    assert result(people=people, roster=CENTRE, attendance=CENTRE_ON_TIME)["total_fen"] == 0


def test_check_in_the_break_counts_for_nothing() -> None:
    checks = [check(5, "中心", "12:00", "脱岗", "否"), check(5, "中心", "18:30", "脱岗", "否")]
    assert net(roster=CENTRE, attendance=CENTRE_ON_TIME, spotchecks=checks) == 200


def test_no_sign_out_is_not_payable_and_far_sign_in_is_unscheduled() -> None:
    assert net(roster=CENTRE, attendance=[punch(5, "中心", "08:00:00", "")]) == 0
    assert net(roster=STATION, attendance=[punch(5, "甲站", "07:00:00", "13:00:00")]) == 300
    assert net(roster=STATION, attendance=[punch(5, "甲站", "06:59:59", "13:00:00")]) == 0
    assert net(roster=STATION, attendance=[punch(5, "甲站", "13:00:00", "15:00:00")]) == 0


def test_leaving_at_noon_and_returning_is_one_attendance() -> None:
    noon = [punch(5, "中心", "08:00:00", "12:00:00"), punch(5, "中心", "14:30:00", "18:30:00")]
    assert net(roster=CENTRE, attendance=noon) == 200
    assert net(roster=CENTRE, attendance=[noon[0], punch(5, "中心", "14:30:00", "")]) == 0


def test_station_with_outreach_is_one_session_and_outreach_alone_pays_300() -> None:
    roster = [duty(5, "甲站", "08:30-12:00"), duty(5, "甲站", "14:30-17:30", "下乡")]
    rows = [punch(5, "甲站", "08:30:00", "12:00:00"), punch(5, "甲站", "14:30:00", "17:30:00")]
    assert net(roster=roster, attendance=rows) == 300
    assert net(roster=roster[1:], attendance=rows[1:]) == 300


def test_one_matter_once_unless_set_otherwise() -> None:
    rows = {
        "roster": STATION,
        "attendance": STATION_ON_TIME,
        "consultations": [record(5, "甲站", "10:00", "1", 满意度="不满意")],
        "complaints": [complaint(5, "甲站", "10:00", "1", "属实")],
    }
    assert net(**rows) == 250
    assert result(**rows, settings={"same_matter_once": False})["total_fen"] == 20_000


def test_namesakes_are_told_apart_by_licence() -> None:
    people = [{**person(), "执业证号": "1"}, {**person(), "执业证号": "2"}]
    roster = [{**row, "执业证号": "2"} for row in STATION]
    rows = [{**row, "执业证号": "2"} for row in STATION_ON_TIME]
    assert result(people=people, roster=roster, attendance=rows)["net_fen"] == {"1": 0, "2": 30_000}
