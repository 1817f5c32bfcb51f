"""Keys are renewed and stopped without enrolling anybody again, and nothing that was recorded is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bundle.keys import SiteKeys
from app.errors import Refused
from app.models.records import PeerKey
from app.paths import DataDir
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.export import ExportBundles
from app.services.exchange.renew_keys import RenewKeys, StopKeys
from app.services.office.office import Office, open_office
from tests.exchange.forging import Note
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.restoring import approve, backed_up, names, reopened, rows, swap
from tests.journeys.cli_inside import Inside

Three = tuple[Place, Place, Place]
PASSWORDS = {"140802": "County-2022", JIEZHOU: "Station-2022", LONGJU: "Station-2022"}
WHY = "电脑送修过"


def opened_again(place: Place) -> Place:
    """Closed, and opened with a password as people do."""
    place.office.close()
    password = PASSWORDS[place.office.identity.code]
    place.office, place.actor = open_office(place.office.data, "admin", password, place.clock)
    return place


def renewed(place: Place) -> Place:
    place.do(RenewKeys(WHY))
    return opened_again(place)


def code_of(place: Place, request: object) -> str:
    with pytest.raises(Refused) as refused:
        place.do(request)
    return refused.value.code


def test_a_station_with_new_keys_goes_on_where_it_was(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    station.do(Note("乙"))
    county.do(Note("局甲"))
    on_its_way = county.export(JIEZHOU)[0].file
    before = station.office.safe.site_keys
    station = renewed(station)
    after = station.office.safe.site_keys
    assert after.public.signing != before.public.signing and after.recipient != before.recipient
    assert rows(station, "SELECT is_renewal FROM own_epoch") == [(1,)]
    assert station.ask(ExchangeDesk()).own_fingerprint == after.public.fingerprint
    assert [one.outcome for one in station.take(on_its_way)] == ["APPLIED"], "sealed to the key it had"
    station.do(Note("丙"))
    [parked] = county.take(station.export()[0].file)
    assert (parked.outcome, parked.code) == ("PARKED", "E791")
    approve(county, station)
    assert names(county) == ["丙", "乙", "局甲", "甲"]
    down = Path(county.export(JIEZHOU)[0].file)
    assert [one.outcome for one in station.take(down)] == ["NOOP"], "receipts, and nothing new"
    with down.open("rb") as file:
        from app.bundle.reading import open_bundle

        with pytest.raises(Refused, match="E704"):
            open_bundle(file, SiteKeys(before.signing, before.identity), contract=1)
    desk = station.ask(ExchangeDesk())
    assert (desk.own_fingerprint, desk.waiting, desk.waits_for_keys) == ("", 0, False)
    assert swap(station, county) == ["NOOP"]


def test_new_keys_wait_until_nobody_has_the_office_open(three: Three) -> None:
    _, station, _ = three
    data, epoch = station.office.data, station.office.identity.epoch
    other = Office(data, station.office.safe.key, station.clock)
    station.do(RenewKeys(WHY))
    opened_again(station)
    assert station.office.identity.epoch == epoch and station.ask(ExchangeDesk()).waits_for_keys
    other.do(Note("甲"), station.actor)
    other.close()
    opened_again(station)
    assert station.office.identity.epoch > epoch
    assert not station.ask(ExchangeDesk()).waits_for_keys and not data.restored.exists()
    third = opened_again(station).office.identity.epoch
    assert rows(station, "SELECT epoch FROM own_epoch") == [(third,)]


def test_a_renewal_needs_a_reason_and_leaves_a_restored_office_its_caution(three: Three) -> None:
    county, _, _ = three
    assert code_of(county, RenewKeys(" ")) == "E773" and not county.office.data.renewal.exists()
    assert code_of(county, StopKeys(JIEZHOU, "")) == "E773"
    county.do(RenewKeys(WHY))
    assert rows(county, "SELECT why FROM journal WHERE command = 'RenewKeys' AND outcome = 'done'") == [
        (WHY,)
    ]


def test_a_county_with_new_keys_is_approved_by_each_station(three: Three) -> None:
    county, first, second = three
    county.do(Note("局甲"))
    first.do(Note("甲"))
    early = first.export()[0].file
    county = renewed(county)
    assert [one.outcome for one in county.take(early)] == ["APPLIED"], "sealed to the key it had"
    for station in (first, second):
        site = station.office.identity.code
        assert [one.code for one in station.take(county.export(site)[0].file)] == ["E791"]
        approve(station, county)
        assert "局甲" in names(station)
        swap(station, county)
        swap(county, station, site)
        assert swap(county, station, site) == ["NOOP"]
    assert county.ask(ExchangeDesk()).own_fingerprint == ""


def test_case_17_stopped_keys_sign_nothing_and_the_station_comes_back_with_new_ones(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    swap(county, station, JIEZHOU)
    kept = backed_up(station)
    stolen = station.office.data.root.parent / "stolen"
    key = station.office.safe.key
    station.office.close()
    shutil.copytree(station.office.data.root, stolen)
    stick = tmp_path / "stick-thief"
    stick.mkdir()
    thief = Place(Office(DataDir(stolen), key, station.clock), station.actor, station.clock, stick)
    assert code_of(county, StopKeys("140802999", WHY)) == "E775"
    county.do(StopKeys(JIEZHOU, "电脑被盗"))
    thief.do(Note("假"))
    before = county.digest()
    [alarm] = county.take(thief.export()[0].file)
    assert (alarm.outcome, alarm.code) == ("ALARM", "E722")
    assert county.digest() == before
    assert code_of(county, ExportBundles(county.stick, JIEZHOU)) == "E735"
    assert [(one.site, one.state) for one in county.ask(ExchangeDesk()).peers if one.site == JIEZHOU] == [
        (JIEZHOU, "stopped")
    ]
    thief.do(RenewKeys("冒充"))
    thief.office.close()
    thief.office, thief.actor = open_office(DataDir(stolen), "admin", "Station-2022", thief.clock)
    [parked] = county.take(thief.export()[0].file)
    assert parked.code == "E791"

    station = reopened(station, DataDir(tmp_path / "new"), kept, key)
    station.do(Note("真"))
    [waits] = county.take(station.export()[0].file)
    assert waits.code == "E791"
    approve(county, station)
    assert set(names(county)) == {"甲", "真"}
    assert rows(county, "SELECT count(*) FROM received_bundle WHERE outcome = 'ALARM'") == [(1,)]
    swap(county, station, JIEZHOU)
    station.do(Note("又一个"))
    assert swap(station, county) == ["APPLIED"]
    assert {one.state for one in county.ask(ExchangeDesk()).peers if one.site == JIEZHOU} == {
        "admitted",
        "announced",
    }
    thief.office.close()
    station.office.close()


def test_a_station_that_believes_its_county_no_more_does_not_export_to_it(three: Three) -> None:
    county, station, _ = three
    county.do(Note("局甲"))
    file = county.export(JIEZHOU)[0].file
    station.do(StopKeys("盐湖区司法局", "县局电脑被盗"))
    assert code_of(station, ExportBundles(station.stick)) == "E774"
    assert [one.code for one in station.take(file)] == ["E722"]
    county = renewed(county)
    assert [one.code for one in station.take(county.export(JIEZHOU)[0].file)] == ["E791"]
    approve(station, county)
    assert names(station) == ["局甲"]
    station.do(Note("甲"))
    assert swap(station, county) == ["APPLIED"]


def test_an_office_enrolled_again_leaves_a_stopped_key_behind(three: Three) -> None:
    county, _, _ = three
    from app.services.exchange.enrol import AdmitSite, InviteSite, enrol_office

    county.do(StopKeys(JIEZHOU, WHY))
    county.do(InviteSite(JIEZHOU, county.stick / "invitation.hme"))
    again = DataDir(county.stick / "again")
    enrol_office(
        again,
        county.stick / "invitation.hme",
        county.stick / "answer.hme",
        "admin",
        "Station-2022",
        county.clock,
    )[0].close()
    county.do(AdmitSite(county.stick / "answer.hme"))
    states = rows(
        county, f"SELECT state FROM {PeerKey.__tablename__} WHERE site = '{JIEZHOU}' ORDER BY state"
    )
    assert states == [("admitted",), ("revoked",)]


def test_the_command_line_shows_renews_and_stops(three: Three) -> None:
    for place in three:
        place.office.close()
    county = Inside(three[0].office.data.root, "County-2022")
    station = Inside(three[1].office.data.root, "Station-2022")
    assert county("keys", "renew", expect=1).err.startswith("E773")
    county("keys", "renew", "--reason", WHY)
    told = county("keys", "show").document
    assert told["waits_for_keys"] is False and told["own_fingerprint"]
    assert "等对方认可" in county("keys", "show", as_json=False).out
    assert "本单位换了密钥" in county("bundle", "status", as_json=False).out
    done = county("keys", "stop", JIEZHOU, "--reason", WHY).document
    assert done["site"] == JIEZHOU
    assert "已停用" in county("keys", "show", as_json=False).out
    assert "对方都已认可" in station("keys", "show", as_json=False).out
