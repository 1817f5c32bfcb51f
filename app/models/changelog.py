"""Writes the change log: drains the noted rows of a transaction into their streams' hash chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, text

from app.canonical import encode
from app.chain import GENESIS, entry_hash, personal_digest
from app.clock import Instant
from app.models.base import UtcText
from app.models.many_rows import insert_tuples
from app.models.records import ChangeEntry, ChangePersonal, Stream
from app.models.schema import CONTRACT, shared_class, table
from app.models.travelling import personal_columns
from app.values import Level

SALT_BYTES = 16
AT_ONCE = 5000
"""Rows looked up and logged by one statement each; their entries are all there is in memory at a time."""


class EntryTooLong(Exception):
    """A row that no bundle could carry. column: the one with most text in it; size: bytes of that text."""

    def __init__(self, table_name: str, column: str, size: int):
        self.table, self.column, self.size = table_name, column, size
        super().__init__(f"{table_name}.{column}: {size} bytes")


_NOTED = "SELECT tbl, row_id FROM pending ORDER BY rowid"
_FORGET = "DELETE FROM pending"
_LAST_VERSIONS = (
    "SELECT tbl, row_id, max(version) FROM change_entry WHERE row_id IN (SELECT value FROM json_each(?)) "
    "GROUP BY tbl, row_id"
)
_STREAM_OF = text("SELECT stream FROM change_entry WHERE row_id = :id AND tbl = :tbl")
_PARENT = text("SELECT parent FROM site WHERE id = :site")
_ALLOCATE = (
    "INSERT INTO stream (id, audience, seq, head) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET seq = stream.seq + excluded.seq RETURNING seq, head"
)
_ADVANCE = "UPDATE stream SET head = ? WHERE id = ?"
"""In the driver's own words, for every save waits for them."""
_ENTRY = ("stream", "seq", "tbl", "row_id", "version", "journal_id", "body", "hash")
_PERSONAL = ("stream", "seq", "salt", "vals")

LOG_TABLES = frozenset({ChangeEntry.__tablename__, ChangePersonal.__tablename__, Stream.__tablename__})
"""What logging noted rows writes."""


@dataclass(frozen=True)
class Author:
    """What an entry says of its making: the office, its level, the account's id, the journal row, the time."""

    office: str
    level: Level
    epoch: int
    account: str
    journal_id: int
    command: str
    now: Instant
    salt: Any
    """Clock.random"""


def stream_id(office: str, epoch: int, audience: str) -> str:
    """Name of a stream: who wrote it, in which epoch, for whom."""
    return f"{office}/{epoch}/{audience}"


def noted_rows(connection: Connection) -> list[tuple[str, str]]:
    """(table, id) of the rows changed in this transaction that are yet to be logged."""
    return [(row[0], row[1]) for row in connection.exec_driver_sql(_NOTED).all()]


def drain(connection: Connection, author: Author, noted: Sequence[tuple[str, str]], most_bytes: int) -> None:
    """Log every noted row, one entry each.

    most_bytes: of an entry's body and personal values together. Raises EntryTooLong.
    """
    if not noted:
        return
    book = _Book(connection, author, most_bytes)
    for start in range(0, len(noted), AT_ONCE):
        book.write(noted[start : start + AT_ONCE])
    connection.exec_driver_sql(_FORGET)


class _Change(NamedTuple):
    """A noted row as it stands now; row None: it is gone."""

    table: str
    row_id: str
    row: dict[str, Any] | None
    version: int


