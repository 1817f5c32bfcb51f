"""What a bundle costs: import and re-import against bare inserts of its rows, export against the bare steps, the lock,
the memory. HUIMIN_BENCH_ENTRIES: how many records the bundle has, by commas; HUIMIN_BENCH_BUNDLES: how many bundles come at once;
HUIMIN_BENCH_SAVES: how many records while others save."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

import orjson
import pyrage
import pytest
import zstandard
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bundle.limits import MIB
from app.models.engine import connect
from app.models.records import Acknowledgement, Stream
from app.models.search_tokens import INDEXED, record_tokens
from app.models.search_words import WORDS
from app.services.drafts.keep_draft import SaveDraft
from tests.bench.many_consultations import fill_station
from tests.bench.report import report
from tests.direct_rows import Write
from tests.exchange.conftest import COUNTY, Copies, copies
from tests.exchange.offices import Place

__all__ = ["copies"]
ENTRIES = tuple(int(one) for one in os.environ.get("HUIMIN_BENCH_ENTRIES", "20000,100000").split(","))
BUNDLES, EACH = int(os.environ.get("HUIMIN_BENCH_BUNDLES", "160")), 700
MOST_MB = 300
"""Memory that an import may need at most, whatever its size."""
SAVES = int(os.environ.get("HUIMIN_BENCH_SAVES", "10000"))
PREFIX = 1000
LOGGED = ("received_entry", "received_personal")
"""Put in place with the rows of each entry."""
PLACED = "search_place"
Rows = Sequence[tuple[Any, ...]]


@pytest.fixture
def pair(copies: Copies, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A county and a station that has sent one bundle already, which loads what the first one loads."""
    county, station, other = copies(tmp_path)
    other.office.close()
    fill_station(station.office, 1)
    first = station.export()[0].file
    county.take(first)
    yield county, station
    for place in (county, station):
        place.office.close()


def fill(station: Place, count: int) -> str:
    """The station writes so many records; its bundle of them and of what has no receipt yet."""
    fill_station(station.office, count, given=1)
    return station.export()[0].file


def spent(run: Callable[[], object]) -> float:
    """Seconds of processor time, for the machine may be shared."""
    began = process_time()
    run()
    return process_time() - began


def in_child(place: Place, *files: str) -> subprocess.Popen[str]:
    """A process that imports these files into the office."""
    command = [sys.executable, "-m", "tests.bench.exchange_child"]
    return subprocess.Popen(
        [*command, str(place.office.data.root), place.office.safe.key.hex(), *files],
        stdout=subprocess.PIPE,
        text=True,
    )


