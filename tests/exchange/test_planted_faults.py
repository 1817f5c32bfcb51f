"""What random faults, planted in the program, had shown no test to notice."""

from __future__ import annotations

import io
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from app.bundle.faults import Altered
from app.bundle.manifest import SENDER
from app.bundle.reading import open_bundle
from app.bundle.sealing import seal
from app.paths import DataDir
from app.services.office.office import Office
from tests.exchange.forging import Note
from tests.exchange.format_samples import (
    STATION,
    all_keys,
    manifest_fields,
    sample,
    sealed_members,
    signed_manifest,
    zipped,
)
from tests.exchange.offices import Place
from tests.exchange.restoring import approve, backed_up, restored, swap
from tests.exchange.test_exchange_power import _two_in_a_row

Three = tuple[Place, Place, Place]
Usage = namedtuple("Usage", "total used free")


def test_case_45_reading_back_compares_what_was_packed_not_only_what_was_sealed() -> None:
    data = sample(5)
    fields = manifest_fields(data)
    fields["segments"][0]["plain_sha256"] = "ab" * 32
    altered = zipped([*sealed_members(data)[:-1], seal(signed_manifest(fields), all_keys())])
    reader = open_bundle(io.BytesIO(altered), STATION, contract=1, role=SENDER)
    with pytest.raises(Altered):
        reader.verify_contents()


def test_case_17_a_key_from_before_a_restore_signs_nothing_of_the_epoch_after_it(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    kept, root = backed_up(station), station.office.data.root
    copy = root.parent / "copy"
    station.office.close()
    shutil.copytree(root, copy)
    key = station.office.safe.key
    station = restored(station, kept)
    swap(station, county)
    approve(county, station)
    epoch = station.office.identity.epoch
    stick = root.parent / "stick-copy"
    stick.mkdir()
    office = Office(DataDir(copy), key, station.clock)
    with office.database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE office SET epoch = ?", (epoch,))
    office.close()
    thief = Place(Office(DataDir(copy), key, station.clock), station.actor, station.clock, stick)
    thief.do(Note("假"))
    before = county.digest()
    [alarm] = county.take(thief.export()[0].file)
    assert (alarm.outcome, alarm.code) == ("ALARM", "E724")
    assert county.digest() == before
    thief.office.close()
    station.office.close()


def test_case_43_what_waits_is_not_thrown_away_while_the_disk_is_full(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    first, second = _two_in_a_row(station)
    assert county.take(second)[0].outcome == "PARKED"
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, 0))
        assert county.take(first)[0].code == "E502"
    assert county.count("received_bundle WHERE outcome = 'PARKED' AND code = 'E721'") == 1
    assert len(list(Path(county.office.data.quarantine).glob("*.hmb"))) == 1
    assert county.take(first)[0].outcome == "APPLIED"
    assert county.count("person") == 2
