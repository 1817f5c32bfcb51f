"""Log entries as lines of a segment: how one is written and how strictly it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app import canonical
from app.bundle.faults import BadContent
from app.bundle.fields import Fields, decoded
from app.chain import SALT_BYTES


@dataclass(frozen=True, slots=True)
class Personal:
    """An entry's side row: the salt (16 bytes) and the canonical bytes of the personal values."""

    salt: bytes
    values: bytes

    def decoded(self) -> dict[str, Any]:
        """The personal columns by name."""
        return dict(canonical.decode(self.values))


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
    """The entry in a line (without its line feed); raises `BadContent`.

    Its names are in order (canonical), so three of them that end with hash and personal begin with body.
    """
    fields = decoded(line, "记录")
    stated = fields.hexadecimal("hash", 32)
    personal = (
        None if fields.raw.get("personal") is None else _personal(Fields(fields.raw["personal"], "个人信息"))
    )
    tail = _tail(stated, personal)
    body = Fields(fields.raw.get("body"), "记录").raw
    if len(fields.raw) != 3 or not line.endswith(tail):
        raise BadContent("记录的字段")
    return LogEntry(line[8 : len(line) - len(tail)], bytes.fromhex(stated), personal, body)


def known_entry(line: bytes) -> LogEntry:
    """The entry in a line that `log_entry` has read before, bytes and all: nothing of it is checked again."""
    raw = orjson.loads(line)
    side, stated = raw["personal"], raw["hash"]
    personal = side and Personal(bytes.fromhex(side["salt"]), canonical.encode(side["values"]))
    body = line[8 : len(line) - len(_tail(stated, personal))]
    return LogEntry(body, bytes.fromhex(stated), personal, raw["body"])


def _personal(fields: Fields) -> Personal:
    values = Fields(fields.raw.get("values"), "个人信息").raw
    return Personal(fields.binary("salt", SALT_BYTES), canonical.encode(values))


def _tail(stated: str, personal: Personal | None) -> bytes:
    side = b"null"
    if personal is not None:
        side = b'{"salt":"%s","values":%s}' % (personal.salt.hex().encode(), personal.values)
    return b',"hash":"%s","personal":%s}' % (stated.encode(), side)
