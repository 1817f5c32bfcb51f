"""What comes after a roster is put right by the command line: leave, corrections, swaps, adjusted and reversed pay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.cli_inside import ATTENDANCE, PEOPLE, ROSTER, STATION, bureau
from tests.journeys.office_runner import write_sheet


def test_leave_correction_swap_adjustment_and_reversal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("shenhe", "reviewer"), ("caiwu", "cashier")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, reviewer, cashier = ("--user", "banshi"), ("--user", "shenhe"), ("--user", "caiwu")
    people = [["卫明", "律师", "1"], ["孙丽", "律师", "2"]]
    county("import", "people", write_sheet(tmp_path / "p.xlsx", PEOPLE, people), *clerk)
    roster = [[f"2022-05-{day}", STATION, "09:00-13:00", "卫明", "站点值班"] for day in (10, 11, 12)]
    county("import", "roster", write_sheet(tmp_path / "r.xlsx", ROSTER, roster), *clerk)
    county("roster", "publish", "--month", "2022-05", *clerk)
    listed = county("roster", "list", "--month", "2022-05", "--site", STATION, *reviewer).document
    first, second, third = (one["id"] for one in listed)

    leave = ("leave", "卫明", "--from", "2022-05-12", "--reason", "出差")
    assert county(*leave, *reviewer, expect=1).err.startswith("E001")
    made = county(*leave, *clerk).document
    assert (made["starts_at"], made["ends_at"]) == ("2022-05-12 00:00:00", "2022-05-13 00:00:00")
    assert county(*leave, *clerk, expect=1).err.startswith("E448")
    assert county(
        "leave", "没有人", "--from", "2022-05-12", "--reason", "x", *clerk, expect=1
    ).err.startswith("E430")

    swap = ("swap", third, "--to", "孙丽", "--reason", "本人请假")
    assert county(*swap, *reviewer, expect=1).err.startswith("E001")
    assert county(*swap, *clerk).document["version"] == 2
    assert county(*swap, *clerk, expect=1).err.startswith("E408")
    assert county("swap", second, "--time", "13:00-09:00", "--reason", "x", *clerk, expect=1).err.startswith(
        "E212"
    )
    assert county("swap", second, "--reason", "x", *clerk, expect=2).err.startswith("用法不对：换人写 --to")
    moved = county(
        "swap", second, "--time", "08:30-12:30", "--on", "2022-05-13", "--reason", "停电", *clerk
    ).document
    held = county("roster", "list", "--month", "2022-05", "--site", STATION, *clerk).document
    assert [(one["on"], one["name"], one["time"]) for one in held if one["state"] in ("已发布", "已变更")][-1] == (
        "2022-05-13", "卫明", "08:30-12:30",
    ), moved  # fmt: skip

    attendance = [[STATION, "卫明", "2022-05-10 09:00", "", ""]]
    county("import", "attendance", write_sheet(tmp_path / "a.xlsx", ATTENDANCE, attendance), *clerk)
    ask = ("correct", "卫明", "out", "2022-05-10 13:00", "--site", STATION, "--reason", "忘了签退")
    assert county(*ask, *reviewer, expect=1).err.startswith("E001")
    asked = county(*ask, *clerk).document["id"]
    assert county(*ask, *clerk, expect=1).err.startswith("E124")
    county("decide", asked, "approve", "--reason", "核实", *reviewer)

    people = county("settle", "--month", "2022-05", "--final", *reviewer).document["people"]
    [line] = [line for one in people for line in one["lines"] if line["duty_id"] == first]
    assert line["net_fen"] > 0
    adjust = ("adjust", "2022-05", first, "--to", "250.50", "--code", "复核改正", "--reason", "重算")
    assert county(*adjust, *clerk, expect=1).err.startswith("E001")
    assert county(*adjust, *reviewer).document["to_fen"] == 25050
    assert county(*adjust, *reviewer, expect=1).err.startswith("E840")
    assert county(
        "adjust", "2022-05", first, "--to", "1.005", "--reason", "x", *reviewer, expect=1
    ).err.startswith("E870")

    made = ("batch", "make", "2022-05")
    assert county(*made, *reviewer, expect=1).err.startswith("E871 ")
    assert county(*made, *cashier, expect=1).err.startswith("E001")
    batch = county(*made, "--cash-reason", "尚未开户", *reviewer).document["id"]
    assert county("batch", "check", batch, "approve", *reviewer, expect=1).err.startswith("E872")
    pay = ("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-01")
    assert county(*pay, *cashier, expect=1).err.startswith("E875")
    county("batch", "check", batch, "approve", "--user", "admin")
    county("pay", "2022-05", "--date", "2022-06-10", "--voucher", "记-01", *cashier)
    reverse = ("reverse", "2022-05", "卫明", "--code", "转账退回", "--reason", "银行退回")
    assert county(*reverse, *reviewer, expect=1).err.startswith("E001")
    assert county(*reverse, *cashier).document["total_fen"] == -25050
    assert county(*reverse, *cashier, expect=1).err.startswith("E860")
