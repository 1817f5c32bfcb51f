"""How far records have got, what waits for whom, and what comes back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.faults_back import ReturnedEntries
from app.services.exchange.history import EXPORT, IMPORT, ExchangeHistory, sequence_of, signature_of
from app.services.exchange.outcome import Outcome
from app.services.reading.delivery import Delivery
from app.values import DeliveryState
from tests.exchange.offices import JIEZHOU, LONGJU, Place, enrol
from tests.exchange.pair import DeliveryStates, TypePerson, county, station

__all__ = ["county", "station"]


def state(place: Place, person: str) -> Delivery | None:
    return place.ask(DeliveryStates((("person", person),))).get(("person", person))


def person(place: Place, name: str) -> str:
    return str(place.do(TypePerson(name)))


def edit(place: Place, person_id: str) -> None:
    place.do(TypePerson(organisation="解州镇法律服务所", person_id=person_id))


def spoil(place: Place, person_id: str) -> None:
    """Make the row one that no office takes in: a text beyond the ceiling."""
    place.do(TypePerson(organisation="长" * 20_001, person_id=person_id))


def test_a_record_goes_from_not_exported_to_received(county: Place, station: Place) -> None:
    mine = person(station, "孙丽")
    assert state(station, mine) == Delivery(DeliveryState.waiting)
    up = station.export()[0]
    assert state(station, mine) == Delivery(DeliveryState.sent)
    county.take(up.file)
    assert state(station, mine) == Delivery(DeliveryState.sent)
    station.take(county.export()[0].file)
    assert state(station, mine) == Delivery(DeliveryState.received)
    assert state(county, mine) is None


def test_case_09_an_edit_while_waiting_is_not_exported_again(county: Place, station: Place) -> None:
    mine = person(station, "孙丽")
    up = station.export()[0]
    edit(station, mine)
    assert state(station, mine) == Delivery(DeliveryState.waiting)
    county.take(up.file)
    station.take(county.export()[0].file)
    assert state(station, mine) == Delivery(DeliveryState.waiting)


def test_what_goes_to_all_is_received_when_the_last_has_it(
    county: Place, station: Place, tmp_path: Path
) -> None:
    other = enrol(county, tmp_path, LONGJU)
    try:
        lawyer = person(county, "卫明")
        assert state(county, lawyer) == Delivery(DeliveryState.waiting)
        county.export(JIEZHOU)
        assert state(county, lawyer) == Delivery(DeliveryState.waiting)
        files = [bundle.file for bundle in county.export()]
        assert state(county, lawyer) == Delivery(DeliveryState.sent)
        for place, file in zip((station, other), files, strict=True):
            place.take(file)
        county.take(station.export()[0].file)
        assert state(county, lawyer) == Delivery(DeliveryState.sent)
        county.take(other.export()[0].file)
        assert state(county, lawyer) == Delivery(DeliveryState.received)
    finally:
        other.office.close()


def test_an_entry_that_cannot_be_used_comes_back_by_id(county: Place, station: Place) -> None:
    mine = person(station, "孙丽")
    spoil(station, mine)
    [outcome] = county.take(station.export()[0].file)
    assert outcome.outcome == "APPLIED"
    assert "1 条不能入账" in outcome.text
    [at_county] = county.ask(ReturnedEntries())
    assert (at_county.site, at_county.title, at_county.row_id, at_county.is_ours) == (
        JIEZHOU,
        "人员",
        mine,
        False,
    )
    station.take(county.export()[0].file)
    assert state(station, mine) == Delivery(DeliveryState.returned, at_county.fault)
    [at_station] = station.ask(ReturnedEntries())
    assert at_station.is_ours
    assert station.ask(ExchangeDesk()).returned == 1
    edit(station, mine)
    assert state(station, mine) == Delivery(DeliveryState.waiting)
    assert station.ask(ReturnedEntries()) == ()
    county.take(station.export()[0].file)
    assert county.ask(ReturnedEntries()) == ()


def test_case_26_the_desk_counts_and_warns_by_the_setting(county: Place, station: Place) -> None:
    person(station, "孙丽")
    desk = station.ask(ExchangeDesk())
    assert (desk.waiting, desk.unsent) == (1, 1)
    up = station.export()[0]
    desk = station.ask(ExchangeDesk())
    [peer] = desk.peers
    assert (desk.waiting, desk.unsent, peer.bundles, peer.is_stale) == (1, 0, 1, False)
    assert peer.name == "盐湖区司法局"
    county.take(up.file)
    [child] = county.ask(ExchangeDesk()).admitted
    assert (child.held, child.heard_at is not None, child.is_stale) == (1, True, False)
    county.clock.advance(timedelta(days=36))
    assert county.ask(ExchangeDesk()).peers[0].is_stale


def test_the_history_lists_both_ways_newest_first(county: Place, station: Place) -> None:
    person(station, "孙丽")
    up = station.export()[0]
    county.take(up.file)
    station.clock.advance(timedelta(hours=1))
    station.take(county.export()[0].file)
    page = station.ask(ExchangeHistory())
    assert [(row.way, row.state) for row in page.rows] == [
        (IMPORT, Outcome.applied),
        (EXPORT, DeliveryState.received),
    ]
    assert page.rows[1].check_code == up.check_code
    assert page.rows[1].receipted_at is not None
    assert [row.way for row in county.ask(ExchangeHistory(way=IMPORT)).rows] == [IMPORT]
    assert county.ask(ExchangeHistory(parked_only=True)).rows == ()
    assert not page.has_more


@pytest.mark.parametrize(("outcome", "code", "signature", "sequence"), [
    (Outcome.applied, "", "valid", "unbroken"), (Outcome.noop, "", "valid", "known_already"),
    (Outcome.parked, "E721", "valid", "gap"), (Outcome.alarm, "E702", "valid", "fork"),
    (Outcome.alarm, "E747", "valid", "fork"), (Outcome.alarm, "E748", "out_of_range", "unchecked"),
    (Outcome.parked, "E740", "valid", "begun"),
    (Outcome.alarm, "E722", "unknown_key", "unchecked"), (Outcome.refused, "E710", "wrong", "unchecked"),
    (Outcome.refused, "E701", "unreadable", "unreadable"), (Outcome.refused, "E725", "valid", "not_taken"),
])  # fmt: skip
def test_each_outcome_says_what_was_checked(
    outcome: Outcome, code: str, signature: str, sequence: str
) -> None:
    checked = signature_of(code)
    assert (checked.value, sequence_of(outcome, code, checked).value) == (signature, sequence)
