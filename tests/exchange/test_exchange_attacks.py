"""What an admitted station, or somebody with its disk, may try; the county's rows stay what they were."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.bundle.drafts import ChangeSet
from app.bundle.manifest import DOWN
from app.errors import Refused
from app.paths import DataDir
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office
from app.services.exchange.faults_back import ReturnedEntries
from app.services.people.payee import SetPayee
from app.values import DeliveryState
from tests.exchange.forging import (
    Note,
    NoteMany,
    bundle_with,
    cut_tail,
    forge,
    person,
    rewrite,
    signed_bundle,
)
from tests.exchange.format_samples import entries
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import DeliveryStates
from tests.exchange.restoring import rows

Three = tuple[Place, Place, Place]


def send(station: Place, county: Place) -> Any:
    """The outcome of the station's next bundle."""
    return county.take(station.export()[0].file)[0]


def business(place: Place) -> dict[str, Any]:
    return {
        name: rows for name, rows in place.digest().items() if name not in ("sent_bundle", "acknowledgement")
    }


def value(place: Place, statement: str) -> Any:
    with place.office.database.reader.connect() as connection:
        return connection.execute(text(statement)).scalar()


def state(place: Place, row_id: str) -> DeliveryState:
    return place.ask(DeliveryStates((("person", row_id),)))[("person", row_id)].state


def test_case_08_a_lost_receipt_is_repeated_and_the_states_settle(three: Three) -> None:
    county, station, _ = three
    row = station.do(Note("甲"))
    assert send(station, county).outcome == "APPLIED"
    Path(county.export(JIEZHOU)[0].file).unlink()
    assert state(station, row) is DeliveryState.sent
    assert send(station, county).outcome == "NOOP"
    station.take(county.export(JIEZHOU)[0].file)
    assert state(station, row) is DeliveryState.received


def test_case_09_a_record_edited_before_its_receipt_stays_unexported(three: Three) -> None:
    county, station, _ = three
    row = station.do(Note("甲"))
    send(station, county)
    station.do(Note("甲", "新所", row))
    assert state(station, row) is DeliveryState.waiting
    station.take(county.export(JIEZHOU)[0].file)
    assert state(station, row) is DeliveryState.waiting
    assert send(station, county).applied == 1
    station.take(county.export(JIEZHOU)[0].file)
    assert state(station, row) is DeliveryState.received


@pytest.mark.parametrize("foreign", [{"writer": LONGJU}, {"writer": "140802"}, {"site": LONGJU}])
def test_case_18_records_of_another_office_raise_an_alarm(three: Three, foreign: dict[str, str]) -> None:
    county, station, _ = three
    forge(
        station,
        "leave",
        {
            "id": "r1",
            "writer": JIEZHOU,
            "person_id": "p",
            "starts_at": "2022-05-10T09:00:00",
            "ends_at": "2022-05-10T10:00:00",
            "is_cancelled": 0,
            **foreign,
        },
    )
    before = county.digest()
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E724")
    assert county.digest() == before
    assert county.ask(ExchangeDesk()).alarms == 1


def test_a_writer_smuggled_in_as_personal_changes_no_row_of_the_county(three: Three) -> None:
    county, station, _ = three
    lawyer = county.do(Note("卫明"))
    row = person(station, lawyer)
    forge(station, "person", row, {"name": "冒名", "writer": "140802"})
    assert send(station, county).outcome == "APPLIED"
    assert value(county, f"SELECT name FROM person WHERE id = '{lawyer}'") == "卫明"
    [back] = county.ask(ReturnedEntries())
    assert back.row_id == lawyer


def test_an_id_of_another_office_is_not_taken_over_and_not_passed_over_in_silence(three: Three) -> None:
    county, station, other = three
    lawyer, theirs = county.do(Note("卫明")), other.do(Note("孙丽"))
    send(other, county)
    for row_id in (lawyer, theirs):
        forge(station, "person", person(station, row_id, organisation="改掉"), {"name": "冒名"})
    send(station, county)
    assert value(county, "SELECT count(*) FROM person WHERE organisation = '改掉'") == 0
    assert {row.row_id for row in county.ask(ReturnedEntries())} == {lawyer, theirs}