@dataclass
class _Book:
    """Writes the entries of one transaction; what many rows ask alike is found once."""

    connection: Connection
    author: Author
    most_bytes: int
    audiences: dict[str, str] = field(default_factory=dict)
    """Table → whom its rows are for."""
    children: dict[str, str] = field(default_factory=dict)
    """Site → the office right below this one that keeps it."""
    personal: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Table → its personal columns."""

    def write(self, part: Sequence[tuple[str, str]]) -> None:
        """Append the entries of these rows to their streams."""
        by_audience: dict[str, list[_Change]] = defaultdict(list)
        for change in self._changes(part):
            by_audience[self._audience(change)].append(change)
        for audience in sorted(by_audience):
            self._append(audience, by_audience[audience])

    def _changes(self, part: Sequence[tuple[str, str]]) -> Iterable[_Change]:
        """In the order they were noted; a row that came and went within the transaction is no change."""
        images, versions = _after_images(self.connection, part), _last_versions(self.connection, part)
        for noted in part:
            row, last = images.get(noted), versions.get(noted, 0)
            if row is not None or last:
                yield _Change(*noted, row, last + 1)

    def _audience(self, change: _Change) -> str:
        """Whom an entry is for."""
        name = change.table
        if name not in self.audiences:
            self.audiences[name] = shared_class(name).audience.of(self.author.level)
        audience = self.audiences[name]
        if audience != "site":
            return audience
        if change.row is None:
            stream = self.connection.execute(_STREAM_OF, {"id": change.row_id, "tbl": name}).scalar()
            return str(stream).split("/", 2)[2]
        site = str(change.row["site"])
        if site not in self.children:
            self.children[site] = _child_above(self.connection, self.author.office, site)
        child = self.children[site]
        return f"down:{child}" if child else "local"

    def _append(self, audience: str, changes: Sequence[_Change]) -> None:
        stream = stream_id(self.author.office, self.author.epoch, audience)
        last, head = self.connection.exec_driver_sql(
            _ALLOCATE, (stream, audience, len(changes), GENESIS)
        ).one()
        journal, entries, personals = self.author.journal_id, [], []
        for seq, change in enumerate(changes, last - len(changes) + 1):
            body, salt, values = self._body(stream, seq, change)
            if len(body) + len(values) > self.most_bytes:
                raise _too_long(change.table, change.row or {})
            head = entry_hash(head, body)
            entries.append((stream, seq, change.table, change.row_id, change.version, journal, body, head))
            if values:
                personals.append((stream, seq, salt, values))
        insert_tuples(self.connection, ChangeEntry.__tablename__, _ENTRY, entries)
        if personals:
            insert_tuples(self.connection, ChangePersonal.__tablename__, _PERSONAL, personals)
        self.connection.exec_driver_sql(_ADVANCE, (head, stream))

    def _body(self, stream: str, seq: int, change: _Change) -> tuple[bytes, bytes, bytes]:
        """The entry's bytes, and the salt and bytes of its personal values, empty for none."""
        kept, values = self._parted(change)
        # Without the salt a telephone or identity number could be guessed from its digest in the chain.
        salt, personal = (self.author.salt(SALT_BYTES), encode(values)) if values else (b"", b"")
        body = {
            **self._common,
            "stream": stream,
            "seq": seq,
            "table": change.table,
            "id": change.row_id,
            "version": change.version,
            "base": change.version - 1,
            "op": "void" if change.row is None else "put",
            "row": kept,
            "personal": personal_digest(salt, personal) if values else None,
        }
        return encode(body), salt, personal

    def _parted(self, change: _Change) -> tuple[dict[str, Any], dict[str, Any]]:
        """The row's columns that are chained, and the personal ones that hold anything."""
        if change.table not in self.personal:
            self.personal[change.table] = personal_columns(table(change.table))
        kept, personal = dict(change.row or {}), {}
        for name in self.personal[change.table]:
            value = kept.pop(name, None)
            if value is not None:
                personal[name] = value
        return kept, personal

    @cached_property
    def _common(self) -> dict[str, Any]:
        """What all entries of the transaction say alike."""
        now = self.author.now
        return {
            "v": 1,
            "by": self.author.account,
            "command": self.author.command,
            "at": UtcText().process_bind_param(now.at, None),
            "mono": now.mono,
            "boot": now.boot,
            "contract": CONTRACT,
        }


def _after_images(
    connection: Connection, part: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in dict.fromkeys(name for name, _ in part):
        ids = orjson.dumps([row_id for noted, row_id in part if noted == name]).decode()
        rows = connection.exec_driver_sql(
            f'SELECT * FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))', (ids,)
        )
        names = tuple(rows.keys())
        place = names.index("id")
        found.update(((name, str(row[place])), dict(zip(names, row, strict=True))) for row in rows.all())
    return found


def _last_versions(connection: Connection, part: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    ids = orjson.dumps([row_id for _, row_id in part]).decode()
    rows = connection.exec_driver_sql(_LAST_VERSIONS, (ids,))
    return {(row[0], row[1]): row[2] for row in rows}


def _child_above(connection: Connection, office: str, site: str) -> str:
    """The office right below this one that keeps the site, "" for this office's own site; a site that nobody has
    laid out yet is its own office."""
    if site.split("-")[0] == office:
        return ""
    below = site
    for _ in Level:  # no tree is deeper; what stands in the table may be anything
        above = connection.execute(_PARENT, {"site": below}).scalar()
        if not above or above == office:
            return below if above else site
        below = str(above)
    return site


def _too_long(table_name: str, row: dict[str, Any]) -> EntryTooLong:
    sizes = {name: len(value.encode()) for name, value in row.items() if isinstance(value, str)}
    column = max(sizes, key=lambda name: sizes[name], default="")
    return EntryTooLong(table_name, column, sizes.get(column, 0))
