"""Power cuts anywhere in a small import and its reply: none or all, and no receipt for what was lost (case 41)."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from app.bundle.reading import open_bundle
from app.models.schema import CONTRACT
from tests.exchange.forging import NoteMany
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.power_loss import Recording, can_record, crash_image, lay_out, recorded
from tests.exchange.test_exchange_power import Door, is_sound
from tests.killing import KILLS
from tests.tools import need_tools

PEOPLE = 5
REPOSITORY = Path(__file__).parents[2]
Three = tuple[Place, Place, Place]


def moments(recording: Recording, chance: random.Random) -> list[int]:
    """Steps after which the power fails: around the syncs and renames, where promises are made, and anywhere."""
    steps = recording.steps
    kinds = ("sync", "settle", "move", "remove")
    edges = [place + more for place, step in enumerate(steps) if step.kind in kinds for more in (0, 1)]
    return [
        len(steps),
        *(chance.choice(edges) if turn % 2 else chance.randrange(len(steps)) for turn in range(2 * KILLS)),
    ]


def test_case_41_no_power_cut_leaves_half_an_import_or_a_receipt_for_lost_records(
    three: Three, tmp_path: Path
) -> None:
    need_tools("strace")
    if not can_record():
        pytest.skip("records a process's writes and syncs with strace, which may trace no process here")
    county, station, _ = three
    station.do(NoteMany(PEOPLE))
    bundle = Path(station.export()[0].file)
    door = Door(county)
    roots = [door.root, door.stick]
    child = [sys.executable, "-m", "tests.exchange.power_child", str(door.root), door.key.hex(), str(bundle)]
    recording = recorded([*child, str(door.stick)], roots, tmp_path / "strace.txt", REPOSITORY)
    assert len([step for step in recording.steps if step.kind == "sync"]) > 5
    chance, seen = random.Random(41), set[int]()
    for moment in moments(recording, chance):
        image = crash_image(recording, moment, chance)
        lay_out(image, roots)
        place = door.open()
        applied = place.count("person")
        seen.add(applied)
        assert is_sound(place), moment
        assert applied in (0, PEOPLE), moment
        assert place.count("received_entry") == applied
        assert place.count("received_bundle WHERE outcome = 'APPLIED'") == (1 if applied else 0)
        for reply in door.stick.glob("*.hmb"):
            if receipts_in(reply, station):
                assert applied == PEOPLE, "a receipt for what is not there"
        assert {Path(name).name for (name,) in sent(place)} <= {
            path.name for path in door.stick.glob("*.hmb")
        }
        assert place.take(bundle)[0].outcome == ("NOOP" if applied else "APPLIED")
        assert place.count("person") == PEOPLE
        place.export(JIEZHOU)
        assert not list(door.stick.glob("*.part"))
        place.office.close()
    assert seen == {0, PEOPLE}


def sent(place: Place) -> list[tuple[str]]:
    """Names of the files that the place says it exported."""
    with place.office.database.reader.connect() as connection:
        return [(row[0],) for row in connection.exec_driver_sql("SELECT file FROM sent_bundle")]


def receipts_in(reply: Path, station: Place) -> int:
    """How many receipts of this station's records a whole file with its final name holds."""
    with reply.open("rb") as file:
        opener = station.office.safe.site_keys
        try:
            reader = open_bundle(file, opener, contract=CONTRACT, site=JIEZHOU)
        except Exception as fault:
            if getattr(fault, "code", "") == "E704":
                return 0
            raise
        reader.verify()
        return len(reader.manifest.receipts)
