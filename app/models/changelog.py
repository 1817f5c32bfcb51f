"""Writes the change log: drains the noted rows of a transaction into their streams' hash chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, text

from app.canonical import encode
from app.chain import GENESIS, entry_hash, personal_digest
from app.clock import Instant
from app.models.base import UtcText
from app.models.records import ChangeEntry, ChangePersonal, Stream
from app.models.schema import CONTRACT, shared_classes, table
from app.models.travelling import personal_columns
from app.values import Level

SALT_BYTES = 16
AT_ONCE = 500
"""Rows looked up by one statement; SQLite of any build takes as many parameters."""


class EntryTooLong(Exception):
    """A row that no bundle could carry. column: the one with most text in it; size: bytes of that text."""

    def __init__(self, table_name: str, column: str, size: int):
        self.table, self.column, self.size = table_name, column, size
        super().__init__(f"{table_name}.{column}: {size} bytes")


_NOTED = text("SELECT tbl, row_id FROM pending ORDER BY rowid")
_FORGET = text("DELETE FROM pending")
_LAST_VERSIONS = text(
    "SELECT tbl, row_id, max(version) FROM change_entry WHERE row_id IN :ids GROUP BY tbl, row_id"
).bindparams(bindparam("ids", expanding=True))
_STREAM_OF = text("SELECT stream FROM change_entry WHERE row_id = :id AND tbl = :tbl")
_PARENT = text("SELECT parent FROM site WHERE id = :site")
_ALLOCATE = text(
    "INSERT INTO stream (id, audience, seq, head) VALUES (:id, :audience, :n, :head) "
    "ON CONFLICT (id) DO UPDATE SET seq = stream.seq + excluded.seq RETURNING seq, head"
)
_ADVANCE = text("UPDATE stream SET head = :head WHERE id = :id")
_ENTRY = text(
    "INSERT INTO change_entry (stream, seq, tbl, row_id, version, journal_id, body, hash) "
    "VALUES (:stream, :seq, :tbl, :row_id, :version, :journal_id, :body, :hash)"
)
_PERSONAL = text("INSERT INTO change_personal (stream, seq, salt, vals) VALUES (:stream, :seq, :salt, :vals)")
"""Statements are made once, for every save waits for them."""

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
    return [(row[0], row[1]) for row in connection.execute(_NOTED)]


def drain(connection: Connection, author: Author, noted: Sequence[tuple[str, str]], most_bytes: int) -> None:
    """Log every noted row, one entry each.

    most_bytes: of an entry's body and personal values together. Raises EntryTooLong.
    """
    if not noted:
        return
    by_audience: dict[str, list[tuple[str, str, dict[str, Any] | None, int]]] = defaultdict(list)
    children: dict[str, str] = {}
    for start in range(0, len(noted), AT_ONCE):
        part = noted[start : start + AT_ONCE]
        images, versions = _after_images(connection, part), _last_versions(connection, part)
        for table_name, row_id in part:
            row = images.get((table_name, row_id))
            version = versions.get((table_name, row_id), 0) + 1
            if row is None and version == 1:
                continue
            audience = _audience(connection, author, table_name, row_id, row, children)
            by_audience[audience].append((table_name, row_id, row, version))
    for audience in sorted(by_audience):
        _append(connection, author, audience, by_audience[audience], most_bytes)
    connection.execute(_FORGET)


def _after_images(
    connection: Connection, part: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for table_name in dict.fromkeys(name for name, _ in part):
        ids = [row_id for name, row_id in part if name == table_name]
        rows = connection.execute(_images_of(table_name), {"ids": ids}).mappings()
        found.update(((table_name, str(row["id"])), dict(row)) for row in rows)
    return found


@cache
def _images_of(table_name: str) -> TextClause:
    return text(f"SELECT * FROM {table_name} WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))


def _last_versions(connection: Connection, part: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = connection.execute(_LAST_VERSIONS, {"ids": [row_id for _, row_id in part]})
    return {(row[0], row[1]): row[2] for row in rows}


def _audience(
    connection: Connection,
    author: Author,
    table_name: str,
    row_id: str,
    row: dict[str, Any] | None,
    children: dict[str, str],
) -> str:
    """Whom an entry is for; children: what was found already of the sites' offices."""
    audience = shared_classes()[table_name].audience.of(author.level)
    if audience != "site":
        return audience
    if row is None:
        stream = connection.execute(_STREAM_OF, {"id": row_id, "tbl": table_name}).scalar()
        return str(stream).split("/", 2)[2]
    site = str(row["site"])
    if site not in children:
        children[site] = _child_above(connection, author.office, site)
    child = children[site]
    return f"down:{child}" if child else "local"


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


def _append(
    connection: Connection,
    author: Author,
    audience: str,
    changes: Sequence[tuple[str, str, dict[str, Any] | None, int]],
    most_bytes: int,
) -> None:
    stream = stream_id(author.office, author.epoch, audience)
    last, head = connection.execute(
        _ALLOCATE, {"id": stream, "audience": audience, "n": len(changes), "head": GENESIS}
    ).one()
    first = last - len(changes) + 1
    entries, personals = [], []
    for seq, (table_name, row_id, row, version) in enumerate(changes, first):
        body, personal = _body(author, stream, seq, table_name, row_id, row, version)
        if len(body) + (len(personal[1]) if personal else 0) > most_bytes:
            raise _too_long(table_name, row or {})
        head = entry_hash(head, body)
        entries.append(
            {
                "stream": stream,
                "seq": seq,
                "tbl": table_name,
                "row_id": row_id,
                "version": version,
                "journal_id": author.journal_id,
                "body": body,
                "hash": head,
            }
        )
        if personal:
            personals.append({"stream": stream, "seq": seq, "salt": personal[0], "vals": personal[1]})
    connection.execute(_ENTRY, entries)
    if personals:
        connection.execute(_PERSONAL, personals)
    connection.execute(_ADVANCE, {"head": head, "id": stream})


def _too_long(table_name: str, row: dict[str, Any]) -> EntryTooLong:
    sizes = {name: len(value.encode()) for name, value in row.items() if isinstance(value, str)}
    column = max(sizes, key=lambda name: sizes[name], default="")
    return EntryTooLong(table_name, column, sizes.get(column, 0))


def _body(
    author: Author,
    stream: str,
    seq: int,
    table_name: str,
    row_id: str,
    row: dict[str, Any] | None,
    version: int,
) -> tuple[bytes, tuple[bytes, bytes] | None]:
    personal_names = personal_columns(table(table_name))
    kept = {name: value for name, value in (row or {}).items() if name not in personal_names}
    values = {name: row[name] for name in personal_names if row[name] is not None} if row else {}
    # Without the salt a telephone or identity number could be guessed from its digest in the chain.
    salt = author.salt(SALT_BYTES) if values else b""
    body = {
        "v": 1,
        "stream": stream,
        "seq": seq,
        "table": table_name,
        "id": row_id,
        "version": version,
        "base": version - 1,
        "op": "void" if row is None else "put",
        "row": kept,
        "personal": personal_digest(salt, values) if values else None,
        "by": author.account,
        "command": author.command,
        "at": UtcText().process_bind_param(author.now.at, None),
        "mono": author.now.mono,
        "boot": author.now.boot,
        "contract": CONTRACT,
    }
    return encode(body), ((salt, encode(values)) if values else None)
