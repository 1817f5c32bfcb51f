"""How far another office is known to hold one of this office's streams."""

from __future__ import annotations

from sqlalchemy import select

from app.chain import GENESIS
from app.kernel.work import Look
from app.models.records import Acknowledgement, ChangeEntry


def acknowledged(look: Look, stream: str, site: str) -> tuple[int, bytes]:
    """Last acknowledged seq and its hash; (0, genesis) where nothing was."""
    found = look.session.get(Acknowledgement, (stream, site))
    return (found.seq, found.head) if found else (0, GENESIS)


def entry_hash_at(look: Look, stream: str, seq: int) -> bytes | None:
    """Hash of an entry of an own stream, None where there is none."""
    return look.session.scalar(
        select(ChangeEntry.hash).where(ChangeEntry.stream == stream, ChangeEntry.seq == seq)
    )
