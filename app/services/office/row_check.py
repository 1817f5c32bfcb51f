"""Compares every row of the tables that travel with what the logs last said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from app.kernel.found_changes import KIND_WORDS
from app.models.after_images import print_of, stored_rows
from app.models.found import ADDED, ALTERED, DELETED
from app.models.schema import shared_classes, table_title
from app.services.office.log_check import Key, LogFound


@dataclass(frozen=True)
class WrongRow:
    """A row that is not what its log says. is_own: this office's; else received from another."""

    table: str
    row_id: str
    kind: str
    is_own: bool

    @property
    def words(self) -> str:
        """`咨询 01a2…（被改动）`."""
        return f"{table_title(self.table)} {self.row_id[:64]}（{KIND_WORDS[self.kind]}）"


def wrong_rows(connection: Connection, logs: LogFound, office: str) -> list[WrongRow]:
    """Altered, added and deleted rows, table by table."""
    wrong: list[WrongRow] = []
    seen: set[Key] = set()
    for name in sorted(shared_classes()):
        for row in stored_rows(connection, name):
            key = (name, str(row["id"]))
            seen.add(key)
            kind = _kind(logs, key, print_of(row))
            if kind and not _is_first_site(logs, key, office):
                wrong.append(WrongRow(*key, kind, row["writer"] == office))
    return wrong + list(_missing(logs, seen))


def _kind(logs: LogFound, key: Key, found: bytes) -> str:
    newest = logs.newest.get(key)
    if newest is not None and newest.print == found:
        return ""
    if found in logs.late.get(key, ()) or key in logs.marked:
        return ""
    return ADDED if newest is None or newest.print is None else ALTERED


def _is_first_site(logs: LogFound, key: Key, office: str) -> bool:
    """A station's own site stands there from its enrolment on, before the bureau's first bundle brings its entry."""
    return key == ("site", office) and key not in logs.newest


def _missing(logs: LogFound, seen: set[Key]) -> Iterator[WrongRow]:
    for key, newest in logs.newest.items():
        if newest.print is not None and key not in seen:
            yield WrongRow(*key, DELETED, newest.is_own)
