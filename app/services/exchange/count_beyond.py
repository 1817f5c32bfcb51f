"""Counts entries that were listed only, once their restored writer has got them back from somebody and stands by them."""

from __future__ import annotations

from sqlalchemy import select

from app.kernel.work import Work
from app.models.records import ReceivedEntry
from app.services.exchange.late import take_from_station
from app.services.exchange.storing import kept_entry, store_entries


def count_beyond(work: Work, stream: str, site: str, first: int, last: int) -> None:
    """Bring the rows of entries first … last up to date, but for those of which a later version counts already.

    What a station wrote about a month after reporting it waits for the bureau's word here too.
    """
    query = select(ReceivedEntry).where(
        ReceivedEntry.stream == stream, ReceivedEntry.seq.between(first, last)
    )
    rows = work.session.scalars(query.order_by(ReceivedEntry.seq)).all()
    placed = [
        (place, kept_entry(work.session, kept))
        for place, kept in enumerate(row for row in rows if not _has_later(work, row))
    ]
    # What cannot be a row could not have been one the first time either, and is listed already.
    if stream.endswith("/up"):
        take_from_station(work, placed, site)
    else:
        store_entries(work.session, placed, site)


def _has_later(work: Work, kept: ReceivedEntry) -> bool:
    query = select(ReceivedEntry.seq).where(
        ReceivedEntry.row_id == kept.row_id,
        ReceivedEntry.table == kept.table,
        ReceivedEntry.stream != kept.stream,
        ReceivedEntry.version >= kept.version,
        ReceivedEntry.fault == "",
    )
    return work.session.scalar(query.limit(1)) is not None
