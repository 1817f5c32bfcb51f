"""Supervision by the command line: evidence is told and explained, a draw announced, a fault mended and passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.cli_inside import COMPLAINTS, PEOPLE, ROSTER, STATION, bureau
from tests.journeys.office_runner import write_sheet


def test_y24_y27_supervision_by_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("shenhe", "reviewer")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, reviewer = ("--user", "banshi"), ("--user", "shenhe")
    county("import", "people", write_sheet(tmp_path / "p.xlsx", PEOPLE, [["卫明", "律师", "1"]]), *clerk)
    roster = [["2022-05-10", STATION, "09:00-13:00", "卫明", "站点值班"]]
    county("import", "roster", write_sheet(tmp_path / "r.xlsx", ROSTER, roster), *clerk)
    county("roster", "publish", "--month", "2022-05", *clerk)
    told = [["2022-05-10 10:00", STATION, "卫明", "", "态度生硬", ""]]
    county("import", "complaints", write_sheet(tmp_path / "c.xlsx", COMPLAINTS, told), *clerk)

    [row] = county("hear", "list", "--month", "2022-05", *clerk).document
    assert (row["name"], row["procedure"]) == ("卫明", "to_notify")
    assert county("hear", "notify", row["id"], *clerk).document["due_on"]
    assert county("decide", row["id"], "approve", "--reason", "录音", *reviewer, expect=1).err.startswith(
        "E151"
    )
    county("hear", "explain", row["id"], "--text", "那天人多", "--by", "本人电话", *clerk)
    county("decide", row["id"], "approve", "--reason", "录音", *reviewer)
    words = county("hear", "list", "--month", "2022-05", *clerk, as_json=False).out
    assert "卫明" in words and "已核实" in words

    assert county("draw", "2022-05", "--announce", *reviewer, expect=1).err.startswith("E158")
    assert county("draw", "2022-05", *clerk, as_json=False).out.strip() == "这个月还没有公布指纹。"

    made = county(
        "inspect", "record", STATION, "--by", "赵查", "--mark", "标识醒目=不符合", "--owner", "李所长",
        "--due", "2030-01-01", *clerk,
    ).document  # fmt: skip
    [problem] = county("problem", "list", *clerk).document
    assert [problem["id"]] == made["problems"] and problem["state"] == "open"
    county("problem", "mend", problem["id"], "--text", "换了新牌子", *clerk)
    county("problem", "recheck", problem["id"], "passed", "--text", "看过了", *reviewer)
    assert county("problem", "list", *clerk).document == []
    assert county(
        "problem", "add", STATION, "--text", "没有台账", "--owner", "李所长", "--due", "2030-01-01", *clerk
    )
    assert "待整改" in county("problem", "list", *clerk, as_json=False).out

    county(
        "meeting",
        "record",
        "五月例会",
        "--on",
        "2022-05-10",
        "--who",
        "各所",
        "--minutes",
        "布置排班",
        *clerk,
    )
    assert county("meeting", "list", "--month", "2022-05", *clerk).document["done"] == 1
    county("measure", "note", "1", "--text", "方案已报", "--on", "2022-03-20", *clerk)
    [first, *_] = county("measure", "list", *clerk).document
    assert (first["number"], first["state"]) == ("1", "done")
