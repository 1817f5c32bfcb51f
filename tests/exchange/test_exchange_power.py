"""Power cuts, full disks and two programs at once: none or all, and the next try converges (cases 40, 42 … 44, 48)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.clock import SetClock
from app.errors import Refused
from app.paths import DataDir
from app.services.exchange.export import ExportBundles
from app.services.exchange.receive import ImportBundles
from app.services.office.office import Office
from tests.exchange.forging import Note, NoteMany
from tests.exchange.offices import Place
from tests.killing import KILLS, forked, killed_after, kills, needs_fork, put_aside, seconds_of

PEOPLE = 120
Three = tuple[Place, Place, Place]


class Door:
    """A closed office that any process can open: where it lies, and its key."""

    def __init__(self, place: Place):
        self.root, self.key, self.actor = place.office.data.root, place.office.safe.key, place.actor
        self.at, self.stick = place.clock.at, place.stick
        place.office.close()

    def open(self) -> Place:
        """The office in this process."""
        return Place(
            Office(DataDir(self.root), self.key, SetClock(self.at)), self.actor, SetClock(self.at), self.stick
        )

    def try_import(self, file: Path) -> str:
        """The outcome's word, or the code of the refusal."""
        place = self.open()
        try:
            return place.take(file)[0].outcome
        except Refused as refusal:
            return refusal.code
        finally:
            place.office.close()


def is_sound(place: Place) -> bool:
    with place.office.database.reader.connect() as connection:
        return str(connection.execute(text("PRAGMA integrity_check")).scalar()) == "ok"


@needs_fork
def test_case_40_a_killed_import_leaves_none_or_all(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    door = Door(county)
    prepare = put_aside(door.root, tmp_path / "saved")
    killed = 0
    for was_killed in kills(door.root, lambda: str(door.try_import(bundle)), prepare):
        killed += was_killed
        place = door.open()
        applied = place.count("person")
        assert is_sound(place)
        assert applied in (0, PEOPLE)
        assert place.count("received_entry") == applied
        assert place.count("received_bundle WHERE outcome = 'APPLIED'") == (1 if applied else 0)
        assert place.take(bundle)[0].outcome == ("NOOP" if applied else "APPLIED")
        assert place.count("person") == PEOPLE
        assert [path.name for path in place.office.data.quarantine.iterdir()] == ["turn.lock"]
        place.office.close()
    assert killed


@needs_fork
def test_case_42_a_killed_export_leaves_only_a_beginning_that_the_next_one_removes(three: Three) -> None:
    _, station, _ = three
    station.do(NoteMany(PEOPLE))
    door, chance = Door(station), random.Random(42)

    def export() -> None:
        door.open().export()

    whole = seconds_of(export)
    foreign = door.stick / "00000000.hmb.part"
    foreign.write_bytes(b"another office is writing this")
    for _ in range(KILLS):
        killed_after(chance.uniform(0, whole), export)
        place = door.open()
        files = {path.name for path in door.stick.glob("*.hmb")}
        with place.office.database.reader.connect() as connection:
            recorded = set(connection.execute(text("SELECT file FROM sent_bundle")).scalars())
        assert recorded <= files
        assert place.count("pending") == 0
        place.office.close()
    place = door.open()
    place.export()
    assert list(door.stick.glob("*.part")) == [foreign]
    place.office.close()


@needs_fork
def test_case_48_two_programs_import_at_once_and_nothing_is_applied_twice(three: Three) -> None:
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    door = Door(county)
    children = [forked(lambda: door.try_import(bundle)) for _ in range(3)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    place = door.open()
    assert place.count("person") == PEOPLE
    assert place.count("received_bundle WHERE outcome = 'APPLIED'") == 1
    assert place.count("received_bundle WHERE outcome = 'NOOP'") == 2
    place.office.close()


def test_case_55_a_parked_bundle_outlives_a_restart_and_a_stale_copy_does_not(three: Three) -> None:
    county, station, _ = three
    first, second = _two_in_a_row(station)
    assert county.take(second)[0].outcome == "PARKED"
    folder = county.office.data.quarantine
    (folder / "incoming.part").write_bytes(b"torn")
    (folder / f"{'0' * 64}.hmb").write_bytes(b"left by a crash")
    county = Door(county).open()
    assert county.take(second)[0].outcome == "PARKED"
    assert county.count("received_bundle") == 1
    assert len(list(folder.iterdir())) == 2
    assert county.take(first)[0].outcome == "APPLIED"
    assert county.count("person") == 2
    assert county.count("received_bundle WHERE outcome = 'PARKED'") == 0
    county.office.close()


def test_a_parked_bundle_that_vanished_is_said_to_be_gone(three: Three) -> None:
    county, station, _ = three
    first, second = _two_in_a_row(station)
    county.take(second)
    for path in county.office.data.quarantine.glob("*.hmb"):
        path.unlink()
    county.take(first)
    assert county.count("received_bundle WHERE outcome = 'REFUSED' AND code = 'E734'") == 1
    assert county.take(second)[0].outcome == "APPLIED"


def _two_in_a_row(station: Place) -> tuple[str, str]:
    """Two bundles of which the second begins where the first ends, as when the first is believed delivered."""
    station.do(Note("甲"))
    first = station.export()[0].file
    with station.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO acknowledgement (stream, site, seq, head, countersignature, at) "
                "SELECT id, '140802', seq, head, '', '2022-05-10T00:00:00.000000Z' FROM stream WHERE audience = 'up'"
            )
        )
    station.do(Note("乙"))
    return first, station.export()[0].file


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of that size in memory; skips where this user may not mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("mounts a small disk; this system has no mount command")
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounts a small disk; this user may not mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int) -> Path:
    """Fill a disk up but for so many bytes."""
    free, ballast = shutil.disk_usage(folder).free, folder / "ballast"
    ballast.write_bytes(bytes(max(0, free - leave)))
    return ballast


