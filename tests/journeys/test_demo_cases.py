"""The demonstration's cases: every state and side path, and a quarter paid as the oracle says of its own sheets (Y12 Y19)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from app.case_values import CaseState
from tests.journeys.office_runner import OfficeRunner
from tests.journeys.played_demo import Played, played
from tests.oracle.register_oracle import settled

__all__ = ["played"]
TARGET = 395
"""Cases of 盐湖区 in 2022 (运司通〔2022〕3号, annex)."""
MONEY = ("outcome", "place", "special_fen", "business_fen", "project_fen")


def rows(path: Path) -> list[dict[str, str]]:
    """A sheet's lines as text under its headings."""
    headings, *lines = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{str(name): str(cell or "") for name, cell in zip(headings, line, strict=True)} for line in lines]


def test_cases_stand_in_every_state_over_two_quarters(played: Played) -> None:
    cases = played[1]["cases"]
    assert played[1]["refusals"] == []
    assert cases["total"] >= 60 and cases["at_station"] >= 3
    assert set(cases["states"]) == set(CaseState)
    paid, open_one = cases["quarters"]
    assert (paid["is_final"], open_one["is_final"]) == (True, False)
    assert set(paid["outcomes"]) == {"pays", "zero", "waits"}
    assert {"已付", "已冲销", "退回"} <= set(paid["pay_states"]) and paid["pay_states"]["已冲销"] == 1
    assert all(cases["paid_fen"][fund] > 0 for fund in ("惠民专项", "业务经费", "彩票公益金"))
    assert open_one["late"] >= 1 and open_one["adjustments"] >= 1 and open_one["adjustments_fen"] < 0


def test_the_paid_quarter_is_what_its_own_sheets_say(played: Played) -> None:
    folder = played[0] / "workbooks"
    table = [
        {
            "from": date.fromisoformat(row["生效日"]),
            "kind": row["案件类型"],
            "stage": row["诉讼阶段"] or None,
            "fen": int(row["标准元"]) * 100,
        }
        for row in rows(folder / "standards.xlsx")
    ]
    expected = settled(rows(folder / "cases.xlsx"), table, TARGET, (2022, 2))
    county = OfficeRunner(played[0] / "county", "Huimin-demo-1")
    found = county("--user", "admin", "case", "settle", "--quarter", "2022-Q2").document
    assert found["final"] is True
    told = {one["number"]: {name: one[name] for name in MONEY} for one in found["cases"]}
    late = set(expected) - set(told)
    assert [expected[number]["outcome"] for number in late] == ["waits"], (
        "entered since, listed a quarter later"
    )
    assert told == {number: {name: expected[number][name] for name in MONEY} for number in told}
    assert sum(one["special_fen"] for one in expected.values()) == found["special_fen"]
