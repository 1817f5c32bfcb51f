"""The command line knows the same rights: who imports what, and who confirms an account before it is paid (Y29)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.cli_inside import COMPLAINTS, PEOPLE, ROSTER, STATION, bureau
from tests.journeys.office_runner import write_sheet

ACCOUNTS = [*PEOPLE, "开户行", "银行账号"]
PAY = ("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-01")


def test_y29_accounts_and_verdicts_by_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("shenhe", "reviewer"), ("caiwu", "cashier")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, reviewer, cashier = ("--user", "banshi"), ("--user", "shenhe"), ("--user", "caiwu")
    people = write_sheet(
        tmp_path / "people.xlsx", ACCOUNTS, [["卫明", "律师", "1", "农业银行", "6228480031234567894"]]
    )
    assert county("import", "people", people, *reviewer, expect=1).err.startswith("E001")
    county("import", "people", people, *clerk)
    roster = [["2022-05-10", STATION, "09:00-13:00", "卫明", "站点值班"]]
    county("import", "roster", write_sheet(tmp_path / "roster.xlsx", ROSTER, roster), *clerk)
    county("roster", "publish", "--month", "2022-05", *clerk)
    complaint = [["2022-05-10 10:00", STATION, "卫明", "", "态度生硬", "属实"]]
    report = county(
        "import", "complaints", write_sheet(tmp_path / "c.xlsx", COMPLAINTS, complaint), *clerk
    ).document
    assert (report["accepted"], report["refused"]) == (1, [])
    assert [(one["row"], one["column"], one["code"]) for one in report["set_aside"]] == [
        (2, "核实结果", "E237")
    ]
    attendance = [[STATION, "卫明", "2022-05-10 09:00", "2022-05-10 13:00", ""]]
    headings = ["站点", "姓名", "签到时间", "签退时间", "确认人"]
    county("import", "attendance", write_sheet(tmp_path / "a.xlsx", headings, attendance), *clerk)
    waiting = [one["kind"] for one in county("exceptions", "--month", "2022-05", *reviewer).document]
    assert sorted(waiting) == ["payee", "pending"]
    final = county("settle", "--month", "2022-05", "--final", *reviewer).document
    assert final["total_fen"] == 30000

    make = ("batch", "make", "2022-05")
    assert county(*make, *reviewer, expect=1).err.startswith("E866 卫*的收款账户还没有复核")
    [waits] = county("payee", "list", *cashier).document
    assert (waits["name"], waits["account"]) == ("卫明", "****7894")
    assert county("payee", "confirm", "卫明", *cashier, expect=1).err.startswith("E001")
    assert county("payee", "confirm", "卫明", "--end", "0000", *reviewer, expect=1).err.startswith("E865")
    assert county("payee", "confirm", "卫明", "--end", "7894", *reviewer).document["account"] == "****7894"
    assert county("payee", "list", *reviewer, as_json=False).out.strip() == "没有等待复核的收款账户。"
    batch = county(*make, *reviewer).document["id"]
    county("batch", "check", batch, "approve", "--user", "admin")
    assert [one["fen"] for one in county(*PAY, *cashier).document["posted"]] == [30000]
    assert county("person", "list", "138", *clerk).document == []


def test_a_firms_account_by_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("shenhe", "reviewer")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, reviewer = ("--user", "banshi"), ("--user", "shenhe")
    typed = ("payee", "set-firm", "河东律师事务所", "--bank", "工商银行", "--account")
    assert county(*typed, "1402020009200012345", *reviewer, expect=1).err.startswith("E001")
    assert county(*typed, "1402020009200012345", *clerk).document["id"]
    [waits] = county("payee", "firms", *clerk).document
    assert (waits["firm"], waits["account"], waits["state"]) == ("河东律师事务所", "****2345", "待复核")
    confirm = ("payee", "confirm-firm", "河东律师事务所", "--end")
    assert county(*confirm, "1111", *reviewer, expect=1).err.startswith("E865")
    assert county(*confirm, "2345", *reviewer).document["state"] == "已复核"
    assert "****2345　已复核" in county("payee", "firms", *reviewer, as_json=False).out