def test_nobody_but_its_writer_names_the_account_of_a_person(three: Three) -> None:
    county, station, _ = three
    lawyer = county.do(Note("卫明"))
    forge(station, "person_private", {"id": lawyer, "writer": JIEZHOU}, {"bank_account": "6222020000000000"})
    send(station, county)
    assert county.count("person_private") == 0
    county.do(SetPayee(lawyer, "中国银行", "6217000000000001"))
    assert value(county, "SELECT writer FROM person_private") == "140802"


@pytest.mark.parametrize(("table", "row"), [
    ("site", {"name": "假站", "short_name": "假", "kind": "工作站", "parent": "140802", "is_active": 1}),
    ("person_link", {"person_id": "p"}),
    ("settlement", {"month": "2022-05", "final_at": "2022-05-10T01:00:00.000000Z", "final_by": "x", "total_fen": 1,
                    "pack": "p", "settings": "{}", "public_servants": "[]", "unapproved": "[]"}),
    ("payment", {"month": "2022-05", "person_id": "p", "fen": 1, "paid_on": "2022-05-10", "voucher": "", "made_by": "x",
                 "reverses": None, "reason_code": "", "made_at": "2022-05-10T01:00:00.000000Z"}),
    ("payee_confirmation", {"person_id": "p", "private_id": "p", "change_id": "", "confirmed_by": "x",
                            "confirmed_at": "2022-05-10T01:00:00.000000Z"}),
    ("review", {"site": JIEZHOU, "month": "2022-05", "submission_id": "s", "is_approved": 1, "reviewed_by": "x",
                "reviewed_at": "2022-05-10T01:00:00.000000Z"}),
])  # fmt: skip
def test_a_station_sends_only_what_stations_send(three: Three, table: str, row: dict[str, Any]) -> None:
    county, station, _ = three
    before = county.count(table)
    forge(station, table, {"id": "r1", "writer": JIEZHOU, **row})
    assert send(station, county).outcome == "APPLIED"
    assert county.count(table) == before
    assert county.ask(ReturnedEntries())[0].row_id == "r1"


@pytest.mark.parametrize("wrong", [
    {"kind": 5}, {"is_active": "1"}, {"organisation": 5}, {"organisation": "长" * 20_001}, {"specialties": "{"},
    {"specialties": '{"a":1}'}, {"specialties": "[1]"}, {"licence": None},
])  # fmt: skip
def test_values_that_would_break_a_screen_go_back(three: Three, wrong: dict[str, Any]) -> None:
    county, station, _ = three
    forge(station, "person", person(station, "r1", **wrong), {"name": '=HYPERLINK("x")\u202e'})
    station.do(Note("好人"))
    outcome = send(station, county)
    assert (outcome.outcome, outcome.applied) == ("APPLIED", 2)
    assert value(county, "SELECT group_concat(name) FROM person") == "好人"


@pytest.mark.parametrize("wrong", [
    {"starts_at": "2022-05-10"}, {"starts_at": "0001-01-01T00:00:00"}, {"starts_at": "2022-05-10T09:00:00+08:00"},
    {"ends_at": "bald"}, {"id": "a\u202eb"}, {"id": "x" * 65},
])  # fmt: skip
def test_times_stand_in_the_one_form_that_can_be_compared(three: Three, wrong: dict[str, str]) -> None:
    county, station, _ = three
    forge(
        station,
        "leave",
        {
            "id": "r1",
            "writer": JIEZHOU,
            "person_id": "p",
            "starts_at": "2022-05-10T09:00:00",
            "ends_at": "2022-05-10T10:00:00",
            "is_cancelled": 0,
            **wrong,
        },
    )
    send(station, county)
    assert county.count("leave") == 0


