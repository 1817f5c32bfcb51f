"""Slices entry by entry: checked while they are written and again while they are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import orjson

from app.bundle.entries import LogEntry
from app.bundle.faults import Altered, BadContent
from app.bundle.limits import ID_CHARACTERS, TABLE_CHARACTERS
from app.bundle.manifest import OWN, Manifest, Slice
from app.chain import BrokenChain, entry_hash, personal_digest

PUT, VOID = "put", "void"
_FIELDS: Mapping[str, type] = {
    "table": str, "id": str, "op": str, "by": str, "command": str, "at": str, "boot": str,
    "v": int, "version": int, "mono": int, "contract": int, "row": dict,
}  # fmt: skip
"""What an entry's body holds in every version."""
_TOLD, _KINDS = itemgetter(*_FIELDS), tuple(_FIELDS.values())


class SliceWalk:
    """Follows a bundle's slices entry by entry: order, chain, counts, heads and checkpoints."""

    def __init__(self, manifest: Manifest):
        self._slices = iter(manifest.slices)
        self._checkpoints = {(note.stream, note.seq): note.head for note in manifest.checkpoints}
        self._slice: Slice | None = None
        self._seq, self._head = 0, b""
        self._counts = defaultdict[str, int](int)
        self._enter_next()

    def take(self, entry: LogEntry) -> LogEntry:
        """The entry, if it is exactly the one that must come now; raises `Altered` or `BadContent`."""
        part, seq, body = self._slice, self._seq, entry.fields
        if part is None:
            raise BadContent("记录多于目录所列")
        _check_body(body, part.stream, seq)
        self._head = head = entry_hash(self._head, entry.body)
        if head != entry.hash:
            raise Altered(f"第 {seq} 条记录与前后不衔接")
        side = entry.personal
        if side is not None and personal_digest(side.salt, side.values) != body.get("personal"):
            raise Altered("个人信息与校验值不符")
        if self._checkpoints.get((part.stream, seq), head) != head:
            raise BadContent("检查点与记录不符")
        self._counts[body["table"]] += 1
        self._seq += 1
        if seq == part.last:
            self._leave(part)
        return entry

    def finish(self) -> None:
        """All slices were complete; raises `BadContent` if not."""
        if self._slice is not None:
            raise BadContent("记录少于目录所列")

    def _leave(self, part: Slice) -> None:
        if self._head != part.head or dict(self._counts) != dict(part.counts):
            raise BadContent("记录与目录所列条数或校验值不符")
        self._enter_next()

    def _enter_next(self) -> None:
        self._slice = next((part for part in self._slices if part.last >= part.first), None)
        if self._slice is not None:
            self._seq, self._head = self._slice.first, self._slice.previous
            self._counts = defaultdict(int)


class SliceBuilder:
    """Counts and checks a slice while it is written, so that a damaged log is never sent (case 22)."""

    def __init__(
        self, stream: str, epoch: int, first: int, previous: bytes, kind: str = OWN, proof: str = ""
    ):
        self.stream, self.epoch, self.first, self.previous = stream, epoch, first, previous
        self.kind, self.proof = kind, proof
        self.seq, self.head = first, previous
        self.counts: Counter[str] = Counter()

    def take(self, entry: LogEntry) -> None:
        """Note the next entry; raises `BrokenChain` with its number if the log was touched."""
        self.head = entry_hash(self.head, entry.body)
        if self.head != entry.hash:
            raise BrokenChain(self.seq - 1)
        body = entry.fields or _loaded(entry.body)
        if body.get("stream") != self.stream or body.get("seq") != self.seq:
            raise BrokenChain(self.seq - 1)
        self.counts[body.get("table", "")] += 1
        self.seq += 1

    def built(self, totals: Mapping[str, int]) -> Slice:
        """The slice so far, with the caller's control sums."""
        last = self.seq - 1
        return Slice(
            self.stream,
            self.epoch,
            self.first,
            last,
            self.previous,
            self.head,
            dict(self.counts),
            dict(totals),
            self.kind,
            self.proof,
        )


def _check_body(body: Mapping[str, Any], stream: str, seq: int) -> None:
    """The body is that of entry `seq` of the stream and has the fields every version has."""
    if body.get("stream") != stream or body.get("seq") != seq:
        raise BadContent("记录的流水号不连续")
    try:
        told = _TOLD(body)
    except KeyError:
        told = ()
    if tuple(map(type, told)) != _KINDS or body["op"] not in (PUT, VOID):
        raise BadContent(f"第 {seq} 条记录缺少必备字段")
    if len(body["table"]) > TABLE_CHARACTERS or len(body["id"]) > ID_CHARACTERS:
        raise BadContent(f"第 {seq} 条记录的表名或编号过长")


def _loaded(body: bytes) -> dict[str, Any]:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}
