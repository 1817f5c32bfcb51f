"""Reads a log whole, once: is it one chain that agrees with itself and the journal, and what does it last say of each row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, Row, text

from app.canonical import BadData
from app.chain import GENESIS, entry_hash
from app.models.after_images import (
    ACCEPTED,
    AfterImage,
    Values,
    counts,
    image_of,
    personal_values,
    print_of,
    rating_mark,
    void_mark,
)
from app.models.schema import shared_classes
from app.models.travelling import FIRST_CONTRACT

Key = tuple[str, str]
"""Table and id of a row."""
_OWN = text(
    "SELECT e.seq, e.tbl, e.row_id, e.version, e.body, e.hash, p.salt, p.vals, true AS accepted, "
    "e.journal_id, j.actor, j.command, j.at, j.mono, j.boot FROM change_entry e "
    "LEFT JOIN change_personal p ON p.stream = e.stream AND p.seq = e.seq "
    "LEFT JOIN journal j ON j.id = e.journal_id WHERE e.stream = :stream ORDER BY e.seq"
)
_RECEIVED = text(
    "SELECT e.seq, e.tbl, e.row_id, e.version, e.body, e.hash, p.salt, p.vals, "
    f"{ACCEPTED} AS accepted "
    "FROM received_entry e LEFT JOIN received_personal p ON p.stream = e.stream AND p.seq = e.seq "
    "WHERE e.stream = :stream ORDER BY e.seq"
)


@dataclass(frozen=True)
class StreamFound:
    """One stream as it stands. fault: what is wrong with it, in words; "" for a whole one."""

    stream: str
    entries: int
    fault: str


@dataclass(frozen=True)
class Newest:
    """The newest entry of a row. print: of its columns, None when it voids the row. is_own: in our own log."""

    order: tuple[int, int]
    print: bytes | None
    is_own: bool


@dataclass
class LogFound:
    """What a pass through the logs found; newest: row → its newest accepted entry, in our own log or a received one."""

    own: list[StreamFound] = field(default_factory=list)
    received: list[StreamFound] = field(default_factory=list)
    newest: dict[Key, Newest] = field(default_factory=dict)
    late: dict[Key, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    """Prints of rows that only a later upgrade could read: the entry still tells why it could not be one at first."""
    marked: set[Key] = field(default_factory=set)
    """Rows that mark what an older program voided or rated within another entry; no entry tells of them."""
    unsigned: list[int] = field(default_factory=list)
    """Seqs of own entries whose line in the journal is gone or says something else."""


def read_logs(connection: Connection) -> LogFound:
    """All of our own streams, then all received ones."""
    found = LogFound()
    for names, query, streams in (
        (("stream", "change_entry"), _OWN, found.own),
        (("received_stream", "received_entry"), _RECEIVED, found.received),
    ):
        heads, entries = names
        stated = {row.id: row for row in connection.execute(text(f"SELECT id, seq, head FROM {heads}"))}
        written = connection.execute(text(f"SELECT DISTINCT stream FROM {entries}")).scalars()
        for stream in sorted(stated.keys() | set(written)):
            streams.append(_StreamPass(connection, query, stream, stated.get(stream), found).read())
    return found


class _StreamPass:
    """One stream, entry by entry."""

    def __init__(
        self, connection: Connection, query: Any, stream: str, stated: Row[Any] | None, found: LogFound
    ) -> None:
        self._rows = connection.execute(query, {"stream": stream}, execution_options={"yield_per": 1000})
        self._is_own = query is _OWN
        self._stream, self._stated, self._found = stream, stated, found
        self._fault = ""
        self._shared = frozenset(shared_classes())

    def read(self) -> StreamFound:
        """Every entry, and whether the last is where the stream says it ends."""
        count, last, head = 0, 0, GENESIS
        for row in self._rows:
            # What another office sent may begin later, where an earlier part went to another machine.
            is_begun = count > 0 or row.seq == 1 or self._is_own
            if is_begun and (row.seq != last + 1 or not _follows(head, row)):
                self._say(f"第 {last + 1} 条起与前后不衔接，记录可能被直接改动")
            self._take(row)
            count, last, head = count + 1, row.seq, bytes(row.hash)
        if self._stated is None:
            self._say("总数被删去")
        elif count and (last, head) != (self._stated.seq, self._stated.head):
            self._say(f"现有到第 {last} 条，应有到第 {self._stated.seq} 条，末尾被删去或改动")
        elif not count and self._stated.seq and self._is_own:
            self._say(f"应有 {self._stated.seq} 条，一条也没有")
        return StreamFound(self._stream, count, self._fault)

    def _say(self, words: str) -> None:
        """The first fault names the place; the others follow from it."""
        self._fault = self._fault or words

    def _take(self, row: Row[Any]) -> None:
        try:
            fields = orjson.loads(row.body)
            stated = (fields["stream"], fields["seq"], fields["table"], fields["id"], fields["version"])
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return self._say(f"第 {row.seq} 条的内容被改动")
        if stated != (self._stream, row.seq, row.tbl, row.row_id, row.version):
            self._say(f"第 {row.seq} 条的目录被改动")
        if self._is_own and not _is_signed(row, fields):
            self._found.unsigned.append(row.seq)
        try:
            self._keep(row, fields)
        except BadData:
            self._say(f"第 {row.seq} 条的内容或个人信息被改动")
        return None

    def _keep(self, row: Row[Any], fields: Values) -> None:
        """Remember the row's newest image. Raises BadData."""
        personal = personal_values(fields, row.salt, row.vals)
        if row.tbl not in self._shared:
            return
        key, image = (row.tbl, row.row_id), image_of(self._stream, row.version, fields, personal)
        written = _print(image)
        if row.tbl == "consultation" and image.values is not None and fields["row"].get("rating"):
            self._found.marked.add(("consultation_rating", rating_mark(row.row_id, row.version)))
        if not counts(image):
            self._found.marked.add(("voided", void_mark(row.row_id)))
            return
        if not row.accepted:
            if int(fields["contract"]) > FIRST_CONTRACT and written is not None:
                self._found.late[key].add(written)
            return
        known = self._found.newest.get(key)
        if known is None or image.order > known.order:
            self._found.newest[key] = Newest(image.order, written, self._is_own)


def _follows(head: bytes, row: Row[Any]) -> bool:
    """Whether the entry continues the chain; what is no bytes was never written by us."""
    return isinstance(row.body, bytes) and entry_hash(head, row.body) == row.hash


def _print(image: AfterImage) -> bytes | None:
    return None if image.values is None else print_of(image.values)


def _is_signed(row: Row[Any], fields: Values) -> bool:
    """Whether the journal says the same of who, what and when as the entry, whose word is in the chain.

    An entry without a line in the journal (0) was written before a restore and came back from whoever had received it.
    """
    if row.journal_id == 0:
        return True
    told = (row.actor, row.command, row.at, row.mono, row.boot)
    return told == tuple(fields.get(name) for name in ("by", "command", "at", "mono", "boot"))
