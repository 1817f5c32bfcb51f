"""Offices whose programs are a contract apart exchange everything, and an upgrade reads what was kept (case 52, 53)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.bundle.reading import open_bundle
from app.models.schema import CONTRACT
from app.services.exchange.outcome import Outcome
from app.services.money.compute import month_ledger
from app.services.office.health import Health
from app.values import Month
from tests.exchange.forging import forge, person
from tests.exchange.newer_program import NewerProgram
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.restoring import approve, backed_up, restored

Three = tuple[Place, Place, Place]
AT = "2022-05-10T01:00:00.000000Z"
PERSON = {"id": "p-1", "name": "甲某", "other_name": "小甲", "kind": "律师", "is_public_servant": 0,
          "organisation": "", "licence": "", "qualification": "", "specialties": "[]", "relaxed_approval": "",
          "badge_code": "", "is_active": 1, "inactive_reason": ""}  # fmt: skip


def duty(row_id: str, **fields: Any) -> dict[str, Any]:
    """A published duty, as it is stored."""
    return {"id": row_id, "site": JIEZHOU, "on": "2022-05-10", "kind": "站点值班", "person_id": "p-1", "version": 1,
            "ranges": '[["09:00:00","12:00:00"]]', "note": "", **fields}  # fmt: skip


def health(place: Place) -> dict[str, tuple[bool, str]]:
    """What `huimin check` says, by item."""
    return {item.key: (item.is_good, item.text) for item in place.ask(Health())}


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
    assert outcome.outcome == Outcome.applied and "2 条由较新的程序写成" in outcome.text
    assert (county.count("duty"), county.count("person"), county.count("returned_entry")) == (2, 1, 0)

    told = newer.run(county, read=("tiny", "duty", "person", "unknown_word", "returned_entry", "office"))[
        "rows"
    ]
    assert {(row["id"], row["lamps"]) for row in told["tiny"]} == {("t-1", 3), ("t-2", 5)}
    assert {(row["id"], row["colour"]) for row in told["duty"]} == {("d-1", "红"), ("d-2", "黑")}
    assert [row["other_name"] for row in told["person"]] == ["小甲"]
    assert told["unknown_word"] == told["returned_entry"] == []
    assert told["office"][0]["contract"] == CONTRACT + 1


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
    assert [outcome for outcome, _ in told["outcomes"]] == [Outcome.applied]
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


def test_case_53_check_lists_the_words_it_does_not_know_until_they_are_known(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    assert health(county)["words"] == (True, "都认识")
    county.take(*sent_by_newer(newer, station))
    is_good, words = health(county)["words"]
    assert not is_good and words.startswith("值班的“值班类别”写作“夜间值班”，1 条")


def test_case_53_a_word_taken_back_is_no_longer_listed(three: Three, newer: NewerProgram) -> None:
    county, station, _ = three
    county.take(*sent_by_newer(newer, station))
    told = newer.run(station, removed=[("duty", "d-2")], stick=str(station.stick))
    county.take(*(station.stick / name for name in told["files"]))
    assert health(county)["words"] == (True, "都认识")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("punch", {"site": JIEZHOU, "person_id": "p-1", "direction": "by", "at": AT, "on": "2022-05-10", "pair_id": "",
                   "origin": "paper", "confirmed_by": "", "mono": 0, "boot": "", "grade": "green", "grade_reason": ""}),
        ("punch", {"site": JIEZHOU, "person_id": "p-1", "direction": "in", "at": AT, "on": "2022-05-10", "pair_id": "",
                   "origin": "paper", "confirmed_by": "", "mono": 0, "boot": "", "grade": "mauve", "grade_reason": ""}),
        ("spot_check", {"site": JIEZHOU, "at": AT, "on": "2022-05-10", "person_id": "p-1", "method": "卫星",
                        "result": "在岗", "is_justified": None, "verdict": "待核实", "inspector": "", "entered_by": ""}),
        ("spot_check", {"site": JIEZHOU, "at": AT, "on": "2022-05-10", "person_id": "p-1", "method": "电话",
                        "result": "早退", "is_justified": None, "verdict": "待核实", "inspector": "", "entered_by": ""}),
        ("complaint", {"site": JIEZHOU, "at": AT, "on": "2022-05-10", "person_id": "p-1", "consultation_id": "",
                       "consultation_number": "", "verdict": "部分属实", "entered_by": ""}),
        ("correction", {"site": JIEZHOU, "person_id": "p-1", "direction": "by", "at": AT, "on": "2022-05-10",
                        "punch_id": "", "asked_by": "甲", "asked_at": AT}),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_case_53_an_unknown_word_is_kept_listed_and_stops_nobody(
    three: Three, table: str, row: dict[str, Any]
) -> None:
    county, station, _ = three
    forge(station, "person", person(station, "p-1"), {"name": "甲某"})
    forge(station, "duty", {**duty("d-1"), "writer": JIEZHOU})
    forge(station, table, {"id": "x-1", "writer": JIEZHOU, **row})
    (outcome,) = county.take(*(station.stick / one.file for one in station.export()))
    assert outcome.outcome == Outcome.applied and county.count("returned_entry") == 0
    assert county.count(table) == 1 and county.count("unknown_word") == 1
    assert not health(county)["words"][0]
    with county.office._dispatcher.looking(county.actor) as look:
        facts = month_ledger(look, Month(2022, 5)).facts
    assert [fact.id for fact in facts.duties] == ["d-1"]
    assert not (facts.attendances or facts.spot_checks or facts.complaints)


def test_case_53_an_unknown_rating_audit_or_kind_of_person_leaves_the_record_counted(three: Three) -> None:
    county, station, _ = three
    record = {"site": JIEZHOU, "serial": 1, "number": "1", "at": AT, "on": "2022-05-10", "person_id": "p-1",
              "id_kind": "", "is_id_refused": 0, "groups": "[]", "channel": "", "topics": "[]", "handling": "",
              "is_aid_mentioned": 0, "is_told_once": 0, "is_home_visit_needed": 0, "is_green": 0,
              "missing": "[]", "recorded_by": "甲", "revision": 1}  # fmt: skip
    forge(station, "person", person(station, "p-1", kind="公证员"), {"name": "甲某"})
    forge(station, "consultation", {"id": "c-1", "writer": JIEZHOU, **record})
    forge(station, "consultation_audit", {"id": "a-1", "writer": JIEZHOU, "site": JIEZHOU, "consultation_id": "c-1",
                                          "result": "优秀", "audited_by": "甲", "audited_at": AT})  # fmt: skip
    told = {"writer": JIEZHOU, "site": JIEZHOU, "consultation_id": "c-1", "channel": "现场", "rated_by": "甲"}
    forge(station, "consultation_rating", {"id": "r-1", "rating": "很好", "at": AT, **told})
    county.take(*(station.stick / one.file for one in station.export()))
    assert county.count("unknown_word") == 3
    with county.office._dispatcher.looking(county.actor) as look:
        facts = month_ledger(look, Month(2022, 5)).facts
    assert [(fact.id, fact.audit, fact.rating) for fact in facts.consultations] == [("c-1", None, None)]


def test_case_62_check_counts_the_rows_that_others_name_and_nobody_has(three: Three) -> None:
    county, station, _ = three
    assert health(county)["references"] == (True, "都找得到")
    forge(station, "duty", {**duty("d-1"), "writer": JIEZHOU})
    county.take(*(station.stick / one.file for one in station.export()))
    is_good, words = health(county)["references"]
    assert not is_good and words.startswith("值班的“值班人员”，1 条")
    forge(station, "person", person(station, "p-1"), {"name": "甲某"})
    county.take(*(station.stick / one.file for one in station.export()))
    assert health(county)["references"] == (True, "都找得到")


def test_a_travelling_table_is_checked_named_and_summed_by_what_its_class_declares(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    rows = [
        {"id": "t-1", "site": JIEZHOU, "lamps": 3},
        {"id": "t-2", "site": JIEZHOU, "lamps": 5},
        {"id": "t-3", "site": JIEZHOU, "lamps": "many"},
    ]
    told = newer.run(station, added={"tiny": rows}, stick=str(station.stick))
    file = station.stick / told["files"][0]
    with file.open("rb") as data:
        reader = open_bundle(data, county.office.safe.site_keys, contract=2, site=county.office.identity.code)
        totals = reader.manifest.slices[0].totals
    assert totals == {"entries": 3, "lanterns": 3, "lamps": 8}

    told = newer.run(county, take=[str(file)], read=("tiny", "returned_entry"))
    assert {(row["id"], row["lamps"]) for row in told["rows"]["tiny"]} == {("t-1", 3), ("t-2", 5)}
    assert [row["fault"] for row in told["rows"]["returned_entry"]] == ["“盏数”的内容不合格式"]
    assert told["contents"] == ["灯笼 3 条"]


def test_case_56_what_came_late_of_a_restored_station_stays_listed_only_after_an_upgrade(
    three: Three, newer: NewerProgram
) -> None:
    county, station, _ = three
    kept = backed_up(station)
    late = sent_by_newer(newer, station)
    station = restored(station, kept)
    county.take(station.export()[0].file)
    approve(county, station)
    assert "只列出不计入" in county.take(*late)[0].text
    told = newer.run(county, read=("tiny", "duty", "person"))["rows"]
    assert told == {"tiny": [], "duty": [], "person": []}
    station.office.close()