@pytest.mark.parametrize(("leave", "codes"), [
    (0, {"E502", "E906"}), (40_000, {"E502", "E711", "E906"}), (300_000, {"E711", "E906"}), (1_200_000, {"E906", "E711"}),
])  # fmt: skip
def test_case_43_a_full_disk_changes_nothing_and_the_next_try_succeeds(
    three: Three, tmp_path: Path, leave: int, codes: set[str]
) -> None:
    county, station, _ = three
    station.do(NoteMany(1500))
    bundle = Path(station.export()[0].file)
    door = Door(county)
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(door.root, disk / "data")
        door.root = disk / "data"
        place = door.open()
        before = place.digest()
        ballast = fill(disk, leave)
        assert _refusal(place, bundle) in codes
        place.office.close()
        ballast.unlink()
        place = door.open()
        assert place.digest() == before
        assert place.take(bundle)[0].outcome == "APPLIED"
        assert place.count("person") == 1500
        place.office.close()


def _refusal(place: Place, bundle: Path) -> str:
    """The code, whether the outcome could still be written down or not."""
    try:
        [outcome] = place.take(bundle)
    except Refused as refusal:
        return refusal.code
    assert outcome.outcome == "REFUSED"
    return outcome.code


def test_case_44_a_full_stick_gets_no_final_file(three: Three, tmp_path: Path) -> None:
    _, station, _ = three
    station.do(NoteMany(3000))
    with small_disk(tmp_path / "disk", "64k") as stick:
        with pytest.raises(Refused) as refusal:
            station.do(ExportBundles(stick))
        assert refusal.value.code == "E502"
        assert "MB" in refusal.value.message
        assert not list(stick.iterdir())
    assert station.count("sent_bundle") == 0
    assert station.export()[0].entries == 3000


def test_an_import_that_waits_too_long_for_its_turn_is_refused(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.exchange import receive
    from app.turns import own_turn

    county, station, _ = three
    station.export()
    monkeypatch.setattr(receive, "PATIENCE_SECONDS", 0.0)
    with (
        own_turn(county.office.data.quarantine / "turn.lock", Refused("E738", ""), 0),
        pytest.raises(Refused) as refusal,
    ):
        county.do(ImportBundles((station.stick,)))
    assert refusal.value.code == "E738"
