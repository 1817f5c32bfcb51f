"""Bundles delivered to a folder, to a real nginx and to a real OpenSSH server, with what goes wrong on the way."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.deliveries import DeliveryPlace
from app.services.exchange.delivery.carrying import Carrier, carry, pause_after
from app.services.exchange.delivery.places import AddDeliveryPlace, carrier_to
from app.services.exchange.delivery.queue import (
    CancelDelivery,
    DeliverDue,
    DeliveryQueue,
    QueueBundles,
    RetryDelivery,
)
from app.turns import own_turn
from tests.exchange.offices import Place
from tests.exchange.pair import TypePerson
from tests.exchange.servers import PASSWORD, Server, me, new_certificate, new_key, nginx, sshd

SERVED = pytest.mark.parametrize("way", ["webdav", "sftp"], indirect=True)


@pytest.fixture
def county(three: tuple[Place, Place, Place]) -> Place:
    return three[0]


@pytest.fixture
def station(three: tuple[Place, Place, Place]) -> Place:
    return three[1]


@dataclass
class Way:
    """A place of one kind: how it is registered, what lies there, and its server, if it has one."""

    kind: str
    request: AddDeliveryPlace
    folder: Path
    server: Server | None

    def names(self) -> list[str]:
        """Files that lie there."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture(params=["folder", "webdav", "sftp"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    root = tmp_path / "county-server"
    made = _way(request.param, root)
    yield made
    if made.server:
        made.server.stop()


def _way(kind: str, root: Path) -> Way:
    if kind == "folder":
        (root / "in").mkdir(parents=True)
        return Way(kind, AddDeliveryPlace(name="县局", address=str(root / "in")), root / "in", None)
    if kind == "webdav":
        server = nginx(root)
        address, account, secret = f"https://127.0.0.1:{server.port}", "huimin", PASSWORD
    else:
        server, secret = sshd(root)
        address, account = f"sftp://127.0.0.1:{server.port}{server.folder}", me()
    server.start()
    asked = AddDeliveryPlace(name="县局", address=address, account=account, secret=secret)
    return Way(kind, asked, server.folder, server)


def _register(place: Place, way: Way, **changed: Any) -> None:
    """As an administrator does who reads the fingerprint over the telephone."""
    values = {**way.request.__dict__, **changed}
    if way.server is None:
        place.do(AddDeliveryPlace(**values))
        return
    with pytest.raises(Refused) as refusal:
        place.do(AddDeliveryPlace(**values))
    assert refusal.value.code == "E756"
    shown = re.search(r"是 (\S+?)。", refusal.value.message)
    assert shown
    place.do(AddDeliveryPlace(**{**values, "fingerprint": shown[1]}))


def _queue(place: Place) -> str:
    place.do(TypePerson("王一"))
    (exported,) = place.do(QueueBundles("县局"))
    return Path(exported.file).name


def test_case_70_a_bundle_goes_over_every_way_once_and_is_taken_once(
    station: Place, county: Place, way: Way
) -> None:
    _register(station, way)
    name = _queue(station)
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code) == ("已送达", "")
    assert way.names() == [name]
    assert station.do(DeliverDue()) == ()
    assert [path.name for path in station.office.safe.data.outbox.iterdir()] == ["turn.lock"]
    (taken,) = county.take(way.folder / name)
    assert taken.applied
    (again,) = county.take(way.folder / name)
    assert again.applied == 0


def test_without_a_connection_it_waits_longer_each_time_and_goes_when_there_is_one(
    station: Place, tmp_path: Path
) -> None:
    way = _way("sftp", tmp_path / "county-server")
    assert way.server
    _register(station, way)
    way.server.stop()
    name = _queue(station)
    (first,) = station.do(DeliverDue())
    assert (first.state, first.code) == ("等待", "E750")
    assert station.do(DeliverDue()) == ()
    station.clock.at += timedelta(minutes=1)
    (second,) = station.do(DeliverDue())
    assert second.next_at - station.clock.at == timedelta(minutes=2)
    way.server.start()
    station.do(RetryDelivery(second.id))
    (third,) = station.do(DeliverDue())
    way.server.stop()
    assert third.state == "已送达" and way.names() == [name]


