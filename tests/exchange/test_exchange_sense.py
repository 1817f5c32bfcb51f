"""Rows that make no sense are turned back on the way in, and one that is stored already stops nobody else's pay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from app.rules.pay.lines import ExceptionKind
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.exchange.faults_back import ReturnedEntries
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.money.month_pay import ComputeSettlement
from app.services.office.health import Health
from app.services.people.add_person import AddPerson
from app.services.supervision.evidence_month import EvidenceMonth
from app.values import Month
from tests.exchange.forging import forge, signed_bundle
from tests.exchange.offices import JIEZHOU, LONGJU, Place

Three = tuple[Place, Place, Place]
EVIDENCE = {"site": JIEZHOU, "at": "2022-05-06T02:00:00.000000Z", "on": "2022-05-06", "person_id": "p1"}


def duty(row_id: str, site: str = JIEZHOU, **fields: Any) -> dict[str, Any]:
    """A duty's row as the log of a station has it."""
    return {
        "id": row_id, "writer": site, "site": site, "on": "2022-05-06", "kind": "站点值班", "person_id": "p1",
        "ranges": '[["09:00:00","13:00:00"]]', "version": 1, "note": "", **fields,
    }  # fmt: skip


def send(station: Place, county: Place) -> Any:
    """The outcome of the station's next bundle."""
    return county.take(station.export()[0].file)[0]


@pytest.mark.parametrize("ranges", [
    "[]", '[["13:00:00","09:00:00"]]', '[["09:00:00","09:00:00"]]', '[["14:00:00","18:00:00"],["09:00:00","12:00:00"]]',
    '[["09:00:00","12:00:00"],["11:00:00","13:00:00"]]', "{}",
])  # fmt: skip
def test_a_duty_without_sensible_ranges_goes_back(three: Three, ranges: str) -> None:
    county, station, _ = three
    forge(station, "duty", duty("good"))
    forge(station, "duty", duty("bad", ranges=ranges))
    assert send(station, county).outcome == "APPLIED"
    assert [row.row_id for row in county.ask(ReturnedEntries())] == ["bad"]
    assert len(county.ask(ComputeSettlement("2022-05")).lines) == 1


@pytest.mark.parametrize(("table", "row"), [
    ("duty", duty("bad", kind="")),
    ("spot_check", EVIDENCE | {"method": "电话", "result": "", "is_justified": None, "verdict": "待核实", "inspector": "", "entered_by": ""}),
    ("complaint", EVIDENCE | {"consultation_id": "", "consultation_number": "", "verdict": "", "entered_by": ""}),
    ("punch", EVIDENCE | {"direction": "in", "pair_id": "", "origin": "kiosk", "confirmed_by": "", "mono": 0,
                          "boot": "", "grade": "purple", "grade_reason": ""}),
])  # fmt: skip
def test_words_that_no_sum_knows_are_kept_and_are_one_exception(
    three: Three, table: str, row: dict[str, Any]
) -> None:
    county, station, _ = three
    forge(station, table, {"id": "bad", "writer": JIEZHOU} | row)
    send(station, county)
    assert county.count(table) == 1
    found = county.ask(ComputeSettlement("2022-05"))
    assert not found.lines
    assert [(one.kind, one.subject) for one in found.exceptions] == [("pending", "bad")]
    assert county.ask(ExceptionsList(Month(2022, 5)))


@pytest.mark.parametrize(("table", "row_id"), [("表" * 65, "x"), ("leave", "x" * 201)], ids=["table", "id"])
def test_names_and_ids_have_a_length(three: Three, tmp_path: Path, table: str, row_id: str) -> None:
    county, station, _ = three
    forge(station, table, {"id": row_id, "writer": JIEZHOU})
    [outcome] = county.take(signed_bundle(station, tmp_path / "long.hmb"))
    assert (outcome.outcome, outcome.code, outcome.applied) == ("REFUSED", "E708", 0)
    assert county.count("received_entry") == 0


def test_a_stored_row_without_sense_is_one_exception_and_the_others_are_settled(three: Three) -> None:
    county, station, other = three
    forge(station, "duty", duty("d1"))
    forge(other, "duty", duty("d2", LONGJU))
    send(station, county)
    send(other, county)
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE duty SET ranges = '[]' WHERE id = 'd1'"))
    found = county.ask(ComputeSettlement("2022-05"))
    assert [line.key for line in found.lines] == ["d2"]
    [senseless] = [one for one in found.exceptions if one.subject == "d1"]
    assert (senseless.kind, senseless.site) == ("pending", JIEZHOU)
    assert "值班" in senseless.text and "没有计入" in senseless.text
    assert "d1" in [one.id for one in county.ask(ExceptionsList(Month(2022, 5)))]


@pytest.mark.parametrize(("table", "row"), [
    ("complaint", EVIDENCE | {"consultation_id": "", "consultation_number": "", "verdict": "待核实", "entered_by": ""}),
    ("spot_check", EVIDENCE | {"method": "电话", "result": "脱岗", "is_justified": None, "verdict": "待核实",
                               "inspector": "", "entered_by": ""}),
])  # fmt: skip
def test_evidence_that_an_older_program_deleted_stays_and_is_marked(
    three: Three, table: str, row: dict[str, Any]
) -> None:
    county, station, _ = three
    forge(station, table, {"id": "e1", "writer": JIEZHOU} | row)
    send(station, county)
    assert "e1" in [one.id for one in county.ask(ExceptionsList(Month(2022, 5)))]
    forge(station, table, {"id": "e1"}, op="void")
    forge(station, table, {"id": "e1"}, op="void")
    assert send(station, county).outcome == "APPLIED"
    assert (county.count(table), county.count("voided")) == (1, 1)
    assert "e1" not in [one.id for one in county.ask(ExceptionsList(Month(2022, 5)))]
    assert [item.key for item in county.ask(Health()) if item.key == "rows" and not item.is_good] == []