def test_case_19_a_bundle_that_goes_the_wrong_way_is_refused(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    before = county.digest()
    [outcome] = county.take(signed_bundle(station, tmp_path / "a.hmb", direction=DOWN))
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E725")
    assert county.digest() == before


def test_case_23_a_deleted_tail_shows_with_the_next_work(three: Three) -> None:
    county, station, _ = three
    for name in "甲乙丙":
        station.do(Note(name))
    send(station, county)
    cut_tail(station, 1)
    station.do(Note("丁"))
    before = business(county)
    with pytest.raises(Refused, match="E787"):
        station.export()
    station.office.data.high_water.unlink()
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E747"), "it says that there are fewer"
    station.do(Note("戊"))
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702"), "as many again, but others"
    assert business(county) == before


def test_case_23_a_deleted_tail_without_new_work_is_a_regression(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    late = station.export()[0].file
    for name in "乙丙":
        station.do(Note(name))
    station.clock.advance(timedelta(minutes=1))
    send(station, county)
    assert county.take(late)[0].outcome == "NOOP", "an older bundle that comes late is no regression"
    cut_tail(station, 1)
    station.office.data.high_water.unlink()
    station.clock.advance(timedelta(minutes=1))
    before = business(county)
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E747")
    assert "以前报到第 3 条，后做的这个包却说只有 1 条" in outcome.text
    assert business(county) == before
    assert county.ask(ExchangeDesk()).alarms == 1
    assert [path.name for path in county.office.data.quarantine.glob("*.hmb")] == [f"{outcome.sha256}.hmb"]


def test_case_50_a_bundle_made_under_a_clock_years_ahead_may_come_late(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    station.clock.advance(timedelta(days=3650))
    ahead = station.export()[0].file
    station.clock.advance(timedelta(days=-3650))
    for name in "乙丙":
        station.do(Note(name))
    send(station, county)
    heard = rows(county, "SELECT heard_at, made_at, bundle_number FROM received_stream WHERE seq > 0")
    county.clock.advance(timedelta(hours=1))
    assert county.take(ahead)[0].outcome == "NOOP"
    assert rows(county, "SELECT heard_at, made_at, bundle_number FROM received_stream WHERE seq > 0") == heard


def test_case_23_a_deleted_tail_shows_though_an_earlier_bundle_was_dated_years_ahead(three: Three) -> None:
    county, station, _ = three
    for name in "甲乙":
        station.do(Note(name))
    station.clock.advance(timedelta(days=3650))
    send(station, county)
    station.clock.advance(timedelta(days=-3650))
    cut_tail(station, 1)
    station.office.data.high_water.unlink()
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E747")


def test_case_23_of_a_tail_that_was_acknowledged_nothing_can_be_exported(three: Three) -> None:
    county, station, _ = three
    for name in "甲乙丙":
        station.do(Note(name))
    send(station, county)
    station.take(county.export(JIEZHOU)[0].file)
    cut_tail(station, 1)
    station.do(Note("丁"))
    station.office.data.high_water.unlink()
    with pytest.raises(Refused, match="E715"):
        station.export()


def test_what_goes_on_from_another_history_is_a_fork(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    send(station, county)
    stream = f"{JIEZHOU}/1/up"
    other = entries(2, stream=stream)
    before = county.digest()
    part = ChangeSet(stream, 1, 2, other[0].hash, iter(other[1:]), {})
    [outcome] = county.take(bundle_with(station, tmp_path / "x.hmb", part))
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702")
    assert county.digest() == before


def test_case_24_history_rewritten_before_the_countersigned_checkpoint(three: Three) -> None:
    county, station, _ = three
    for name in "甲乙":
        station.do(Note(name))
    send(station, county)
    reply = county.export(JIEZHOU)[0].file
    rewrite(station, 1, "律师", "基层法律服务工作者")
    before = business(station)
    [outcome] = station.take(reply)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E727")
    assert business(station) == before
    station.do(Note("丙"))
    assert send(station, county).code == "E702"


def test_case_24_a_site_that_has_its_receipt_cannot_export_another_history(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    send(station, county)
    station.take(county.export(JIEZHOU)[0].file)
    rewrite(station, 1, "律师", "基层法律服务工作者")
    with pytest.raises(Refused) as refusal:
        station.export()
    assert refusal.value.code == "E715"
    assert len(list(station.stick.glob("*.hmb"))) == 1


def test_case_25_an_old_reply_never_reverts(three: Three) -> None:
    county, station, _ = three
    row = county.do(Note("卫明", "旧所"))
    first = county.export(JIEZHOU)[0].file
    county.do(Note("卫明", "新所", row))
    station.take(county.export(JIEZHOU)[0].file)
    heard = value(station, "SELECT max(heard_at) FROM received_stream")
    station.clock.advance(timedelta(days=3))
    assert station.take(first)[0].outcome == "NOOP"
    assert value(station, f"SELECT organisation FROM person WHERE id = '{row}'") == "新所"
    assert value(station, "SELECT max(heard_at) FROM received_stream") == heard


def test_case_27_a_reply_for_another_site_is_refused(three: Three) -> None:
    county, _, other = three
    before = other.digest()
    [outcome] = other.take(county.export(JIEZHOU)[0].file)
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E704")
    assert other.digest() == before


def test_case_62_a_child_before_its_parent_hinders_nobody(three: Three) -> None:
    county, station, _ = three
    forge(
        station,
        "leave",
        {
            "id": "r1",
            "writer": JIEZHOU,
            "person_id": "p1",
            "starts_at": "2022-05-10T09:00:00",
            "ends_at": "2022-05-10T10:00:00",
            "is_cancelled": 0,
        },
    )
    station.do(Note("甲"))
    assert send(station, county).text == "已接收 2 条"
    assert (county.count("leave"), county.count("person")) == (1, 1)
    forge(station, "person", person(station, "p1"), {"name": "晚到"})
    send(station, county)
    assert value(county, "SELECT name FROM person JOIN leave ON leave.person_id = person.id") == "晚到"


def test_case_63_one_invalid_record_among_many_comes_back_by_its_id(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(1500))
    forge(station, "person", person(station, "bad", licence=None), {"name": "坏"})
    station.do(NoteMany(499))
    assert send(station, county).text == "已接收 2000 条，其中 1 条不能入账，已列入退回"
    assert county.count("person") == 1999
    station.take(county.export(JIEZHOU)[0].file)
    [back] = station.ask(ReturnedEntries())
    assert (back.row_id, back.is_ours) == ("bad", True)


def test_case_64_control_totals_that_differ_take_everything_back(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    before = county.digest()
    [outcome] = county.take(signed_bundle(station, tmp_path / "a.hmb", totals={"entries": 2}))
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E726")
    assert county.digest() == before


def test_case_29_a_number_that_jumps_is_no_gap(three: Three) -> None:
    county, station, _ = three
    with station.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO acknowledgement (stream, site, seq, head, countersignature, at) VALUES "
                f"('{JIEZHOU}/1/up', '140802', 3000000, x'{'ab' * 32}', '', '2022-05-10T00:00:00.000000Z')"
            )
        )
        connection.execute(
            text(f"INSERT INTO stream VALUES ('{JIEZHOU}/1/up', 'up', 3000000, x'{'ab' * 32}')")
        )
        connection.execute(
            text(
                "INSERT INTO change_entry (stream, seq, tbl, row_id, version, journal_id, body, hash) "
                f"VALUES ('{JIEZHOU}/1/up', 3000000, 'person', 'x', 1, 0, x'00', x'{'ab' * 32}')"
            )
        )
    station.do(Note("甲"))
    outcome = send(station, county)
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E739")


def test_a_site_enrolled_anew_begins_a_new_epoch_and_gets_everything(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    county.do(Note("卫明"))
    send(station, county)
    old = station.export()[0].file
    station.take(county.export(JIEZHOU)[0].file)
    send(station, county)
    county.do(InviteSite(JIEZHOU, tmp_path / "i.hme"))
    office, _, _ = enrol_office(
        DataDir(tmp_path / "anew"),
        tmp_path / "i.hme",
        tmp_path / "a.hme",
        "admin",
        "Station-2022",
        county.clock,
    )
    county.do(AdmitSite(tmp_path / "a.hme"))
    anew = Place(office, office.actor_of("admin"), station.clock, station.stick)
    assert county.take(old)[0].code == "E722"
    anew.do(Note("乙"))
    [outcome] = anew.take(county.export(JIEZHOU)[0].file)
    assert (outcome.outcome, anew.count("person")) == ("APPLIED", 2)
    assert send(anew, county).applied == 1
    anew.take(county.export(JIEZHOU)[0].file)
    assert anew.ask(ExchangeDesk()).waiting == 0
    assert county.count("person") == 3
    office.close()
