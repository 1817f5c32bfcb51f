"""Importing an attendance sheet against openpyxl's own pass with prepared inserts of as many rows, log included."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from math import log
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event

from app.services.drafts.keep_draft import SaveDraft
from app.services.importing.import_workbook import ImportWorkbook
from app.services.office.office import Office
from tests.bench.report import report, timed
from tests.services.conftest import COUNTY, Desk, county, make_desk
from tests.services.consultation_desk import lawyer

__all__ = ["county", "make_desk"]
SIZES = tuple(int(one) for one in os.environ.get("HUIMIN_BENCH_ROWS", "2000,10000,50000").split(","))
PEOPLE = 40
PATIENCE_S = 5
"""How long a save at another window may wait at most while a sheet is stored."""
FIRST = date(2021, 1, 4)


def attendance_book(path: Path, rows: int) -> Path:
    """So many sign-ins with their sign-outs, every person at most once a day."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["站点", "姓名", "签到时间", "签退时间", "确认人"])
    for number in range(rows):
        day = (FIRST + timedelta(days=number // PEOPLE % 480)).isoformat()
        hour = 8 + number // PEOPLE // 480
        sheet.append(
            ["解州镇", f"值班人{number % PEOPLE:02d}", f"{day} {hour:02d}:05", f"{day} {hour:02d}:40", "李四"]
        )
    book.save(path)
    return path


LOG = ("punch", "change_entry", "change_personal")
"""What an import of attendance writes: the rows, the log and its side rows."""


def bare_read(path: Path) -> int:
    """Read with openpyxl, nothing else."""
    book = load_workbook(path, read_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[0]]
    book.close()
    return len(rows)


def written(connection: Any, before: Mapping[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    """Table → the rows that the import put there."""
    statement = "SELECT * FROM {} WHERE rowid > ?"
    return {
        name: connection.execute(statement.format(name), (last,)).fetchall() for name, last in before.items()
    }


def newest(connection: Any) -> dict[str, int]:
    """Table → its last rowid."""
    query = "SELECT coalesce(max(rowid), 0) FROM {}"
    return {name: connection.execute(query.format(name)).fetchone()[0] for name in LOG}


def make_bare_tables(connection: Any) -> None:
    """Tables with the columns, keys and indexes of the real ones, in the same encrypted file, without triggers."""
    query = "SELECT sql, name, tbl_name FROM sqlite_master WHERE tbl_name IN (?, ?, ?) AND type <> 'trigger' AND sql NOT NULL"
    for statement, name, table in connection.execute(query, LOG).fetchall():
        bare = statement.replace(name, f"bare_{name}", 1)
        connection.execute(bare if name == table else bare.replace(f" ON {table} ", f" ON bare_{table} "))


def bare_inserts(connection: Any, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """The very rows by prepared statements, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for name, made in rows.items():
        if made:
            places = ", ".join("?" for _ in made[0])
            connection.executemany(f"INSERT INTO bare_{name} VALUES ({places})", made)
    connection.execute("COMMIT")


class Held:
    """Times how long a transaction that writes is open, by the clock and by this process's work, and counts
    statements, those that read included."""

    def __init__(self, office: Office) -> None:
        self.longest, self.worked, self.statements = 0.0, 0.0, 0
        self._began = self._worked = 0.0
        event.listen(office.database.writer, "begin", self._begin)
        event.listen(office.database.writer.pool, "checkin", self._end)
        for engine in (office.database.writer, office.database.reader):
            event.listen(engine, "before_cursor_execute", self._count)

    def _begin(self, _connection: Any) -> None:
        self._began, self._worked = perf_counter(), process_time()

    def _end(self, *_: Any) -> None:
        if self._began:
            self.longest = max(self.longest, perf_counter() - self._began)
            self.worked = max(self.worked, process_time() - self._worked)
            self._began = 0.0

    def _count(self, *_: Any) -> None:
        self.statements += 1


def spent(run: Callable[[], object]) -> float:
    """Seconds of processor time, for the machine may be shared."""
    began = process_time()
    run()
    return process_time() - began


def import_once(county: Desk, folder: Path, rows: int) -> dict[str, float]:
    """Import so many rows; seconds of processor, of the floor, of the open transaction, and statements a row."""
    path = attendance_book(folder / f"{rows}.xlsx", rows)
    with closing(county.office.database.writer.raw_connection()) as connection:
        before = newest(connection)
    held = Held(county.office)
    whole = spent(lambda: county.do(ImportWorkbook("attendance", path)))
    statements, longest, worked = held.statements, held.longest, held.worked
    floor = spent(lambda: bare_read(path))
    with closing(county.office.database.writer.raw_connection()) as connection:
        made = written(connection, before)
        assert [len(made[name]) for name in LOG] == [2 * rows, 2 * rows, 0]
        make_bare_tables(connection)
        floor += spent(lambda: bare_inserts(connection, made))
    return {
        "cpu_s": whole,
        "floor_cpu_s": floor,
        "open_s": longest,
        "open_cpu_s": worked,
        "statements": statements / rows,
    }


@pytest.mark.bench
def test_import_of_attendance(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Several sizes, each into a fresh office, so that the exponent of growth can be told."""
    found: dict[int, dict[str, float]] = {}
    for rows in SIZES:
        county = make_desk(COUNTY, f"county-{rows}")
        for number in range(PEOPLE):
            lawyer(county, f"值班人{number:02d}", serial=number + 1)
        found[rows] = figures = import_once(county, tmp_path, rows)
        shown = {name: round(figure, 3) for name, figure in figures.items()}
        ratio = figures["cpu_s"] / figures["floor_cpu_s"]
        report(f"import of {rows} rows of attendance", shown, ratio=ratio, wanted=1.5)
        held = {"wall_s": shown["open_s"], "cpu_s": shown["open_cpu_s"], "wanted_s": PATIENCE_S}
        report(
            f"import of {rows} rows: the lock is held", held, ratio=figures["open_s"] / PATIENCE_S, wanted=1.0
        )
    first, last = SIZES[0], SIZES[-1]
    growth = log(found[last]["cpu_s"] / found[first]["cpu_s"]) / log(last / first)
    report("import of attendance: growth", {"from": first, "to": last, "exponent": round(growth, 2)})


@pytest.mark.bench
def test_others_save_during_an_import(county: Desk, tmp_path: Path) -> None:
    """Another window of the office saves something small again and again."""
    for number in range(PEOPLE):
        lawyer(county, f"值班人{number:02d}", serial=number + 1)
    path = attendance_book(tmp_path / "a.xlsx", SIZES[-1])
    waits: list[float] = []
    ended = threading.Event()
    other = threading.Thread(target=_save_meanwhile, args=(county, waits, ended))
    other.start()
    took = timed(lambda: county.do(ImportWorkbook("attendance", path)))
    ended.set()
    other.join()
    figures = {
        "import_s": round(took, 2),
        "longest_other_save_s": round(max(waits), 2),
        "wanted_s": PATIENCE_S,
    }
    report(f"saves during an import of {SIZES[-1]} rows", figures, ratio=max(waits) / PATIENCE_S, wanted=1.0)


def _save_meanwhile(county: Desk, waits: list[float], ended: threading.Event) -> None:
    while not waits or not ended.is_set():
        began = perf_counter()
        county.do(SaveDraft("bench", {"a": "b"}))
        waits.append(perf_counter() - began)
        sleep(0.05)
