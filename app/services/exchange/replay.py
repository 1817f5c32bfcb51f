"""Reads again, after an upgrade, what came from newer programs, so that nothing they wrote stays unread (case 53)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.late import REFUSED, WAITING, LateChange
from app.models.organisation import OfficeRow
from app.models.records import PeerKey, ReceivedEntry, ReceivedStream
from app.models.schema import CONTRACT
from app.services.exchange.returning import return_entries
from app.services.exchange.storing import kept_entry, store_entries
from app.services.office.contract_rise import ReadNewerAgain

BATCH = 500
Row = tuple[str, str]
"""Table and id."""


@handles(ReadNewerAgain, title="重读新版本写来的记录", permission=Permission.KEEP_OFFICE)
def read_newer_again(work: Work, command: ReadNewerAgain) -> int:
    """How many rows were brought up from the kept entries; those that still cannot be a row go back now."""
    office = work.session.get_one(OfficeRow, 1)
    if office.contract >= CONTRACT:
        return 0
    newest = _newest(work.session, office.contract)
    count = 0
    for sender, entries in _by_sender(work.session, newest):
        faults = store_entries(work.session, enumerate(entries), sender)
        count += len(entries) - len(faults)
        if _is_child(work.session, sender):
            return_entries(work, sender, entries, faults)
    office.contract = CONTRACT
    return count


def _newest(session: Session, known: int) -> list[tuple[str, int]]:
    """(stream, seq) of the newest entry of each row that a newer program had a hand in, where that is the newer one's.

    A row with images that the bureau has not let in is not read again. A row that was voided since, or written again by
    an older program, is already what it should be. What came after its writer had begun a new epoch is listed only,
    then as now.
    """
    ends = select(ReceivedStream.id, ReceivedStream.counted_to).where(ReceivedStream.counted_to.is_not(None))
    counted_to = dict(session.execute(ends).tuples().all())
    query = select(ReceivedEntry.table, ReceivedEntry.row_id).where(
        ReceivedEntry.contract > known, ReceivedEntry.contract <= CONTRACT
    )
    late = select(LateChange.table, LateChange.row_id).where(LateChange.state.in_((WAITING, REFUSED)))
    held = {(table, row_id) for table, row_id in session.execute(late)}
    rows = {(table, row_id) for table, row_id in session.execute(query)} - held
    found: dict[Row, tuple[tuple[str, int, int], int, str, int]] = {}
    for stream, seq, table, row_id, version, contract in _entries_of(session, rows):
        ended_at = counted_to.get(stream)
        if ended_at is not None and seq > ended_at:
            continue
        writer, epoch, _ = stream.split("/", 2)
        order = (writer, int(epoch), version)
        if (table, row_id) not in found or order > found[table, row_id][0]:
            found[table, row_id] = (order, contract, stream, seq)
    return sorted((stream, seq) for _, contract, stream, seq in found.values() if contract > known)


def _entries_of(session: Session, rows: set[Row]) -> Iterator[tuple[str, int, str, str, int, int]]:
    ids = sorted({row_id for _, row_id in rows})
    columns = (
        ReceivedEntry.stream, ReceivedEntry.seq, ReceivedEntry.table, ReceivedEntry.row_id, ReceivedEntry.version,
        ReceivedEntry.contract,
    )  # fmt: skip
    for start in range(0, len(ids), BATCH):
        query = select(*columns).where(ReceivedEntry.row_id.in_(ids[start : start + BATCH]))
        yield from (tuple(row) for row in session.execute(query) if (row.table, row.row_id) in rows)


def _by_sender(session: Session, places: Iterable[tuple[str, int]]) -> Iterator[tuple[str, list[LogEntry]]]:
    """The kept entries, in runs of one writer."""
    held: list[LogEntry] = []
    writer = ""
    for stream, seq in places:
        if held and (stream.split("/", 1)[0] != writer or len(held) == BATCH):
            yield writer, held
            held = []
        writer = stream.split("/", 1)[0]
        held.append(kept_entry(session, session.get_one(ReceivedEntry, (stream, seq))))
    if held:
        yield writer, held


def _is_child(session: Session, site: str) -> bool:
    query = select(PeerKey.id).where(PeerKey.site == site, PeerKey.relation == "child").limit(1)
    return session.scalar(query) is not None
