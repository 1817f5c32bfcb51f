"""Copies a database file as it stands, under its own key or another, and compares a copy with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.models.engine import connect


def copy_database(source: Path, key: bytes, target: Path, target_key: bytes) -> None:
    """A consistent copy, page by page, while others go on working; all of it in the one file."""
    reading, writing = connect(source, key, read_only=True), connect(target, target_key)
    try:
        reading.backup(writing)
    finally:
        writing.execute("PRAGMA journal_mode = DELETE")
        writing.close()
        reading.close()


def fold_journal(path: Path, key: bytes) -> None:
    """Take everything into the one file and do away with its journal; only where nobody else has it open."""
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def is_same(source: Path, key: bytes, copy: Path, copy_key: bytes) -> bool:
    """Whether every page of the copy is whole, and it has the source's tables with as many rows each."""
    reading, copied = connect(source, key, read_only=True), connect(copy, copy_key, read_only=True)
    try:
        is_whole = not copied.execute("PRAGMA cipher_integrity_check").fetchall()
        is_sound = copied.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return is_whole and is_sound and _content(reading) == _content(copied)
    finally:
        copied.close()
        reading.close()


def _content(connection: Any) -> list[Any]:
    schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    tables = [name for kind, name, _ in schema if kind == "table"]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]
    return [schema, counts]
