"""The command line erases what the window erases, with the same rights and sentences (case 65)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.cli_inside import CENTRE, PEOPLE, REGISTER, bureau
from tests.journeys.office_runner import write_sheet

ASKED = ("--reason", "本人书面申请")


def test_case_65_a_record_and_a_person_by_number_and_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("juzhang", "leader")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, leader = ("--user", "banshi"), ("--user", "juzhang")
    county("import", "people", write_sheet(tmp_path / "p.xlsx", PEOPLE, [["卫明", "律师", "1"]]), *clerk)
    line = dict.fromkeys(REGISTER, "") | {
        "编号": "0007", "时间": "2022-05-10 08:40", "站点": CENTRE, "值班人员": "卫明", "咨询人": "李桂花",
        "联系电话": "13800006021", "咨询内容": "工地欠薪",
    }  # fmt: skip
    county(
        "import", "consultations", write_sheet(tmp_path / "c.xlsx", REGISTER, [list(line.values())]), *clerk
    )

    erase = ("erase", "consultation", "0007")
    assert county(*erase, *ASKED, *clerk, expect=1).err.startswith("E001")
    assert county(*erase, "--dry-run", *clerk, expect=1).err.startswith("E001")
    assert county(*erase, *leader, expect=1).err.startswith("E887")
    tried = county(*erase, "--dry-run", *leader).document
    assert (tried["is_erased"], tried["kinds"][0]["title"], tried["kinds"][0]["rows"]) == (False, "咨询", 1)
    done = county(*erase, *ASKED, *leader)
    assert done.document == tried | {"is_erased": True} and "李桂花" not in done.out + done.err
    assert county(*erase, *ASKED, *leader, expect=1).err.startswith("E888")
    assert county("erase", "consultation", "9999", *ASKED, *leader, expect=1).err.startswith("E881")

    assert county("erase", "person", "卫明", *ASKED, *leader, expect=1).err.startswith("E884")
    assert county("erase", "person", "没有人", *ASKED, *leader, expect=1).err.startswith("E881")


def test_case_65_somebody_of_a_register_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    for name, role in (("banshi", "clerk"), ("juzhang", "leader")):
        county("user", "add", name, "--role", role, "--user", "admin")
    clerk, leader = ("--user", "banshi"), ("--user", "juzhang")
    headings = ["名册", "姓名", "卡号", "列入理由", "列入日期"]
    sheet = write_sheet(
        tmp_path / "f.xlsx", headings, [["惠民卡", "李桂花", "HM001", "低保户", "2022-05-01"]]
    )
    assert county("import", "focus", sheet, "--dry-run", *clerk).document["accepted"] == 1
    assert county("import", "focus", sheet, *clerk).document["stored"]
    erase = ("erase", "focus", "HM001", *ASKED)
    assert county(*erase, *leader, expect=1).err.startswith("E837")
    [one] = county("focus", "list", *clerk).document
    county("focus", "remove", one["id"], "--because", "迁出", "--until", "2022-05-09", *clerk)
    assert county(*erase, *clerk, expect=1).err.startswith("E001")
    assert county(*erase, *leader).document["kinds"][0]["title"] == "重点人员"
    assert county(*erase, *leader, expect=1).err.startswith("E881")
    assert county("erase", "note", "x", *ASKED, *leader, expect=1).err.startswith("E881")