def told(child: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What the process says of each file."""
    out, _ = child.communicate()
    assert child.returncode == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


class Floor:
    """The rows that an import put into an office, inserted by the bare driver into a copy made before it."""

    def __init__(self, place: Place, folder: Path, prefix: int = PREFIX):
        self._place, self._path, self._prefix = place, folder / "bare.db", prefix
        with closing(place.office.database.writer.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._tables = ("consultation", *LOGGED, PLACED)
            self._before = {name: _last(connection, name) for name in self._tables}
        self._path.write_bytes(place.office.database.path.read_bytes())

    def seconds(self) -> float:
        """Processor time of equal prefixes, each with its cursor; the words of the search last, in one transaction."""
        with closing(self._place.office.database.writer.raw_connection()) as connection:
            made = {name: _rows_after(connection, name, last) for name, last in self._before.items()}
            words = _words(connection, self._before[PLACED])
            cursor = connection.execute("SELECT id, seq, head FROM received_stream ORDER BY seq").fetchall()[
                -1
            ]
        places = made.pop(PLACED)
        with closing(connect(self._path, self._place.office.safe.key)) as bare:
            for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                bare.execute(f"DROP TRIGGER {name}")
            return spent(lambda: _insert_all(bare, made, cursor, places, words, self._prefix))


def _last(connection: Any, name: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {name}").fetchone()[0])


def _rows_after(connection: Any, name: str, last: int) -> Rows:
    found: Rows = connection.execute(
        f"SELECT * FROM {name} WHERE rowid > ? ORDER BY rowid", (last,)
    ).fetchall()
    return found


def _words(connection: Any, last: int) -> Rows:
    """What the index holds of each record, worked out beforehand."""
    columns = ", ".join(f"c.{name}" for name in INDEXED)
    query = f"SELECT p.place, {columns} FROM search_place p JOIN consultation c ON c.id = p.row_id WHERE p.place > ?"
    return [(place, *record_tokens(record)) for place, *record in connection.execute(query, (last,))]


def _insert_all(
    bare: Any, made: Mapping[str, Rows], cursor: tuple[Any, ...], places: Rows, words: Rows, prefix: int
) -> None:
    longest = max(map(len, made.values()))
    for start in range(0, longest, prefix):
        bare.execute("BEGIN IMMEDIATE")
        for name, rows in made.items():
            _insert(bare, name, rows[start : start + prefix])
        bare.execute(
            "UPDATE received_stream SET seq = ?, head = ? WHERE id = ?", (cursor[1], cursor[2], cursor[0])
        )
        bare.execute("COMMIT")
    bare.execute("BEGIN IMMEDIATE")
    _insert(bare, PLACED, places)
    bare.executemany(
        f"INSERT INTO {WORDS.name} (rowid, client, initials, numbers, topics, content, site) VALUES (?, ?, ?, ?, ?, ?, ?)",
        words,
    )
    bare.execute("COMMIT")


def _insert(bare: Any, name: str, rows: Rows) -> None:
    if rows:
        bare.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in rows[0])})", rows)


@pytest.mark.bench
@pytest.mark.parametrize("entries", ENTRIES)
def test_import_and_again(pair: tuple[Place, Place], tmp_path: Path, entries: int) -> None:
    county, station = pair
    first = next(station.stick.glob("*.hmb"))
    bundle = fill(station, entries)
    floor = Floor(county, tmp_path)
    _, whole, again = told(in_child(county, str(first), bundle, bundle))
    assert (whole["outcome"], whole["applied"], again["outcome"]) == ("APPLIED", entries, "NOOP")
    bare = floor.seconds()
    report(
        f"import of {entries} records",
        whole | {"floor_cpu_s": round(bare, 3), "us_a_record": round(whole["cpu_s"] / entries * 1e6)},
        ratio=whole["cpu_s"] / bare,
        wanted=2.0,
    )
    report(f"memory of an import of {entries} records", {"mb": whole["peak_mb"], "most_mb": MOST_MB})
    report(f"re-import of {entries} records", again, ratio=again["cpu_s"] / whole["cpu_s"], wanted=0.05)


@pytest.mark.bench
def test_many_bundles_at_once(pair: tuple[Place, Place], tmp_path: Path) -> None:
    """As from as many sites: each bundle with its own signature, receipt and line in the inbox."""
    county, station = pair
    first = next(station.stick.glob("*.hmb"))
    files = []
    for number in range(BUNDLES):
        fill_station(station.office, EACH, given=1 + number * EACH)
        files.append(station.export()[0].file)
        _believed(station)
    floor = Floor(county, tmp_path, EACH)
    _, *each = told(in_child(county, str(first), *files))
    assert [one["applied"] for one in each] == [EACH] * BUNDLES
    took, bare = sum(one["cpu_s"] for one in each), floor.seconds()
    figures = {"cpu_s": round(took, 3), "floor_cpu_s": round(bare, 3), "peak_mb": each[-1]["peak_mb"]}
    report(f"import of {BUNDLES} bundles of {EACH} records", figures, ratio=took / bare, wanted=2.5)


def _believed(station: Place) -> None:
    """As if the county had acknowledged all of it, so that the next bundle begins behind it."""

    def act(session: Session) -> None:
        for stream in session.query(Stream).filter(Stream.audience == "up"):
            session.merge(
                Acknowledgement(
                    stream=stream.id,
                    site=COUNTY,
                    seq=stream.seq,
                    head=stream.head,
                    countersignature="",
                    at=station.clock.now().at,
                )
            )

    station.do(Write(act))


@pytest.mark.bench
def test_export(pair: tuple[Place, Place], tmp_path: Path) -> None:
    _, station = pair
    fill(station, ENTRIES[0])
    took = spent(lambda: station.export())
    bare = spent(lambda: _bare_export(station, tmp_path / "bare"))
    report(
        f"export of {ENTRIES[0]} records",
        {"cpu_s": round(took, 3), "floor_cpu_s": round(bare, 3)},
        ratio=took / bare,
        wanted=2.0,
    )


def _bare_export(place: Place, target: Path) -> None:
    """Select, orjson, zstd and age to three recipients, in segments as large as ours."""
    recipient = pyrage.x25519.Identity.generate().to_public()
    query = text(
        "SELECT e.body, e.hash, p.salt, p.vals FROM change_entry e "
        "LEFT JOIN change_personal p ON p.stream = e.stream AND p.seq = e.seq WHERE e.stream LIKE '%/up' ORDER BY e.seq"
    )
    buffer, packer = bytearray(), zstandard.ZstdCompressor(level=3)
    with place.office.database.reader.connect() as connection, target.open("wb") as out:

        def flush() -> None:
            out.write(pyrage.encrypt(packer.compress(bytes(buffer)), [recipient] * 3))
            buffer.clear()

        for body, hashed, salt, values in connection.execute(query).yield_per(2000):
            side = {"salt": salt.hex(), "values": orjson.Fragment(values)} if salt else None
            line = orjson.dumps({"body": orjson.Fragment(body), "hash": hashed.hex(), "personal": side})
            if len(buffer) + len(line) > 4 * MIB:
                flush()
            buffer += line + b"\n"
        flush()


@pytest.mark.bench
def test_others_save_during_an_import(pair: tuple[Place, Place]) -> None:
    """Another process imports; this one saves something small again and again."""
    county, station = pair
    bundle = fill(station, SAVES)
    child, waits = in_child(county, bundle), []
    while child.poll() is None:
        began = perf_counter()
        county.do(SaveDraft("bench", {"a": "b"}))
        waits.append(perf_counter() - began)
        sleep(0.05)
    [whole] = told(child)
    waits.sort()
    figures = {
        "saves": len(waits),
        "p99_s": round(waits[min(len(waits) - 1, int(len(waits) * 0.99))], 3),
        "longest_s": round(waits[-1], 3),
        "lock_s": whole["lock_s"],
        "wanted_s": 1,
    }
    report(f"saves of another process during an import of {SAVES} records", figures)
