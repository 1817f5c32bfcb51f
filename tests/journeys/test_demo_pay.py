"""The demonstration's pay, recomputed from its exported ledgers by the independent oracle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from openpyxl import load_workbook

from app.demo.run import DemoOrder, run_demo
from app.kernel.packs import load_pack
from app.values import Month
from tests.journeys.office_runner import OfficeRunner
from tests.journeys.played_demo import Played, played
from tests.oracle.pay_oracle import pay_of_month

__all__ = ["played"]
Row = dict[str, Any]
FOLDER = "documents"
PLAYED_TWICE = "qinshui-2023"
_BELOW = ("合计", "制表人：")


def ledger(folder: Path, key: str, heading: str) -> list[Row]:
    """The rows of an exported ledger as text under its headings."""
    rows = list(load_workbook(folder / FOLDER / f"{key}.xlsx").worksheets[0].iter_rows(values_only=True))
    top = next(number for number, row in enumerate(rows) if heading in row)
    headings = [str(cell) for cell in rows[top]]
    return [
        dict(zip(headings, map(_text, row), strict=True))
        for row in rows[top + 1 :]
        if _is_entry(row, headings)
    ]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:%Y-%m-%d}" if hasattr(cell, "strftime") else str(cell)


def _is_entry(row: tuple[object, ...], headings: list[str]) -> bool:
    """A ledger's own line: not the totals, notes or signatures below it."""
    return (
        sum(cell is not None for cell in row) >= 3
        and len(row) == len(headings)
        and not str(row[0]).startswith(_BELOW)
    )


def entries(folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """Everything the pay depends on, under the headings of the workbooks."""
    people = ledger(folder, "people", "人员类别")
    attendance = ledger(folder, "attendance", "签到时间")
    roster = [row for row in ledger(folder, "roster", "时段") if not row["变更"]]
    taken = [row for row in attendance if row["考勤"].startswith("临时值班，已认可")]
    roster += [_as_duty(row) for row in taken]
    sites = {row["站点"]: "县中心" if "服务中心" in row["站点"] else "工作站" for row in roster}
    yield "sites", [{"站点": name, "类型": kind} for name, kind in sites.items()]
    yield "people", people
    yield "roster", roster
    yield "attendance", [row for row in attendance if row["签到时间"]]
    yield "spotchecks", ledger(folder, "spotchecks", "方式")
    yield "consultations", ledger(folder, "consultations", "值班人员")
    yield "complaints", ledger(folder, "complaints", "被投诉人")


def _as_duty(row: Row) -> Row:
    """A duty without a roster entry that was approved counts as rostered for the time it was attended."""
    kind = "中心值班" if "服务中心" in row["站点"] else "站点值班"
    times = f"{row['签到时间'][11:]}-{row['签退时间'][11:]}"
    return {"日期": row["日期"], "站点": row["站点"], "时段": times, "姓名": row["姓名"], "值班类型": kind}


def test_y16_y17_y18_the_pay_sheet_is_what_the_rules_give(played: Played) -> None:
    folder, summary = played
    expected = pay_of_month("2022-05", **dict(entries(folder)))
    assert expected["total_fen"] == summary["total_fen"] > 0
    settled = OfficeRunner(folder / "county", "Huimin-demo-1")(
        "--user", "admin", "settle", "--month", "2022-05"
    ).document
    paid = {person["name"]: person["net_fen"] for person in settled["people"]}
    assert paid == {name: fen for name, fen in expected["net_fen"].items() if name in paid}
    assert not any(fen for name, fen in expected["net_fen"].items() if name not in paid)
    sheet = {
        row["姓名\n身份证号"].partition("\n")[0]: row
        for row in ledger(folder, "补贴发放表", "姓名\n身份证号")
    }
    for name, fen in paid.items():
        if fen:
            assert float(sheet[name]["实发"]) * 100 == fen, name


def test_y04_the_demonstrations_posters_tell_whom_to_call_and_who_publishes(
    played: Played,
) -> None:
    posters = sorted((played[0] / FOLDER).glob("值班公示表-*.pdf"))
    assert len(posters) >= 6
    for file in posters:
        with pdfplumber.open(file) as document:
            last = document.pages[-1].extract_text()
            assert len(document.pages) <= 2 and last.count("0359-") == 2 and "公示单位" in last, file


def test_p08_lateness_is_told_in_minutes_and_seconds(played: Played) -> None:
    rows = ledger(played[0], "attendance", "签到时间")
    told = [row["迟到"] for row in rows if row["考勤"] in ("迟到", "迟到早退")]
    assert told and all(re.fullmatch(r"(\d+ 小时 ?)?(\d+ 分 ?)?(\d+ 秒)?", text) for text in told), told
    assert not any(row["迟到"] for row in rows if row["考勤"] == "正常")


def test_the_check_finds_nothing_in_the_offices_of_the_demonstration(
    played: Played,
) -> None:
    for name in ("county", "station"):
        office = OfficeRunner(played[0] / name, "Huimin-demo-1")
        items = office("--user", "admin", "check", expect=None).document["items"]
        bad = {item["key"]: item["text"] for item in items if not item["is_good"]}
        words = {"words"} if name == "county" else set()  # the row without sense that it was sent
        assert bad.keys() & {"words"} == words
        assert bad.keys() <= {"backups", "rehearsal", "queue", "references", "alarms", "clock"} | words, bad


def test_the_demonstration_tells_every_story(played: Played) -> None:
    _, summary = played
    assert summary["people"] >= 20
    assert summary["consultations"] >= 300
    assert summary["sites"] >= 6
    assert {"D1", "D2", "D3", "D4", "D4M", "D5"} <= set(summary["deductions"])
    assert summary["refusals"] == []
    assert set(summary["bundles"]) == {"APPLIED"}
    assert summary["waiting_at_stations"] == 0
    assert summary["came_back_to_restored_station"] > 0
    assert summary["total_fen"] == 822000, "what comes after the payment changes nothing of the month paid"
    assert (summary["set_aside"], summary["late_changes_waiting"]) == (1, 1)
    assert summary["owed_fen"] > 0


def test_what_was_paid_too_much_is_owed_in_the_month_after(played: Played) -> None:
    folder, summary = played
    office = OfficeRunner(folder / "county", "Huimin-demo-1")
    after = office("--user", "admin", "settle", "--month", "2022-06").document
    assert sum(person["owed_fen"] for person in after["people"]) == summary["owed_fen"]
    assert after["total_fen"] < 0


@pytest.mark.parametrize(
    ("pack", "month"),
    [
        ("qinshui-2023", Month(2023, 5)),
        ("ganyu-2021", Month(2021, 6)),
        ("anqing-2023", Month(2023, 6)),
        ("jian-2018", Month(2018, 6)),
    ],
)
def test_every_pack_runs_end_to_end(tmp_path: Path, pack: str, month: Month) -> None:
    summary = run_demo(
        DemoOrder(tmp_path / "out", pack, month, is_small=True, has_pictures=False), lambda words: None
    )
    assert summary["refusals"] == []
    assert set(summary["bundles"]) == {"APPLIED"}
    if pack == PLAYED_TWICE:
        again = DemoOrder(tmp_path / "again", pack, month, is_small=True, has_pictures=False)
        assert run_demo(again, lambda words: None) == summary, "the same seed gives the same figures"
    assert (summary["total_fen"] > 0) == (load_pack(pack).rates is not None)
