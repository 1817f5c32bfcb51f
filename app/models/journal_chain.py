"""Chains the journal's lines, so that a reason, a subject or an outcome rewritten past the program is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, text

from app.canonical import BadData, encode
from app.chain import GENESIS
from app.models.base import JsonText, UtcText

_CONTEXT = b"huimin.journal.v1\0"
_LAST = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
_COLUMNS = (
    *("id", "at", "mono", "boot", "actor", "command"),
    *("subjects", "why", "outcome", "seat", "tables", "hash"),
)
_PUT = f"INSERT INTO journal ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"
"""In the driver's own words, for every command waits for it."""
_ALL = text(
    "SELECT id, at, mono, boot, actor, command, subjects, why, outcome, seat, tables, hash FROM journal ORDER BY id"
)


def write_line(connection: Connection, line: Mapping[str, Any]) -> int:
    """Store a line, all columns but `id` and `hash` given, as the journal's next; its id.

    Whoever writes holds the file, so none comes in between.
    """
    last = connection.exec_driver_sql(_LAST).first()
    number, before = (last[0] + 1, last[1]) if last else (1, GENESIS)
    stored = {
        **line,
        "id": number,
        "at": UtcText().process_bind_param(line["at"], None),
        "subjects": JsonText().process_bind_param(line["subjects"], None),
        "tables": JsonText().process_bind_param(line["tables"], None),
    }
    stored["hash"] = _hash(before, stored)
    connection.exec_driver_sql(_PUT, tuple(stored[name] for name in _COLUMNS))
    return number


def altered_lines(connection: Connection) -> Iterator[int]:
    """Ids of the lines that do not follow from the one before as they stand; after a missing one, the next."""
    before = GENESIS
    for row in connection.execute(_ALL, execution_options={"yield_per": 1000}).mappings():
        if not _follows(before, {str(name): value for name, value in row.items()}):
            yield int(row["id"])
        before = row["hash"]


def _follows(before: Any, row: Mapping[str, Any]) -> bool:
    """What is no bytes or no plain value was never written by us: it follows from nothing."""
    if not isinstance(before, bytes):
        return False
    try:
        return bool(_hash(before, {name: row[name] for name in row if name != "hash"}) == row["hash"])
    except BadData:
        return False


def _hash(before: bytes, line: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(_CONTEXT + before + encode(dict(line))).digest()
