"""Counts entries that were listed only, once their restored writer has got them back from somebody and stands by them."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.work import Work
from app.models.records import ReceivedEntry
from app.services.exchange.storing import kept_entry, store_entries


def count_late(work: Work, stream: str, site: str, first: int, last: int) -> None:
    """Bring the rows of entries first … last up to date, but for those of which a later version counts already."""
    query = select(ReceivedEntry).where(
        ReceivedEntry.stream == stream, ReceivedEntry.seq.between(first, last)
    )
    for kept in work.session.scalars(query.order_by(ReceivedEntry.seq)).all():
        if not _has_later(work, kept):
            # What cannot be a row could not have been one the first time either, and is listed already.
            store_entries(work.session, [(0, kept_entry(work.session, kept))], site)


def _has_later(work: Work, kept: ReceivedEntry) -> bool:
    query = select(ReceivedEntry.seq).where(
        ReceivedEntry.row_id == kept.row_id,
        ReceivedEntry.table == kept.table,
        ReceivedEntry.stream != kept.stream,
        ReceivedEntry.version >= kept.version,
        ReceivedEntry.fault == "",
    )
    return work.session.scalar(query.limit(1)) is not None
