"""Counts entries that were listed only, once their restored writer has got them back from somebody and stands by them."""

from __future__ import annotations

from sqlalchemy import select

from app.bundle.entries import LogEntry, Personal
from app.canonical import decode
from app.kernel.work import Work
from app.models.records import ReceivedEntry, ReceivedPersonal
from app.services.exchange.row_values import NotARow
from app.services.exchange.rows import level_beyond, remove, row_of, try_store


def count_late(work: Work, stream: str, site: str, first: int, last: int) -> None:
    """Bring the rows of entries first … last up to date, but for those of which a later version counts already."""
    query = select(ReceivedEntry).where(
        ReceivedEntry.stream == stream, ReceivedEntry.seq.between(first, last)
    )
    level = level_beyond(work.office.level, stream)
    for kept in work.session.scalars(query.order_by(ReceivedEntry.seq)).all():
        if _has_later(work, kept):
            continue
        if decode(kept.body)["op"] == "void":
            remove(work.session, kept.table, kept.row_id, site, stream, level)
            continue
        try:
            try_store(work.session, kept.table, row_of(work.session, _entry(work, kept), site, level))
        except NotARow:
            continue  # it would have been faulty the first time too, and is listed


def _has_later(work: Work, kept: ReceivedEntry) -> bool:
    query = select(ReceivedEntry.seq).where(
        ReceivedEntry.row_id == kept.row_id,
        ReceivedEntry.table == kept.table,
        ReceivedEntry.stream != kept.stream,
        ReceivedEntry.version >= kept.version,
        ReceivedEntry.fault == "",
    )
    return work.session.scalar(query.limit(1)) is not None


def _entry(work: Work, kept: ReceivedEntry) -> LogEntry:
    side = work.session.get(ReceivedPersonal, (kept.stream, kept.seq))
    personal = Personal(side.salt, side.values) if side else None
    return LogEntry(kept.body, kept.hash, personal, decode(kept.body))
