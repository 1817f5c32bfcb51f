"""What it costs a bureau on a PostgreSQL server to take a bundle in, against COPY of the same rows through tables beside.

HUIMIN_BENCH_ENTRIES: how many records the bundle has.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg
import pytest

from app.services.exchange import prefixes
from app.services.office.office import Office
from tests.bench.many_consultations import fill_station
from tests.bench.report import report
from tests.exchange.conftest import Copies, copies
from tests.exchange.forging import Note
from tests.server_offices import as_database, the_server

__all__ = ["copies"]
ENTRIES = int(os.environ.get("HUIMIN_BENCH_ENTRIES", "20000"))
TABLES = ("received_entry", "received_personal", "consultation", "search_place", "consultation_words")
PREFIX = 1000


@pytest.mark.bench
def test_a_server_takes_a_bundle_in_at_few_times_the_bare_copy(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefixes, "PAUSE_SECONDS", 0.0)
    county, station, other = copies(tmp_path)
    other.office.close()
    station.do(Note("甲"))
    county.take(station.export()[0].file)
    data, key = county.office.data, county.office.safe.key
    county.office.close()
    typed = as_database(data, key)
    bare = the_server().make_database(typed.rpartition("/")[2])
    county.office = Office(data, key, county.clock)
    fill_station(station.office, ENTRIES)
    file = station.export()[0].file
    began = perf_counter()
    assert county.take(file)[0].outcome == "APPLIED"
    taken = perf_counter() - began
    with psycopg.connect(typed) as made, psycopg.connect(bare) as floor:
        rows = {
            name: made.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()[-ENTRIES:] for name in TABLES
        }  # type: ignore[call-overload]
        copied = _copied(floor, rows)
    figures: dict[str, object] = {"wall_s": round(taken, 2), "floor_s": round(copied, 2)}
    report(
        f"import of {ENTRIES} records on a server, against COPY through tables beside",
        figures,
        ratio=taken / copied,
        wanted=1.5,
    )
    county.office.close()
    station.office.close()


def _copied(floor: psycopg.Connection[Any], rows: dict[str, Sequence[Any]]) -> float:
    """Seconds for the same rows, a transaction for each prefix, without triggers."""
    for name in TABLES:
        floor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")  # type: ignore[arg-type]
        floor.execute(f"CREATE TEMP TABLE beside_{name} AS SELECT * FROM {name} WHERE false")  # type: ignore[arg-type]
    floor.commit()
    began = perf_counter()
    for start in range(0, ENTRIES, PREFIX):
        for name in TABLES:
            with floor.cursor() as cursor, cursor.copy(f"COPY beside_{name} FROM STDIN") as copy:  # type: ignore[arg-type]
                for row in rows[name][start : start + PREFIX]:
                    copy.write_row(row)
            floor.execute(f"INSERT INTO {name} SELECT * FROM beside_{name} ON CONFLICT DO NOTHING")  # type: ignore[arg-type]
            floor.execute(f"TRUNCATE beside_{name}")  # type: ignore[arg-type]
        floor.commit()
    return perf_counter() - began
