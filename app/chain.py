"""The hash chain of the change log: what makes a rewritten, dropped or swapped entry visible."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from app import canonical
from app.errors import Refused

GENESIS = bytes(32)
SALT_BYTES = 16

_CONTEXT = b"huimin.change.v1\0"


class BrokenChain(Refused):
    """An entry whose hash does not follow from the one before it (E715).

    position: its place in the run, counted from 0.
    """

    def __init__(self, position: int):
        self.position = position
        super().__init__(
            "E715", f"变更日志第 {position + 1} 条与前后不衔接，记录可能被直接改动，请停止导出并联系上级"
        )


def entry_hash(previous: bytes, body: bytes) -> bytes:
    """h(n) = SHA-256("huimin.change.v1", a zero byte, h(n-1), body(n)); 32 bytes."""
    return hashlib.sha256(_CONTEXT + previous + body).digest()


def personal_digest(salt: bytes, values: Mapping[str, Any] | bytes) -> str:
    """Hexadecimal SHA-256 of the salt (16 bytes) and the canonical personal values.

    values: the columns by name, or their canonical bytes. The digest stands in the chained body, so the
    values can lawfully be erased and the chain still verifies.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    content = values if isinstance(values, bytes) else canonical.encode(dict(values))
    return hashlib.sha256(salt + content).hexdigest()


def first_break(previous: bytes, run: Iterable[tuple[bytes, bytes]]) -> int | None:
    """Position (from 0) of the first (body, hash) that does not continue the chain; None when all do."""
    for position, (body, stated) in enumerate(run):
        previous = entry_hash(previous, body)
        if previous != stated:
            return position
    return None


def verify_run(previous: bytes, run: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The head after a run of (body, hash) that continues `previous`; raises `BrokenChain`."""
    for position, (body, stated) in enumerate(run):
        previous = entry_hash(previous, body)
        if previous != stated:
            raise BrokenChain(position)
    return previous
