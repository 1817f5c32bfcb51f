"""Offices whose programs are a contract apart exchange everything, and an upgrade reads what was kept (case 52, 53)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services.exchange.outcome import APPLIED
from app.services.money.compute import month_ledger
from app.values import Month
from tests.exchange.forging import forge, person
from tests.exchange.newer_program import NewerProgram
from tests.exchange.offices import JIEZHOU, Place

Three = tuple[Place, Place, Place]
PERSON = {"id": "p-1", "name": "甲某", "other_name": "小甲", "kind": "律师", "is_public_servant": 0,
          "organisation": "", "licence": "", "qualification": "", "specialties": "[]", "relaxed_approval": "",
          "badge_code": "", "is_active": 1, "inactive_reason": ""}  # fmt: skip


def duty(row_id: str, **fields: Any) -> dict[str, Any]:
    """A published duty, as it is stored."""
    return {"id": row_id, "site": JIEZHOU, "on": "2022-05-10", "kind": "站点值班", "person_id": "p-1", "version": 1,
            "ranges": '[["09:00:00","12:00:00"]]', "note": "", **fields}  # fmt: skip


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> NewerProgram:
    return NewerProgram(tmp_path_factory.mktemp("newer"))


def sent_by_newer(newer: NewerProgram, station: Place) -> list[Path]:
    """A station whose program is ahead writes what only it knows, beside what everybody knows."""
    told = newer.run(
        station,
        added={
            "person": [PERSON],
            "duty": [duty("d-1", colour="红"), duty("d-2", kind="夜间值班", on="2022-05-11", colour="黑")],
            "tiny": [{"id": "t-1", "site": JIEZHOU, "lamps": 3}, {"id": "t-2", "site": JIEZHOU, "lamps": 5}],
        },
        stick=str(station.stick),
    )
    return [station.stick / name for name in told["files"]]


def test_case_53_rows_of_a_newer_program_are_taken_and_what_is_not_known_waits_for_an_upgrade(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    (outcome,) = county.take(*sent_by_newer(newer, station))
    assert outcome.outcome == APPLIED and "2 条由较新的程序写成" in outcome.text
    assert (county.count("duty"), county.count("person"), county.count("returned_entry")) == (2, 1, 0)

    told = newer.run(county, read=("tiny", "duty", "person", "unknown_word", "returned_entry", "office"))[
        "rows"
    ]
    assert {(row["id"], row["lamps"]) for row in told["tiny"]} == {("t-1", 3), ("t-2", 5)}
    assert {(row["id"], row["colour"]) for row in told["duty"]} == {("d-1", "红"), ("d-2", "黑")}
    assert [row["other_name"] for row in told["person"]] == ["小甲"]
    assert told["unknown_word"] == told["returned_entry"] == []
    assert told["office"][0]["contract"] == 2


def test_case_53_a_row_taken_back_before_the_upgrade_does_not_come_again(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    county.take(*sent_by_newer(newer, station))
    told = newer.run(station, removed=[("tiny", "t-1"), ("duty", "d-1")], stick=str(station.stick))
    county.take(*(station.stick / name for name in told["files"]))
    rows = newer.run(county, read=("tiny", "duty"))["rows"]
    assert [row["id"] for row in rows["tiny"]] == ["t-2"] and [row["id"] for row in rows["duty"]] == ["d-2"]


def test_case_52_rows_of_an_older_program_are_raised_to_the_present_contract(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    values = {"writer": JIEZHOU}
    forge(station, "person", person(station, "p-1"), {"name": "甲某"})
    forge(station, "duty", {**duty("d-1", kind="下乡"), **values})
    forge(station, "duty", {**duty("d-2", on="2022-05-11"), **values})
    forge(station, "leave", {"id": "l-1", "person_id": "p-1", "starts_at": "2022-05-12T08:00:00",
                             "ends_at": "2022-05-12T18:00:00", "is_cancelled": 0, **values})  # fmt: skip
    files = [str(station.stick / one.file) for one in station.export()]
    told = newer.run(county, take=files, read=("duty", "leave", "person", "returned_entry"))
    assert [outcome for outcome, _ in told["outcomes"]] == [APPLIED]
    rows = told["rows"]
    assert {row["id"]: row["colour"] for row in rows["duty"]} == {"d-1": "绿", "d-2": "白"}
    assert [row["days"] for row in rows["leave"]] == [1] and rows["person"][0]["other_name"] is None
    assert rows["returned_entry"] == []


def test_case_53_a_duty_of_an_unknown_kind_is_left_out_and_the_others_are_settled(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    county.take(*sent_by_newer(newer, station))
    with county.office._dispatcher.looking(county.actor) as look:
        found = month_ledger(look, Month(2022, 5))
    assert [fact.id for fact in found.facts.duties] == ["d-1"]