def test_nobody_voids_anothers_evidence(three: Three) -> None:
    county, station, other = three
    check = {
        "method": "电话",
        "result": "脱岗",
        "is_justified": None,
        "verdict": "待核实",
        "inspector": "",
        "entered_by": "",
    }
    forge(station, "spot_check", {"id": "e1", "writer": JIEZHOU} | EVIDENCE | check)
    send(station, county)
    forge(other, "voided", {"id": "v1", "writer": LONGJU, "site": LONGJU, "tbl": "spot_check", "row_id": "e1",
                            "voided_by": "x", "voided_at": "2022-05-07T01:00:00.000000Z"})  # fmt: skip
    forge(other, "spot_check", {"id": "e1"}, op="void")
    send(other, county)
    assert "e1" in [one.id for one in county.ask(ExceptionsList(Month(2022, 5)))]


def decision(row_id: str, subject: str, subject_id: str, site: str) -> dict[str, Any]:
    """A station's word that a row counts."""
    return {
        "id": row_id, "writer": site, "site": site, "subject": subject, "subject_id": subject_id, "is_approved": 1,
        "decided_by": "x", "decided_at": "2022-05-09T01:00:00.000000Z",
    }  # fmt: skip


def test_a_station_decides_about_its_own_rows_only(three: Three) -> None:
    """A 补签 of 解州 that 龙居 approves still waits; its own station's word lets it count."""
    county, station, other = three
    forge(station, "duty", duty("d1"))
    for direction, clock in (("in", "01:00"), ("out", "05:00")):
        asked = {"id": f"c-{direction}", "writer": JIEZHOU, "site": JIEZHOU, "person_id": "p1", "direction": direction,
                 "at": f"2022-05-06T{clock}:00.000000Z", "on": "2022-05-06", "punch_id": "", "asked_by": "y",
                 "asked_at": "2022-05-07T01:00:00.000000Z"}  # fmt: skip
        forge(station, "correction", asked)
        forge(other, "decision", decision(f"theirs-{direction}", "correction", f"c-{direction}", LONGJU))
    send(station, county)
    send(other, county)
    may = Month(2022, 5)
    waiting = ["c-in", "c-out"]
    assert county.count("decision") == 2
    assert sorted(one.id for one in county.ask(ExceptionsList(may)) if one.id in waiting) == waiting
    assert county.ask(ComputeSettlement("2022-05")).total_fen == 0
    for direction in ("in", "out"):
        forge(station, "decision", decision(f"own-{direction}", "correction", f"c-{direction}", JIEZHOU))
    send(station, county)
    assert [one.id for one in county.ask(ExceptionsList(may)) if one.id in waiting] == []
    assert county.ask(ComputeSettlement("2022-05")).total_fen == 30000


def test_y09_no_station_says_that_a_short_duty_counts(three: Three) -> None:
    county, station, _ = three
    forge(station, "duty", duty("short-d1", ranges='[["09:00:00","10:00:00"]]'))
    forge(station, "punch", EVIDENCE | {"id": "in1", "writer": JIEZHOU, "direction": "in", "pair_id": "",
          "at": "2022-05-06T01:00:00.000000Z", "origin": "paper", "confirmed_by": "", "mono": 0, "boot": "",
          "grade": "green", "grade_reason": ""})  # fmt: skip
    forge(station, "decision", decision("own", "duty", "short-d1", JIEZHOU))
    send(station, county)
    found = county.ask(ComputeSettlement("2022-05"))
    assert [one.subject for one in found.exceptions if one.kind is ExceptionKind.short_roster] == ["short-d1"]
    county.do(Decide("short-d1", True, "山路塌方，县局同意"))
    found = county.ask(ComputeSettlement("2022-05"))
    assert [one.subject for one in found.exceptions if one.kind is ExceptionKind.short_roster] == []


def test_a_station_gets_the_bureaus_void_of_a_check_it_has(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    person = county.do(AddPerson(name="卫明", kind="律师", licence="11408201510000001"))
    sheet = Workbook()
    sheet.active.append(("时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"))
    sheet.active.append((f"{county.clock.at:%Y-%m-%d} 08:00", JIEZHOU, "卫明", "电话", "不在岗"))
    sheet.save(tmp_path / "checks.xlsx")
    made = county.do(ImportWorkbook("spotchecks", tmp_path / "checks.xlsx"))
    county.clock.advance(timedelta(hours=1))
    station.clock.at = county.clock.at

    def seen() -> list[str]:
        [bundle] = county.export(JIEZHOU)
        station.take(bundle.file)
        return [one.person_id for one in station.ask(EvidenceMonth(Month(2022, 5))).checks]

    assert seen() == [person]
    county.do(UndoImport(made.id))
    county.clock.advance(timedelta(hours=1))
    station.clock.at = county.clock.at
    assert seen() == []
    assert (station.count("spot_check"), station.count("voided")) == (1, 1)
