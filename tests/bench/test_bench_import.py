"""Importing an attendance sheet against openpyxl's own pass with prepared inserts of as many rows, log included."""

from __future__ import annotations

import os
import threading
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, sleep

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, text

from app.services.drafts.keep_draft import SaveDraft
from app.services.importing.import_workbook import ImportWorkbook
from tests.bench.report import report, timed
from tests.services.conftest import Desk, county, make_desk
from tests.services.consultation_desk import lawyer

__all__ = ["county", "make_desk"]
ROWS = int(os.environ.get("HUIMIN_BENCH_ROWS", "2000"))
PEOPLE = 40
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


def bare_pass(county: Desk, path: Path) -> None:
    """Read with openpyxl, insert two rows with their log and side rows each by prepared statements, take all back."""
    book = load_workbook(path, read_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[0]]
    book.close()
    with county.office.database.writer.connect() as connection, connection.begin() as whole:
        connection.execute(text("CREATE TEMP TABLE bare_row (id TEXT PRIMARY KEY, a, b, c, d, e)"))
        connection.execute(text("CREATE TEMP TABLE bare_log (id TEXT PRIMARY KEY, body, hash)"))
        connection.execute(text("CREATE TEMP TABLE bare_side (id TEXT PRIMARY KEY, salt, vals)"))
        made = [
            {"id": f"{number}{side}", "a": row[0], "b": row[1], "c": row[2], "d": row[3], "e": row[4]}
            for number, row in enumerate(rows)
            for side in "io"
        ]
        connection.execute(text("INSERT INTO bare_row VALUES (:id, :a, :b, :c, :d, :e)"), made)
        connection.execute(text("INSERT INTO bare_log VALUES (:id, :a || :b || :c || :d, :e)"), made)
        connection.execute(text("INSERT INTO bare_side VALUES (:id, :a, :e)"), made)
        whole.rollback()


@pytest.mark.bench
def test_import_of_attendance(county: Desk, tmp_path: Path) -> None:
    for number in range(PEOPLE):
        lawyer(county, f"值班人{number:02d}", serial=number + 1)
    path = attendance_book(tmp_path / "a.xlsx", ROWS)
    bare = timed(lambda: bare_pass(county, path))
    statements: list[int] = [0]
    event.listen(county.office.database.writer, "before_cursor_execute", lambda *_: _count(statements))
    waits: list[float] = []
    ended = threading.Event()
    other = threading.Thread(target=_save_meanwhile, args=(county, waits, ended))
    other.start()
    took = timed(lambda: county.do(ImportWorkbook("attendance", path)))
    ended.set()
    other.join()
    report(
        f"import of {ROWS} rows of attendance",
        {
            "openpyxl_and_inserts_s": round(bare, 2),
            "import_s": round(took, 2),
            "per_row_ms": round(took / ROWS * 1000, 2),
            "statements_per_row": round(statements[0] / ROWS, 1),
            "longest_other_save_s": round(max(waits), 2),
        },
        ratio=took / bare,
        wanted=1.5,
    )


def _count(statements: list[int]) -> None:
    statements[0] += 1


def _save_meanwhile(county: Desk, waits: list[float], ended: threading.Event) -> None:
    """Another window of this office saves something small again and again."""
    while not waits or not ended.is_set():
        began = perf_counter()
        county.do(SaveDraft("bench", {"a": "b"}))
        waits.append(perf_counter() - began)
        sleep(0.05)
