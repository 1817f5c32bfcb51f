"""Log entries as lines of a segment: how one is written and how strictly it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app import canonical
from app.bundle.faults import BadContent
from app.chain import SALT_BYTES

_NAMES, _SIDE = frozenset({"body", "hash", "personal"}), frozenset({"salt", "values"})


@dataclass(frozen=True, slots=True)
class Personal:
    """An entry's side row: the salt (16 bytes) and the canonical bytes of the personal values.

    told: the values by column, where they were read from a bundle.
    """

    salt: bytes
    values: bytes
    told: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    def decoded(self) -> Mapping[str, Any]:
        """The personal columns by name."""
        return self.told or dict(canonical.decode(self.values))


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the change log as it travels; personal is None if there is none or it was erased.

    fields: the decoded body, set on entries that were read from a bundle.
    """

    body: bytes
    hash: bytes
    personal: Personal | None = None
    fields: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def line_of(entry: LogEntry) -> bytes:
    """The entry's line: canonical JSON and a line feed."""
    return b'{"body":' + entry.body + _tail(entry.hash.hex(), entry.personal) + b"\n"


def log_entry(line: bytes) -> LogEntry:
    """The entry in a line (without its line feed); raises `BadContent`."""
    try:
        raw = canonical.decode(line)
    except canonical.BadData as fault:
        raise BadContent("记录不是规范格式") from fault
    if not _is_line(raw):
        raise BadContent("记录的字段")
    return _entry_in(line, raw)


def _is_line(raw: Any) -> bool:
    """Whether the fields are those of a line and no other."""
    if type(raw) is not dict or raw.keys() != _NAMES or type(raw["body"]) is not dict:
        return False
    side = raw["personal"]
    return side is None or (type(side) is dict and side.keys() == _SIDE and type(side["values"]) is dict)


def known_entry(line: bytes) -> LogEntry:
    """The entry in a line that `log_entry` has read before, bytes and all: nothing of it is checked again."""
    return _entry_in(line, orjson.loads(line))


def _entry_in(line: bytes, raw: Mapping[str, Any]) -> LogEntry:
    """Canonical JSON has its names in order, so the body's bytes begin behind its name and end before the others."""
    side, behind, personal = raw["personal"], _BEHIND_BODY, None
    if side is not None:
        values = orjson.dumps(side["values"], option=orjson.OPT_SORT_KEYS)
        personal = Personal(_binary(side["salt"], SALT_BYTES, "个人信息的 salt"), values, side["values"])
        behind += len(values) + _AROUND_VALUES
    return LogEntry(
        line[_BEFORE_BODY:-behind], _binary(raw["hash"], 32, "记录的 hash"), personal, raw["body"]
    )


def _binary(written: Any, size: int, what: str) -> bytes:
    """So many bytes that stand there in small hexadecimal digits."""
    try:
        found = bytes.fromhex(written)
    except (TypeError, ValueError) as fault:
        raise BadContent(what) from fault
    if len(found) != size or found.hex() != written:
        raise BadContent(what)
    return found


def _tail(stated: str, personal: Personal | None) -> bytes:
    side = b"null"
    if personal is not None:
        side = b'{"salt":"%s","values":%s}' % (personal.salt.hex().encode(), personal.values)
    return b',"hash":"%s","personal":%s}' % (stated.encode(), side)


_BEFORE_BODY = len(b'{"body":')
_BEHIND_BODY = len(_tail("0" * 64, None))
_AROUND_VALUES = len(_tail("0" * 64, Personal(bytes(SALT_BYTES), b""))) - _BEHIND_BODY
