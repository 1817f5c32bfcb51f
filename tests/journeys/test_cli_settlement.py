"""The table of duty pay, from sheets to `settle --json`; the lock, what comes after it, and paying (Y16–Y18, P19–P24)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.cli_inside import (
    ATTENDANCE,
    CENTRE,
    CHECKS,
    COMPLAINTS,
    OTHER_STATION,
    PEOPLE,
    REGISTER,
    ROSTER,
    STATION,
    Inside,
    bureau,
    ready_to_pay,
)
from tests.journeys.office_runner import write_sheet

LINE = {"id", "duty_id", "on", "site", "kind", "base_fen", "deductions", "net_fen", "reasons", "adjusts"}
NAMES = [
    "净中",
    "迟二",
    "缺二",
    "双班",
    "净站",
    "早退",
    "全错",
    "三缺",
    "未核",
    "有理",
    "虚假",
    "公职",
    "同日",
    "单下",
    "法院",
    "缺退",
    "临时",
    "无号",
]


class Month:
    """The sheets of one month as they grow."""

    def __init__(self) -> None:
        self.roster: list[list[object]] = []
        self.attendance: list[list[object]] = []
        self.checks: list[list[object]] = []
        self.register: list[list[object]] = []
        self.complaints: list[list[object]] = []

    def duty(
        self, day: int, site: str, who: str, *spans: str, kind: str = "", came: str = "", left: str = ""
    ) -> None:
        is_centre = site == CENTRE
        spans = spans or (("08:00-12:00", "14:00-18:00") if is_centre else ("09:00-13:00",))
        on = f"2022-05-{day:02d}"
        self.roster.append(
            [on, site, "；".join(spans), who, kind or ("中心值班" if is_centre else "站点值班")]
        )
        start, end = came or spans[0].split("-")[0], left or spans[-1].split("-")[1]
        self.attendance.append([site, who, f"{on} {start}", "" if left == "-" else f"{on} {end}", ""])

    def check(
        self, at: str, site: str, who: str, result: str = "脱岗", justified: str = "否", verdict: str = ""
    ) -> None:
        self.checks.append([f"2022-05-{at}", site, who, "电话", result, "", justified, verdict, "查"])

    def visit(self, number: str, at: str, site: str, who: str, **changed: str) -> None:
        row = {
            "编号": number,
            "时间": f"2022-05-{at}",
            "站点": site,
            "值班人员": who,
            "咨询人": "李桂花",
            "性别": "女",
            "拒绝提供证件": "是",
            "联系电话": "13800006021",
            "人群类别": "农民",
            "咨询方式": "来访",
            "事项类别": "土地承包",
            "咨询内容": "承包地界线",
            "答复意见": "先调解",
            "处理方式": "解答",
            "满意度": "满意",
            **changed,
        }
        self.register.append([row.get(heading, "") for heading in REGISTER])


def sheets() -> Month:
    """Every row of the table, and the cases beside it."""
    m = Month()
    m.duty(10, CENTRE, "净中")
    m.check("10 13:00", CENTRE, "净中")
    m.duty(11, CENTRE, "迟二", came="08:00:01")
    m.visit("c1", "11 09:00", CENTRE, "迟二", 咨询内容="")
    m.visit("c2", "11 09:10", CENTRE, "迟二", 审核结果="不规范")
    m.duty(12, CENTRE, "缺二", came="08:30")
    m.check("12 09:00", CENTRE, "缺二")
    m.check("12 15:00", CENTRE, "缺二")
    m.duty(13, CENTRE, "双班", "08:00-12:00")
    m.duty(13, CENTRE, "双班", "14:00-18:00", came="14:05")
    m.duty(10, STATION, "净站")
    m.duty(11, STATION, "早退", came="09:01", left="12:59")
    m.duty(12, STATION, "全错", came="09:01", left="12:59")
    m.check("12 10:00", STATION, "全错")
    m.visit("s1", "12 10:30", STATION, "全错", 满意度="不满意")
    m.complaints.append(["2022-05-12 10:30", STATION, "全错", "s1", "态度", "属实"])
    for day in (16, 17, 18, 19):
        m.duty(day, STATION, "三缺")
    for day in (16, 17, 18):
        m.check(f"{day} 10:00", STATION, "三缺")
    m.duty(13, STATION, "未核")
    m.visit("s2", "13 10:00", STATION, "未核", 满意度="不满意")
    m.duty(20, STATION, "有理")
    m.check("20 10:00", STATION, "有理", justified="是")
    m.duty(23, STATION, "虚假", "08:30-12:30")
    m.duty(23, OTHER_STATION, "虚假", "14:00-18:00")
    m.check("23 15:00", OTHER_STATION, "虚假", "虚假值班", "", "属实")
    m.duty(24, STATION, "公职")
    m.duty(25, STATION, "同日", "08:00-10:00")
    m.duty(25, STATION, "同日", "10:00-12:00", kind="下乡")
    m.duty(26, STATION, "单下", kind="下乡")
    m.duty(27, STATION, "单下", kind="流动站点")
    m.duty(30, STATION, "法院", kind="值班律师")
    m.duty(31, STATION, "缺退", left="-")
    m.attendance.append([STATION, "临时", "2022-05-30 09:00", "2022-05-30 13:00", "柴"])
    m.check("28 10:00", STATION, "临时")
    m.duty(6, STATION, "无号")
    m.complaints += [
        ["2022-05-06 10:00", STATION, "无号", "", "迟", "属实"],
        ["2022-05-06 20:00", STATION, "无号", "", "迟", "属实"],
    ]
    return m


NETS = {
    "净中": 200,
    "迟二": 130,
    "缺二": 0,
    "双班": 150,
    "净站": 300,
    "早退": 200,
    "全错": 0,
    "三缺": 0,
    "未核": 300,
    "有理": 300,
    "虚假": 0,
    "公职": 0,
    "同日": 300,
    "单下": 600,
    "法院": 0,
    "缺退": 0,
    "无号": 250,
}


def load(office: Inside, month: Month, folder: Path) -> None:
    kinds = (
        ("roster", ROSTER, month.roster),
        ("attendance", ATTENDANCE, month.attendance),
        ("consultations", REGISTER, month.register),
        ("spotchecks", CHECKS, month.checks),
        ("complaints", COMPLAINTS, month.complaints),
    )
    for kind, headings, rows in kinds:
        answer = office("import", kind, write_sheet(folder / f"{kind}.xlsx", headings, rows)).document
        assert (answer["accepted"], answer["refused"]) == (len(rows), [])
        if kind == "roster":
            office("roster", "publish", "--month", "2022-05")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    folder = tmp_path_factory.mktemp("month")
    office = bureau(folder / "county")
    rows = [
        [name, "律师", f"L{number}", "是" if name == "公职" else "否"] for number, name in enumerate(NAMES)
    ]
    office("import", "people", write_sheet(folder / "people.xlsx", [*PEOPLE, "是否公职"], rows))
    load(office, sheets(), folder)
    return office


def nets(settled: Any) -> dict[str, int]:
    return {person["name"]: person["net_fen"] // 100 for person in settled["people"]}


def test_the_table_then_decisions_then_the_lock_and_what_comes_after(county: Inside, tmp_path: Path) -> None:
    draft = county("settle", "--month", "2022-05").document
    assert set(draft) == {"month", "final", "people", "total_fen", "exceptions"}
    assert all(set(line) == LINE for person in draft["people"] for line in person["lines"])
    assert nets(draft) == NETS
    kinds = sorted((one["kind"], one["name"]) for one in draft["exceptions"])
    assert kinds == sorted(
        [
            ("no_sign_out", "缺退"),
            ("unscheduled", "临时"),
            ("pending", "未核"),
            ("pending", "临时"),
            ("pending", "无号"),
        ]
    )

    waiting = {(one["kind"], one["name"]): one for one in county("exceptions", "--month", "2022-05").document}
    assert not waiting["pending", "临时"]["may_decide"]
    county("decide", waiting["unscheduled", "临时"]["id"], "approve", "--reason", "临时顶班")
    county("decide", waiting["pending", "未核"]["id"], "approve", "--reason", "电话核实")
    final = county("settle", "--month", "2022-05", "--final", "--out", tmp_path / "pay.xlsx")
    assert nets(final.document) == {**NETS, "临时": 300, "未核": 250}
    assert county("settle", "--month", "2022-05", "--final").out == final.out
    ready_to_pay(county, "2022-05")
    pay = ("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-01")
    assert len(county(*pay).document["posted"]) == sum(fen > 0 for fen in nets(final.document).values())
    assert county(*pay).document["posted"] == []

    late = [["2022-05-10 11:00", CENTRE, "净中", "实地", "虚假值班", "", "", "属实", "查"]]
    county("import", "spotchecks", write_sheet(tmp_path / "late.xlsx", CHECKS, late))
    june = county("settle", "--month", "2022-06", "--final")
    assert nets(june.document) == {"净中": -200}
    [line] = june.document["people"][0]["lines"]
    assert line["adjusts"] and line["on"] == "2022-05-10"
    assert county("settle", "--month", "2022-06", "--final").out == june.out
    assert county("settle", "--month", "2022-05", "--final").out == final.out
    [owing] = county("settle", "--month", "2022-07", "--final").document["people"]
    assert (owing["name"], owing["lines"]) == ("净中", [])
    assert (owing["net_fen"], owing["debt_fen"], owing["payable_fen"]) == (0, 20000, 0)


def test_outside_its_validity_a_document_settles_only_with_a_reason(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    warned = county("settle", "--month", "2023-05")
    assert "2023-05 不在方案有效期内" in warned.err and warned.document["final"] is False
    refused = county("settle", "--month", "2023-05", "--final", expect=1)
    assert "E869" in refused.err and not refused.out
    county("settle", "--month", "2023-05", "--reason", "只试算", expect=2)
    done = county("settle", "--month", "2023-05", "--final", "--reason", "市局批复沿用")
    assert done.document["final"] is True and "有效期" in done.err
    assert "有效期" not in county("settle", "--month", "2022-05", "--final").err
