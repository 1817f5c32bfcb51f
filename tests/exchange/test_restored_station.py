"""A station restored from a backup goes on in a new epoch; nothing is counted twice, nothing accepted is lost (case 56)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Cancelled, Refused
from app.services.exchange.approve import ApproveEpoch
from app.services.exchange.desk import ExchangeDesk
from tests.exchange.forging import Note
from tests.exchange.offices import Place
from tests.exchange.restoring import approve, backed_up, names, restored, rows, swap
from tests.services.test_faults import Stopping

Three = tuple[Place, Place, Place]


def test_case_56_a_restored_station_goes_on_and_gets_back_what_the_county_had(three: Three) -> None:
    county, station, _ = three
    site = station.office.identity.code
    station.do(Note("甲"))
    swap(station, county)
    swap(county, station, site)
    kept = backed_up(station)
    second = station.do(Note("乙"))
    station.do(Note("甲二", person_id=rows(station, "SELECT id FROM person WHERE name = '甲'")[0][0]))
    swap(station, county)
    assert names(county) == ["乙", "甲二"]

    station = restored(station, kept)
    assert names(station) == ["甲"]
    assert station.office.identity.epoch > 1
    station.do(Note("丙"))
    [parked] = county.take(station.export()[0].file)
    assert (parked.outcome, parked.code) == ("PARKED", "E791")
    assert names(county) == ["乙", "甲二"]
    done = approve(county, station)
    assert [(one.outcome, one.applied) for one in done.outcomes] == [("APPLIED", 1)]
    assert names(county) == ["丙", "乙", "甲二"]

    [back] = station.take(county.export(site)[0].file)
    assert (back.outcome, back.code) == ("APPLIED", "")
    assert "找回本单位恢复前的记录 2 条" in back.text
    assert names(station) == ["丙", "乙", "甲二"]
    log = rows(station, "SELECT seq, hash, body FROM change_entry WHERE stream LIKE '%/1/up' ORDER BY seq")
    held = rows(
        county, f"SELECT seq, hash, body FROM received_entry WHERE stream = '{site}/1/up' ORDER BY seq"
    )
    assert log == held
    assert not rows(
        station, f"SELECT 1 FROM change_entry WHERE row_id = '{second}' AND stream NOT LIKE '%/1/up'"
    )
    assert rows(station, "SELECT * FROM pending") == []
    assert swap(station, county) == ["NOOP"]
    assert swap(county, station, site) == ["NOOP"]
    [peer] = [one for one in county.ask(ExchangeDesk()).admitted if one.site == site]
    assert peer.waiting == 0
    [peer] = station.ask(ExchangeDesk()).admitted
    assert (peer.waiting, peer.unsent) == (0, 0)
    station.office.close()


def test_case_56_old_entries_up_to_the_parent_still_travel(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    kept = backed_up(station)
    station = restored(station, kept)
    station.do(Note("乙"))
    county.take(station.export()[0].file)
    approve(county, station)
    assert names(county) == ["乙", "甲"]
    swap(county, station, station.office.identity.code)
    assert station.ask(ExchangeDesk()).waiting == 0
    station.office.close()


def test_case_56_what_arrives_late_of_the_old_epoch_is_listed_and_not_counted(three: Three) -> None:
    county, station, _ = three
    site = station.office.identity.code
    station.do(Note("甲"))
    kept = backed_up(station)
    station.do(Note("迟"))
    late = station.export()[0].file
    station = restored(station, kept)
    county.take(station.export()[0].file)
    approve(county, station)
    [outcome] = county.take(late)
    assert (outcome.outcome, outcome.applied) == ("APPLIED", 1)
    assert "只列出不计入" in outcome.text
    assert names(county) == ["甲"]
    assert rows(county, "SELECT seq, tbl FROM returned_entry") == [(2, "person")]
    assert [one.outcome for one in county.take(late)] == ["NOOP"]
    assert swap(county, station, site) == ["APPLIED"]
    assert names(station) == ["甲"]
    assert swap(station, county) == ["NOOP"]
    station.office.close()


def test_case_56_a_backup_older_than_the_first_record_ends_the_old_stream_at_nothing(three: Three) -> None:
    county, station, _ = three
    kept = backed_up(station)
    station.do(Note("迟"))
    late = station.export()[0].file
    station = restored(station, kept)
    county.take(station.export()[0].file)
    approve(county, station)
    [outcome] = county.take(late)
    assert "只列出不计入" in outcome.text and names(county) == []
    station.office.close()


def test_case_56_what_the_county_sent_after_the_backup_is_sent_again_and_said_aloud(three: Three) -> None:
    county, station, _ = three
    site = station.office.identity.code
    county.do(Note("一"))
    swap(county, station, site)
    swap(station, county)
    kept = backed_up(station)
    county.do(Note("二"))
    swap(county, station, site)
    swap(station, county)
    station = restored(station, kept)
    county.do(Note("三"))
    old = county.export(site)[0].file
    county.take(station.export()[0].file)
    assert [one.outcome for one in station.take(old)] == ["PARKED"]
    done = approve(county, station)
    assert len(done.admitted.words) == 1 and "重发" in done.admitted.words[0]
    assert swap(county, station, site) == ["APPLIED"]
    assert names(station) == ["一", "三", "二"]
    station.office.close()


def test_a_fingerprint_that_was_not_read_out_is_refused(three: Three) -> None:
    county, station, _ = three
    kept = backed_up(station)
    station = restored(station, kept)
    county.take(station.export()[0].file)
    site = station.office.identity.code
    for told, code in (("1 2 3", "E794"), ("12345 " * 6, "E795")):
        with pytest.raises(Refused) as refused:
            county.do(ApproveEpoch(site, told))
        assert refused.value.code == code
    assert [one.state for one in county.ask(ExchangeDesk()).peers if one.site == site] == [
        "admitted",
        "announced",
    ]
    station.office.close()


def test_two_restores_of_one_backup_are_two_epochs(three: Three) -> None:
    county, station, _ = three
    site = station.office.identity.code
    kept = backed_up(station)
    station = restored(station, kept)
    station.do(Note("甲"))
    county.take(station.export()[0].file)
    approve(county, station)
    station = restored(station, kept)
    station.do(Note("乙"))
    [parked] = county.take(station.export()[0].file)
    assert parked.code == "E791"
    approve(county, station)
    assert names(county) == ["乙", "甲"]
    assert swap(county, station, site) == ["APPLIED"]
    assert names(station) == ["乙", "甲"]
    assert swap(station, county) == ["NOOP"]
    assert swap(county, station, site) == ["NOOP"]
    station.office.close()


def test_case_56_what_came_back_once_comes_back_after_a_second_restore(three: Three) -> None:
    county, station, _ = three
    site = station.office.identity.code
    station.do(Note("甲"))
    swap(station, county)
    kept = backed_up(station)
    station.do(Note("乙"))
    swap(station, county)
    for _ in range(2):
        station = restored(station, kept)
        assert names(station) == ["甲"]
        county.take(station.export()[0].file)
        approve(county, station)
        swap(county, station, site)
        assert names(station) == ["乙", "甲"]
        swap(station, county)
    assert swap(county, station, site) == ["NOOP"]
    station.office.close()


def test_a_revoked_office_is_no_restored_one(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    kept = backed_up(station)
    station = restored(station, kept)
    with county.office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE peer_key SET state = 'revoked'")
    [outcome] = county.take(station.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E722")
    station.office.close()


@pytest.mark.parametrize("step", [0, 1])
def test_case_49_cancel_while_waiting_bundles_are_taken_in_leaves_the_approval_and_the_rest_waits(
    three: Three, step: int
) -> None:
    county, station, _ = three
    station = restored(station, backed_up(station))
    for name in ("甲", "乙"):
        station.do(Note(name))
        county.take(station.export()[0].file)
    fingerprint = station.office.safe.site_keys.public.fingerprint
    request = ApproveEpoch(station.office.identity.code, fingerprint)
    with pytest.raises(Cancelled) as stop:
        county.office.do(request, county.actor, Stopping(step))
    assert stop.value.is_part_done
    states = rows(county, "SELECT state FROM peer_key WHERE site = '140802100' ORDER BY state")
    assert states == [("admitted",), ("former",)]
    assert names(county) in ([], ["甲"])
    assert swap(station, county)[0] in ("APPLIED", "NOOP")
    assert names(county) == ["乙", "甲"]
    assert rows(county, "SELECT count(*) FROM received_bundle WHERE outcome = 'PARKED'") == [(0,)]
    station.office.close()
