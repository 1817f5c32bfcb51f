"""One month of a county and a station, end to end, by the command line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.cli_inside import ATTENDANCE, CHECKS, REGISTER, ROSTER, ready_to_pay
from tests.journeys.office_runner import OfficeRunner, write_sheet

PEOPLE = [
    "姓名",
    "人员类别",
    "是否公职",
    "所属机构",
    "执业证号",
    "资格证号",
    "业务年限",
    "联系电话",
    "专业特长",
    "执业起始年",
    "身份证号",
    "放宽批准文号",
    "开户行",
    "银行账号",
]


def person(name: str, licence: str, public: str = "否") -> list[object]:
    return [
        name,
        "律师",
        public,
        "明理律师事务所",
        licence,
        "",
        "",
        "13900001111",
        "婚姻家庭、劳动",
        2015,
        "",
        "",
        "",
        "",
    ]


def visit(number: str, when: str, person_name: str, **changed: str) -> list[object]:
    row = {
        "编号": number,
        "时间": when,
        "站点": "解州镇",
        "值班人员": person_name,
        "咨询人": "李桂花",
        "性别": "女",
        "证件号": "",
        "拒绝提供证件": "是",
        "联系电话": "13800006021",
        "人群类别": "农民",
        "咨询方式": "来访",
        "事项类别": "土地承包",
        "咨询内容": "承包地界线与邻居有争议",
        "答复意见": "先申请村委会调解，保留承包合同",
        "处理方式": "解答",
        "满意度": "满意",
        "审核结果": "",
        **changed,
    }
    return [row[heading] for heading in REGISTER]


@pytest.fixture
def county(tmp_path: Path) -> OfficeRunner:
    runner = OfficeRunner(tmp_path / "county", "Yanhu-2022")
    made = runner("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin").document
    assert len(made["recovery_code"].split("-")) == 8
    return runner


def test_one_month_by_the_command_line(county: OfficeRunner, tmp_path: Path) -> None:
    station = OfficeRunner(tmp_path / "station", "Jiezhou-2022")
    people = write_sheet(
        tmp_path / "people.xlsx",
        PEOPLE,
        [
            person("卫明", "11408201510000001"),
            person("孙丽", "11408201510000002"),
            person("贺志强", "11408201510000003", "是"),
        ],
    )
    assert county("import", "people", people).document["accepted"] == 3
    assert county("import", "people", people).document["unchanged"] == 3

    invited = county("invite", "解州镇", "--out", tmp_path / "invitation").document
    enrolled = station(
        "enrol", tmp_path / "invitation", "--out", tmp_path / "answer", "--admin", "clerk"
    ).document
    admitted = county("admit", tmp_path / "answer").document
    assert invited["site"] == enrolled["site"] == admitted["site"] == "140802100"
    assert enrolled["fingerprint"] == admitted["fingerprint"]

    roster = write_sheet(
        tmp_path / "roster.xlsx",
        ROSTER,
        [
            ["2022-05-10", "解州镇", "09:00-13:00", "卫明", "站点值班"],
            ["2022-05-17", "解州镇", "09:00-13:00", "孙丽", "站点值班"],
            ["2022-05-24", "解州镇", "09:00-13:00", "贺志强", "站点值班"],
            ["2022-05-10", "140802-01", "08:00-12:00；14:30-18:30", "孙丽", "中心值班"],
        ],
    )
    assert county("import", "roster", roster).document["accepted"] == 4
    county("roster", "publish", "--month", "2022-05")
    stick = tmp_path / "stick"
    stick.mkdir()
    county("bundle", "export", "--to", stick)
    [down] = station("bundle", "import", stick).document
    assert down["outcome"] == "APPLIED"
    assert station("bundle", "import", stick).document[0]["outcome"] == "NOOP"

    attendance = write_sheet(
        tmp_path / "attendance.xlsx",
        ATTENDANCE,
        [
            ["解州镇", "卫明", "2022-05-10 09:12:34", "2022-05-10 13:00:00", ""],
            ["解州镇", "孙丽", "2022-05-17 08:57:00", "2022-05-17 13:00:10", "柴秀英"],
            ["解州镇", "贺志强", "2022-05-24 08:50:00", "2022-05-24 13:01:00", ""],
        ],
    )
    assert station("import", "attendance", attendance).document["accepted"] == 3
    register = write_sheet(
        tmp_path / "register.xlsx",
        REGISTER,
        [
            visit("1", "2022-05-10 09:40", "卫明"),
            visit("2", "2022-05-10 10:20", "卫明", 答复意见=""),
            visit("3", "2022-05-17 09:30", "孙丽", 事项类别="土地承包、婚姻家庭"),
        ],
    )
    assert station("import", "consultations", register).document["accepted"] == 3
    station("submit", "--month", "2022-05")
    refused = station(
        "import",
        "consultations",
        write_sheet(tmp_path / "late.xlsx", REGISTER, [visit("9", "2022-05-17 10:30", "孙丽")]),
        expect=1,
    )
    assert refused.document["refused"][0]["row"] == 2
    up = tmp_path / "up"
    up.mkdir()
    station("bundle", "export", "--to", up)

    [arrived] = county("bundle", "import", up).document
    assert arrived["outcome"] == "APPLIED"
    checks = write_sheet(
        tmp_path / "checks.xlsx",
        CHECKS,
        [
            ["2022-05-17 10:00", "解州镇", "孙丽", "电话", "脱岗", "下村办事未登记", "否", "", "郭晓东"],
            ["2022-05-10 10:00", "解州镇", "卫明", "系统", "在岗", "", "", "", "郭晓东"],
        ],
    )
    assert county("import", "spotchecks", checks).document["accepted"] == 2
    county(
        "import",
        "attendance",
        write_sheet(
            tmp_path / "centre.xlsx",
            ATTENDANCE,
            [["140802-01", "孙丽", "2022-05-10 07:58:00", "2022-05-10 18:31:00", ""]],
        ),
    )
    county("review", "140802100", "2022-05", "approve", "--reason", "核对无误")

    settled = county("settle", "--month", "2022-05", "--final", "--out", tmp_path / "pay.xlsx").document
    nets = {person["name"]: person["net_fen"] for person in settled["people"]}
    assert nets == {"卫明": 30000 - 5000 - 1000, "孙丽": 30000 - 15000 + 20000, "贺志强": 0}
    assert settled["total_fen"] == sum(nets.values())
    assert (tmp_path / "pay.xlsx").stat().st_size > 0
    again = county("settle", "--month", "2022-05", "--final").document
    assert again["people"] == settled["people"]
    ready_to_pay(county, "2022-05")
    county("pay", "2022-05", "--date", "2022-06-15", "--voucher", "记-0615-01")

    reply = tmp_path / "reply"
    reply.mkdir()
    county("bundle", "export", "--to", reply)
    [back] = station("bundle", "import", reply).document
    assert back["outcome"] == "APPLIED"
    status = station("bundle", "status").document
    assert status["waiting"] == 0
    assert county("bundle", "status").document["waiting"] > 0
    for office in (county, station):
        items = office("check", expect=None).document["items"]
        assert [item["key"] for item in items if not item["is_good"]] == ["backups"]


def test_wrong_password_and_wrong_usage(county: OfficeRunner) -> None:
    stranger = OfficeRunner(county.data, "falsch-1234")
    refused = stranger("check", expect=1)
    assert refused.err.startswith("E002")
    assert refused.out == ""
    county("settle", expect=2)


def test_bad_input_is_told_plainly_and_changes_nothing(county: OfficeRunner, tmp_path: Path) -> None:
    county(
        "import",
        "people",
        write_sheet(tmp_path / "people.xlsx", PEOPLE, [person("卫明", "11408201510000001")]),
    )
    wrong_sheet = county("import", "roster", tmp_path / "people.xlsx", expect=1)
    assert wrong_sheet.err.startswith("E22")
    unknown = write_sheet(
        tmp_path / "unknown.xlsx",
        [*ROSTER, "备注二"],
        [["2022-05-10", "解州镇", "09:00-13:00", "卫明", "站点值班", ""]],
    )
    assert "备注二" in county("import", "roster", unknown, expect=1).err
    bad_date = write_sheet(
        tmp_path / "date.xlsx", ROSTER, [["2022-02-30", "解州镇", "09:00-13:00", "卫明", "站点值班"]]
    )
    assert county("import", "roster", bad_date, expect=1).document["refused"][0]["code"] == "E210"
    stranger = write_sheet(
        tmp_path / "stranger.xlsx", ROSTER, [["2022-05-10", "解州镇", "09:00-13:00", "无此人", "站点值班"]]
    )
    refused = county("import", "roster", stranger, expect=1).document
    assert refused["refused"][0]["column"] == "姓名"
    assert Path(refused["marked_copy"]).exists()
    bad_id = write_sheet(
        tmp_path / "id.xlsx",
        REGISTER,
        [visit("1", "2022-05-10 09:40", "卫明", 证件号="14052119620307204X", 拒绝提供证件="")],
    )
    assert county("import", "consultations", bad_id, expect=1).document["refused"][0]["code"] == "E203"
