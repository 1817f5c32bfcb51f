"""Hostile text, failing syncs, wrong clocks, newer programs and damaged files, tried with real offices (34, 47, 50, 54, 67)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from openpyxl import load_workbook

from app.errors import Refused
from app.models.engine import connect
from app.paths import DataDir
from app.services.exchange import export, opening
from app.services.exchange.export import ExportBundles
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.people.pool import Pool
from app.services.reports.export_report import ExportReport
from app.services.reports.show_report import ShowReport
from app.ui.widgets.table_model import shown as as_on_screen
from tests.exchange.forging import Note, NoteMany, forge, person
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.power_loss import can_record
from tests.exchange.restoring import backed_up, names, reopened, rows, swap
from tests.exchange.test_exchange_power import Door, is_sound
from tests.exchange.test_power_loss import REPOSITORY
from tests.services.test_faults import damage
from tests.tools import need_tools

Three = tuple[Place, Place, Place]
HOSTILE = (
    "'); DROP TABLE person; --",
    '=HYPERLINK("http://x","点我")',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "张\u202e三\u2066",
)


def test_case_34_hostile_text_is_stored_as_data_and_harmless_on_screen_and_in_a_workbook(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    for number, words in enumerate(HOSTILE):
        row = person(station, f"r{number}", organisation=words, licence=f"1140820111000000{number}")
        forge(station, "person", row, {"name": words})
    assert swap(station, county) == ["APPLIED"]
    stored = rows(county, "SELECT name, organisation FROM person ORDER BY id")
    assert stored == [(words, words) for words in HOSTILE]
    book = tmp_path / "people.xlsx"
    county.do(ExportReport("people", "2022", book))
    cells = [cell for row in load_workbook(book).active for cell in row if cell.value is not None]
    shown = " ".join(str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells) and "DROP TABLE person" in shown
    view = county.ask(ShowReport("people", "2022"))
    screen = " ".join(as_on_screen(text) for row in view.table.texts for text in row)
    for words in (shown, screen):
        assert not set(words) & set("\u202e\u2066") and "张三" in words and "<img src=x" in words
    quoted = [cell for cell in cells if str(cell.value).startswith(("=", "@"))]
    assert len(quoted) >= 2 and all(cell.quotePrefix for cell in quoted)


def imported_with_failing_sync(door: Door, bundle: Path, number: int) -> bool:
    """Whether a program whose sync of that number fails says that all went well."""
    child = [sys.executable, "-m", "tests.exchange.power_child", str(door.root), door.key.hex(), str(bundle)]
    fault = ["-e", "trace=fsync,fdatasync", "-e", f"inject=fsync,fdatasync:error=EIO:when={number}"]
    command = ["strace", "-f", *fault, "-o", "/dev/null", *child, str(door.stick)]
    return subprocess.run(command, check=False, capture_output=True, cwd=REPOSITORY).returncode == 0


def test_case_47_a_sync_that_fails_is_never_a_success(three: Three) -> None:
    need_tools("strace")
    if not can_record():
        pytest.skip("makes syncs fail with strace, which may trace no process here")
    county, station, _ = three
    station.do(NoteMany(3))
    bundle, door = Path(station.export()[0].file), Door(county)
    failed = 0
    for number in range(1, 9):
        before = len(list(door.stick.glob("*.hmb")))
        said_well = imported_with_failing_sync(door, bundle, number)
        failed += not said_well
        place = door.open()
        assert is_sound(place)
        assert place.count("person") in (0, 3) and place.count("received_entry") == place.count("person")
        written = len(list(door.stick.glob("*.hmb"))) - before
        assert not said_well or (place.count("person") == 3 and written == 2), number
        assert not list(door.stick.glob("*.part"))
        assert place.take(bundle)[0].outcome in ("APPLIED", "NOOP")
        assert place.count("person") == 3
        place.office.close()
    assert failed


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system what a handle is of")
def test_case_47_a_stick_that_fails_to_sync_gets_no_file_and_no_record(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, station, _ = three
    station.do(Note("甲"))

    real = os.fsync

    def fail(handle: int) -> None:
        if str(station.stick) in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(5, "Input/output error")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(Refused) as refusal:
            station.do(ExportBundles(station.stick))
    assert refusal.value.code == "E504" and "没有写完" in refusal.value.message
    assert not list(station.stick.glob("*.hmb*")) and station.count("sent_bundle") == 0
    assert station.export()[0].is_written


def test_case_50_whatever_the_clock_says_the_order_is_that_of_the_log(three: Three) -> None:
    county, station, _ = three
    swap(county, station, JIEZHOU)
    row = station.do(Note("卫明", "甲所"))
    for number, at in enumerate(
        (
            datetime(2022, 5, 9, 1, tzinfo=UTC),
            datetime(2032, 5, 10, 1, tzinfo=UTC),
            datetime(1980, 1, 1, tzinfo=UTC),
            datetime(2022, 5, 11, 1, tzinfo=UTC),
        )
    ):
        station.clock.at = at
        station.do(Note("卫明", f"第{number}所", row))
        assert swap(station, county) == ["APPLIED"]
        assert rows(county, "SELECT organisation FROM person") == [(f"第{number}所",)]
        clock = next(one for one in station.ask(Health()) if one.key == "clock")
        assert clock.text.startswith(
            ("本机时间早于上级发来的回执", "正常", "本机时间早于上级", "本机时间早于最近")[number]
        )
    seqs = [seq for (seq,) in rows(county, "SELECT seq FROM received_entry ORDER BY seq")]
    assert seqs == list(range(1, 6)), "nothing is lost"


def test_case_54_a_bundle_for_newer_readers_waits_whole_and_is_applied_after_the_upgrade(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    with monkeypatch.context() as newer:
        newer.setattr(export, "LEAST_READER", 9)
        newer.setattr(export, "CONTRACT", 9)
        file = station.export()[0].file
    before = county.digest()
    [parked] = county.take(file)
    assert (parked.outcome, parked.code) == ("PARKED", "E707")
    assert "需要数据约定 9 以上，请更新程序" in parked.text
    assert county.digest() == before
    monkeypatch.setattr(opening, "CONTRACT", 9)
    station.clock.advance(timedelta(minutes=1))
    other = county.take(station.export()[0].file)
    assert other[0].outcome in ("APPLIED", "NOOP")
    assert names(county) == ["甲"]
    assert rows(county, "SELECT count(*) FROM received_bundle WHERE outcome = 'PARKED'") == [(0,)]
    assert not list(county.office.data.quarantine.glob("*.hmb"))


def test_case_67_the_engine_gives_the_same_results_with_the_cipher_and_without(
    three: Three, tmp_path: Path
) -> None:
    county, station, _ = three
    station.do(NoteMany(50))
    swap(station, county)
    found, plain = county.digest(), tmp_path / "plain.db"
    connection = connect(county.office.data.database, county.office.safe.key)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    assert plain.read_bytes()[:15] == b"SQLite format 3"
    assert county.office.data.database.read_bytes()[:15] != b"SQLite format 3"
    bare = sqlcipher.connect(str(plain))
    for name, held in found.items():
        assert [tuple(row) for row in bare.execute(f'SELECT * FROM "{name}"')] == held, name
    bare.close()


def test_case_67_a_damaged_county_says_so_and_goes_on_from_its_backup(three: Three, tmp_path: Path) -> None:
    county, station, _ = three
    station.do(Note("甲"))
    swap(station, county)
    kept, key, data = backed_up(county), county.office.safe.key, county.office.data
    county.office.close()
    damage(data.database, key, "person")
    again = Place(Office(data, key, county.clock), county.actor, county.clock, county.stick)
    with pytest.raises(Refused) as refusal:
        again.ask(Pool())
    assert refusal.value.code == "E939" and "请从备份恢复" in refusal.value.message
    again.office.close()
    whole = reopened(county, DataDir(tmp_path / "new"), kept, key)
    assert names(whole) == ["甲"]
    whole.office.close()
