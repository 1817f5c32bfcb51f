"""A bundle of which the office holds every entry is told by its signed hashes: nothing of it is decrypted (case 1)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bundle import reading
from app.bundle.sealing import unseal
from app.values import DeliveryState
from tests.exchange.forging import Note, NoteMany
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import DeliveryStates

Three = tuple[Place, Place, Place]


@pytest.fixture
def unsealed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is decrypted from now on."""
    found: list[str] = []

    def noting(data: bytes, identity: object, where: str) -> bytes:
        found.append(where)
        return unseal(data, identity, where)

    monkeypatch.setattr(reading, "unseal", noting)
    return found


def test_case_01_a_bundle_that_is_held_is_not_decrypted(three: Three, unsealed: list[str]) -> None:
    county, station, _ = three
    station.do(NoteMany(1200))
    file = station.export()[0].file
    assert county.take(file)[0].applied == 1200
    before = county.digest()
    unsealed.clear()
    [again] = county.take(file)
    assert (again.outcome, again.text) == ("NOOP", "没有新内容，0 条")
    assert set(unsealed) == {"目录"}
    assert county.digest() == before


def test_case_11_a_held_bundle_with_an_altered_segment_is_refused(three: Three) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    file = Path(station.export()[0].file)
    county.take(file)
    content = bytearray(file.read_bytes())
    content[600] ^= 1
    file.write_bytes(content)
    before = county.digest()
    [outcome] = county.take(file)
    assert (outcome.outcome, outcome.code) == ("REFUSED", "E703")
    assert county.digest() == before


def test_case_06_a_bundle_of_as_many_entries_as_are_held_and_another_history_is_a_fork(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    station.office.close()
    shutil.copytree(station.office.data.root, tmp_path / "clone")
    station = _opened(station, station.office.data.root)
    clone = _opened(station, tmp_path / "clone")
    for place in (station, clone):
        place.do(Note("甲"))
        place.do(Note("乙"))
    assert county.take(station.export()[0].file)[0].outcome == "APPLIED"
    before = county.digest()
    [outcome] = county.take(clone.export()[0].file)
    assert (outcome.outcome, outcome.code) == ("ALARM", "E702")
    assert "第 1 条" in outcome.text and "已收" in outcome.text
    assert county.digest() == before
    station.office.close()
    clone.office.close()


def test_case_08_a_reply_whose_entries_are_held_still_brings_its_receipt(
    three: Three, unsealed: list[str]
) -> None:
    county, station, _ = three
    row = station.do(Note("甲"))
    station.take(county.export(JIEZHOU)[0].file)
    county.take(station.export()[0].file)
    unsealed.clear()
    assert station.take(county.export(JIEZHOU)[0].file)[0].outcome == "NOOP"
    assert station.ask(DeliveryStates((("person", row),)))[("person", row)].state is DeliveryState.received


def _opened(place: Place, root: Path) -> Place:
    from app.clock import SetClock
    from app.paths import DataDir
    from app.services.office.office import Office

    clock = SetClock(place.clock.at)
    return Place(Office(DataDir(root), place.office.safe.key, clock), place.actor, clock, place.stick)
