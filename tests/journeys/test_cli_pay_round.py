"""A month from paper sheets to the bank and back: complaint, statement, dispute, failed transfer, debt (Y18, Y24, Y29)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.journeys.cli_inside import (
    ATTENDANCE,
    COMPLAINTS,
    OTHER_STATION,
    PEOPLE,
    ROSTER,
    STATION,
    Inside,
    bureau,
)
from tests.journeys.office_runner import write_sheet

CLERK, MAKER, CHECKER, PAYER = (("--user", name) for name in ("banshi", "shenhe", "juzhang", "caiwu"))
ACCOUNTS = [*PEOPLE, "开户行", "银行账号"]
POOL = [
    ["卫明", "律师", "1", "农业银行", "6228480031234567894"],
    ["孙丽", "律师", "2", "建设银行", "6217000340002222000"],
    ["贺志强", "律师", "3", "", ""],
]
HOURS, CAME, LEFT = "09:00-13:00", "09:00", "13:00"


class Round:
    """A county that keeps paper sheets for its stations, and the folder its files stand in."""

    def __init__(self, county: Inside, folder: Path) -> None:
        self.county, self.folder = county, folder

    def take(self, kind: str, headings: list[str], rows: list[list[object]], who: Any = CLERK) -> None:
        made = write_sheet(self.folder / f"{kind}-{len(list(self.folder.iterdir()))}.xlsx", headings, rows)
        assert self.county("import", kind, made, *who).document["accepted"] == len(rows)

    def served(self, month: str, *duties: tuple[int, str, str, str]) -> None:
        """Duties as rostered and as the paper says they were served: day, site, who, when the person came."""
        days = [(f"{month}-{day:02d}", site, who, came) for day, site, who, came in duties]
        self.take("roster", ROSTER, [[on, site, HOURS, who, "站点值班"] for on, site, who, _ in days])
        self.county("roster", "publish", "--month", month, *CLERK)
        paper = [[site, who, f"{on} {came}", f"{on} {LEFT}", "柴秀英"] for on, site, who, came in days]
        self.take("attendance", ATTENDANCE, paper)

    def settled(self, month: str) -> dict[str, tuple[int, int]]:
        """Name → what the month comes to and what is handed over, in yuan."""
        found = self.county("settle", "--month", month, "--final", *MAKER).document
        return {one["name"]: (one["net_fen"] // 100, one["payable_fen"] // 100) for one in found["people"]}

    def paid(self, month: str, voucher: str) -> dict[str, int]:
        """Name → yuan, of the next batch made, checked and paid by three."""
        batch = self.county("batch", "make", month, "--cash-reason", "尚未开户", *MAKER).document["id"]
        self.county("batch", "check", batch, "approve", *CHECKER)
        self.county("pay", month, "--date", "2022-10-01", "--voucher", voucher, "--batch", batch, *PAYER)
        [made] = [
            one
            for one in self.county("batch", "list", "--month", month, *PAYER).document
            if one["id"] == batch
        ]
        assert made["state"] == "已发放"
        return {one["name"]: one["fen"] // 100 for one in made["items"]}


@pytest.fixture
def round_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    county = bureau(tmp_path / "county")
    monkeypatch.setenv("HUIMIN_NEW_PASSWORD", county.password)
    roles = ("clerk", "reviewer", "leader", "cashier")
    for name, role in zip(("banshi", "shenhe", "juzhang", "caiwu"), roles, strict=True):
        county("user", "add", name, "--role", role, "--user", "admin")
    made = Round(county, tmp_path)
    made.take("people", ACCOUNTS, POOL)
    for name in ("卫明", "孙丽"):
        county("payee", "confirm", name, *MAKER)
    return made


def test_y29_a_month_of_paper_is_told_disputed_paid_returned_and_made_good(
    round_: Round, tmp_path: Path
) -> None:
    county = round_.county
    round_.served(
        "2022-05",
        (10, STATION, "卫明", "09:10"),
        (11, OTHER_STATION, "卫明", CAME),
        (12, STATION, "孙丽", CAME),
        (13, STATION, "贺志强", CAME),
    )
    complaint = ["2022-05-12 10:00", STATION, "孙丽", "", "态度生硬", "属实"]
    round_.take("complaints", COMPLAINTS, [complaint], MAKER)
    assert round_.settled("2022-05") == {"卫明": (550, 550), "孙丽": (250, 250), "贺志强": (300, 300)}

    told = {one["name"]: one for one in county("statement", "list", "--month", "2022-05", *MAKER).document}
    assert {one["state"] for one in told.values()} <= {"待本人答复", "未答复，视为确认"}
    county("setting", "set", "pack.silence_confirms", "否", "--reason", "市局口径", "--user", "admin")
    county("statement", "confirm", "孙丽", "--month", "2022-05", *CLERK)
    late = next(
        line["duty_id"]
        for one in county("settle", "--month", "2022-05", *MAKER).document["people"]
        for line in one["lines"]
        if line["deductions"] and one["name"] == "卫明"
    )
    dispute = ("statement", "dispute", "卫明", "--month", "2022-05", "--reason", "8:58 已到", "--duty", late)
    county(*dispute, *CLERK)
    [open_one] = [
        one
        for person in county("statement", "list", "--month", "2022-05", *MAKER).document
        for one in person["disputes"]
    ]
    assert round_.paid("2022-05", "记-1") == {"卫明": 300, "孙丽": 250, "贺志强": 300}
    answer = ("statement", "answer", open_one["id"], "uphold", "--reason", "监控 08:58", "--duty", late)
    assert county(*answer, "--to", "300", *CLERK, expect=1).err.startswith("E001")
    county(*answer, "--to", "300", *MAKER)
    assert county(*answer, "--to", "300", *MAKER, expect=1).err.startswith("E847")
    assert round_.paid("2022-05", "记-2") == {"卫明": 250}, "what was decided after a payment comes in June"

    county("reverse", "2022-05", "孙丽", "--code", "账号户名不符", "--reason", "银行回单", *PAYER)
    again = county("batch", "make", "2022-05", *MAKER).document["id"]
    county("batch", "check", again, "approve", *CHECKER)
    bank = county("batch", "bank", again, "--out", tmp_path / "代发.xlsx", *PAYER).document
    assert (bank["transfers"], bank["total_fen"]) == (1, 25000)
    page = load_workbook(tmp_path / "代发.xlsx").worksheets[0]
    assert [cell.value for cell in page[2]] == [
        "孙丽",
        "6217000340002222000",
        "建设银行",
        250,
        "2022年5月值班补贴",
    ]
    county("pay", "2022-05", "--date", "2022-10-01", "--voucher", "记-3", "--batch", again, *PAYER)
    twice = ("pay", "2022-05", "--date", "2022-10-01", "--voucher", "记-4", "--batch", again)
    assert county(*twice, *PAYER, expect=1).err.startswith("E876")
    report = county("report", "failed-payments", "--period", "2022-05", *PAYER).document
    assert "账号户名不符" in str(report) and "孙丽" in str(report)

    sham = [["2022-05-13 10:00", STATION, "贺志强", "实地", "虚假值班", "", "", "属实", "郭晓东"]]
    checks = ["时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"]
    round_.take("spotchecks", checks, sham, MAKER)
    assert round_.settled("2022-06") == {"卫明": (50, 50), "贺志强": (-300, 0)}
    assert round_.paid("2022-06", "记-5") == {"卫明": 50}
    round_.served("2022-07", (5, STATION, "贺志强", CAME), (6, OTHER_STATION, "贺志强", CAME))
    assert round_.settled("2022-07") == {"贺志强": (600, 300)}
    assert round_.paid("2022-07", "记-6") == {"贺志强": 300}
    [july] = county("batch", "list", "--month", "2022-07", *PAYER).document
    assert [one["taken_fen"] for one in july["items"]] == [30000] and july["cash_fen"] == 30000
    out = tmp_path / "明细.pdf"
    county("statement", "export", "贺志强", "--month", "2022-07", "--out", out, *MAKER)
    assert out.stat().st_size > 1000
    county("batch", "sheet", july["id"], "--out", tmp_path / "批次.pdf", *PAYER)
    assert (tmp_path / "批次.pdf").stat().st_size > 1000
