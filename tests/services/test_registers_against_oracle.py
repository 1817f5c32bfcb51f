"""A register imported as a sheet is listed and paid as a recomputation by the programme's words says (Y12 Y19 Y25)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from openpyxl import Workbook
from sqlalchemy import text

from app.case_values import CaseKind, CaseStage
from app.services.cases.settle_cases import CaseQuarter
from app.services.funds.set_standard import SetStandard
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from tests.oracle.random_registers import registers
from tests.oracle.register_oracle import settled
from tests.services.case_desk import CaseDesk
from tests.services.conftest import COUNTY, Desk

SMALL_COUNTY, TARGET = "140823", 70
JULY = date(2022, 7, 20)
Line = dict[str, str]
TABLE = [
    {"from": date(2021, 1, 1), "kind": "民事", "stage": None, "fen": 180000},
    {"from": date(2021, 1, 1), "kind": "民事", "stage": "再审", "fen": 100000},
    {"from": date(2021, 1, 1), "kind": "刑事", "stage": None, "fen": 80000},
    {"from": date(2021, 1, 1), "kind": "刑事", "stage": "侦查", "fen": 80000},
    {"from": date(2022, 5, 1), "kind": "行政", "stage": None, "fen": 120000},
]
ASKED = ("counted", "outcome", "place", "fund", "grade", "special_fen", "business_fen", "project_fen")
PLAIN: Line = {
    "案号": "援字〔2022〕第1号", "省系统编号": "SX1", "录入日期": "2022-05-20", "受援人": "李某", "人群类别": "农民工", "案件类型": "民事",
    "事项": "劳动报酬", "诉讼或非诉讼": "诉讼", "诉讼阶段": "一审", "法律依据": "援31", "承办机构": "河东律师事务所", "承办人": "卫明",
    "承办人类别": "社会律师", "申请日": "2021-09-25", "批准日": "2022-01-05", "指派日": "2022-01-07", "结案日": "2022-05-20",
    "归档日": "2022-06-10", "质量等级": "合格", "核验人": "赵验",
}  # fmt: skip


@pytest.fixture
def county(make_desk: Callable[..., Desk]) -> Desk:
    """A county of seventy cases a year, in July, with a standard for most kinds."""
    desk = make_desk(replace(COUNTY, code=SMALL_COUNTY, name="闻喜县司法局"), "county")
    CaseDesk(desk).today(JULY)
    for row in TABLE:
        stage = CaseStage(row["stage"]) if row["stage"] else None
        desk.do(SetStandard(row["from"], CaseKind(row["kind"]), stage, row["fen"]))  # type: ignore[arg-type]
    return desk


def imported(desk: Desk, folder: Path, lines: list[Line]) -> Any:
    headings = list(dict.fromkeys(name for line in lines for name in line))
    book = Workbook()
    for row in (headings, *([line.get(name, "") for name in headings] for line in lines)):
        book.worksheets[0].append(row)
    path = folder / "cases.xlsx"
    book.save(path)
    report = desk.do(ImportWorkbook("cases", path))
    assert (report.accepted, report.refused) == (len(lines), ())
    return report


def listed(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        one["number"]: {name: one[name] for name in ASKED} | {"unmet": [part["key"] for part in one["unmet"]]}
        for one in document["cases"]
    }


def test_y12_y19_any_register_is_paid_as_the_oracle_says(county: Desk, tmp_path: Path) -> None:
    @given(registers())
    @hypothesis_settings(
        max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
    )
    def check(lines: list[Line]) -> None:
        report = imported(county, tmp_path, lines)
        try:
            for quarter in ((2022, 1), (2022, 2)):
                found = county.ask(CaseQuarter("{}-Q{}".format(*quarter))).document
                assert listed(found) == settled(lines, TABLE, TARGET, quarter)
        finally:
            county.do(UndoImport(report.id))

    check()
    with county.office.database.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM case_stale")) == 0


WAITS, PAYS, ZERO = "waits", "pays", "zero"
VECTORS: dict[str, tuple[Line, tuple[str, int, int, int]]] = {
    "1 counted at a standard of the base": ({"诉讼阶段": "再审"}, (PAYS, 100000, 0, 0)),
    "2 counted": ({}, (PAYS, 100000, 80000, 0)),
    "3 failed": ({"质量等级": "不合格"}, (ZERO, 0, 0, 0)),
    "4 all but entered": ({"省系统编号": ""}, (WAITS, 0, 0, 0)),
    "5 not entered and approved before": ({"录入日期": "", "批准日": "2021-09-30"}, (PAYS, 0, 180000, 0)),
    "6 approved on the first day": ({"批准日": "2021-10-01"}, (PAYS, 100000, 80000, 0)),
    "7 25(1) at the investigation": (
        {"案件类型": "刑事", "诉讼阶段": "侦查", "法律依据": "援25-1"},
        (PAYS, 0, 80000, 0),
    ),
    "8 arbitration": ({"诉讼或非诉讼": "非诉讼", "诉讼阶段": "仲裁"}, (PAYS, 0, 180000, 0)),
    "10 lottery": ({"资金来源": "彩票公益金", "批准日": "2021-09-30"}, (PAYS, 0, 80000, 100000)),
    "11 agency's own staff": ({"承办人类别": "法律援助机构工作人员"}, (ZERO, 0, 0, 0)),
}
"""By the rows of the table in the county's reading: name → what differs from a plain case, and outcome with its 分."""


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_through_the_sheet_and_the_quarters_list(county: Desk, tmp_path: Path, name: str) -> None:
    changed, expected = VECTORS[name]
    lines = [PLAIN | changed]
    imported(county, tmp_path, lines)
    found = listed(county.ask(CaseQuarter("2022-Q2")).document)
    assert found == settled(lines, TABLE, TARGET, (2022, 2))
    [line] = found.values()
    assert tuple(line[key] for key in ("outcome", "special_fen", "business_fen", "project_fen")) == expected


def test_vector_9_the_last_to_be_archived_is_beyond_the_target(county: Desk, tmp_path: Path) -> None:
    days = ["2022-06-30", *(f"2022-06-{1 + at % 28:02d}" for at in range(TARGET))]
    lines = [PLAIN | {"案号": f"援字〔2022〕第{at}号", "归档日": day} for at, day in enumerate(days, 1)]
    imported(county, tmp_path, lines)
    found = listed(county.ask(CaseQuarter("2022-Q2")).document)
    assert found == settled(lines, TABLE, TARGET, (2022, 2))
    assert {number for number, line in found.items() if not line["place"]} == {"援字〔2022〕第1号"}
    beyond = found["援字〔2022〕第1号"]
    assert (beyond["special_fen"], beyond["business_fen"]) == (0, 180000)