def test_pauses_double_up_to_an_hour() -> None:
    minutes = [pause_after(tries) // timedelta(minutes=1) for tries in (1, 2, 3, 6, 7, 500)]
    assert minutes == [1, 2, 4, 32, 60, 60]


@SERVED
def test_a_changed_certificate_or_host_key_gets_nothing(station: Place, way: Way) -> None:
    assert way.server
    _register(station, way)
    _queue(station)
    way.server.stop()
    root = way.folder.parent
    new_certificate(root) if way.kind == "webdav" else new_key(root / "host")
    way.server.start()
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code, way.names()) == ("失败", "E753", [])


@SERVED
def test_a_wrong_password_or_key_waits_for_a_person(station: Place, way: Way, tmp_path: Path) -> None:
    wrong = "wrong" if way.kind == "webdav" else new_key(tmp_path / "other")
    _register(station, way, secret=wrong)
    _queue(station)
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code, way.names()) == ("失败", "E754", [])
    station.do(CancelDelivery(done.id, "改用 U 盘"))
    assert [line.state for line in station.ask(DeliveryQueue())] == ["取消"]


def test_anothers_file_of_that_name_stays(station: Place, way: Way) -> None:
    _register(station, way)
    name = _queue(station)
    (way.folder / name).write_bytes(b"of somebody else")
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code) == ("失败", "E751")
    assert (way.folder / name).read_bytes() == b"of somebody else"


def test_what_was_brought_is_gone_on_from_and_a_wrong_beginning_is_found(
    station: Place, way: Way, tmp_path: Path
) -> None:
    _register(station, way)
    content = os.urandom(3_000_000)
    file, digest = tmp_path / "big", hashlib.sha256(content).hexdigest()
    file.write_bytes(content)
    part = way.folder / f"12345678.hmb.{digest[:16]}.part"
    with closing(_carrier(station)) as carrier:
        part.write_bytes(content[:1_000_000])
        carry(carrier, file, "12345678.hmb", digest)
        assert way.names() == ["12345678.hmb"] and (way.folder / "12345678.hmb").read_bytes() == content
        (way.folder / "12345678.hmb").unlink()
        part.write_bytes(b"\0" * len(content))
        with pytest.raises(Refused, match="核对不符"):
            carry(carrier, file, "12345678.hmb", digest)
        assert way.names() == []


def _carrier(place: Place) -> Carrier:
    with Session(place.office.database.reader) as session:
        return carrier_to(session.get_one(DeliveryPlace, "县局"))


@SERVED
def test_a_place_that_takes_no_file_is_tried_again(station: Place, way: Way) -> None:
    _register(station, way)
    _queue(station)
    way.folder.rmdir()
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code) == ("等待", "E755")


def test_a_second_program_does_not_deliver_beside_the_first(station: Place) -> None:
    lock = station.office.safe.data.outbox / "turn.lock"
    with own_turn(lock, Refused("E759", ""), 0), pytest.raises(Refused) as refusal:
        station.do(DeliverDue())
    assert refusal.value.code == "E759"


def test_a_lost_waiting_file_is_said(station: Place, tmp_path: Path) -> None:
    way = _way("folder", tmp_path / "county-server")
    _register(station, way)
    name = _queue(station)
    (station.office.safe.data.outbox / name).write_bytes(b"torn")
    (done,) = station.do(DeliverDue())
    assert (done.state, done.code, way.names()) == ("失败", "E760", [])


@pytest.mark.parametrize("address", ["in", "http://a/b", "ftp://a", "https://me:secret@a/b", ""])
def test_an_address_is_a_folder_or_an_encrypted_way_without_a_password(station: Place, address: str) -> None:
    with pytest.raises(Refused) as refusal:
        station.do(AddDeliveryPlace(name="县局", address=address))
    assert refusal.value.code == "E757"


def test_a_place_nobody_registered_gets_nothing(station: Place) -> None:
    station.do(TypePerson("王一"))
    with pytest.raises(Refused) as refusal:
        station.do(QueueBundles("市局"))
    assert refusal.value.code == "E762"
