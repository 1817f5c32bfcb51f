"""Makes verified entries of another office into business rows, in order, telling which could not become one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry, Personal
from app.canonical import decode
from app.models.erasures import Erasure
from app.models.many_rows import insert_tuples
from app.models.organisation import OfficeRow
from app.models.records import ReceivedEntry, ReceivedPersonal
from app.services.exchange.erasing import carry_out
from app.services.exchange.older_ratings import keep_older_ratings
from app.services.exchange.rows import id_place, level_beyond, remove, rows_of, store, writers_of

Faults = dict[int, str]
"""Place in the run of entries (from 0) → why it is no row."""
_TAKEN = "这个编号已是其他单位的记录"
"""Nobody changes another's record by naming its id."""
_ENTRY = ("stream", "seq", "tbl", "row_id", "version", "contract", "body", "hash", "fault")
_PERSONAL = ("stream", "seq", "salt", "vals")


def store_entries(session: Session, placed: Iterable[tuple[int, LogEntry]], sender: str) -> Faults:
    """Store the rows of the entries, each with its place, or take back what they void; what could not be done."""
    faults: Faults = {}
    own = session.get_one(OfficeRow, 1)
    for (table, op), run in groupby(placed, key=lambda one: (one[1].fields["table"], one[1].fields["op"])):
        members = list(run)
        is_own = sender == own.code  # what came back to its writer
        level = own.level if is_own else level_beyond(own.level, members[0][1].fields["stream"])
        if op == "void":
            for _, entry in members:
                remove(session, table, entry.fields["id"], sender, entry.fields["stream"], level)
        else:
            _store_run(session, table, members, sender, level, faults)
            if table == Erasure.__tablename__:
                ids = [entry.fields["id"] for place, entry in members if place not in faults]
                carry_out(session, ids, own)
    return faults


def keep_entries(session: Session, entries: Sequence[LogEntry], faults: Mapping[int, str]) -> None:
    """Put new entries of another office into the log exactly as they were signed, with the faults by their place."""
    if not entries:
        return
    connection, rows, sides = session.connection(), [], []
    for place, entry in enumerate(entries):
        told = entry.fields
        stream, seq = told["stream"], told["seq"]
        what = (told["table"], told["id"], told["version"], told["contract"])
        rows.append((stream, seq, *what, entry.body, entry.hash, faults.get(place, "")))
        if entry.personal:
            sides.append((stream, seq, entry.personal.salt, entry.personal.values))
    insert_tuples(connection, ReceivedEntry.__tablename__, _ENTRY, rows)
    if sides:
        insert_tuples(connection, ReceivedPersonal.__tablename__, _PERSONAL, sides)


def kept_entry(session: Session, row: ReceivedEntry) -> LogEntry:
    """A received entry as it came, with its personal values unless they were erased."""
    side = session.get(ReceivedPersonal, (row.stream, row.seq))
    personal = Personal(side.salt, side.values) if side else None
    return LogEntry(row.body, row.hash, personal, decode(row.body))


def _store_run(
    session: Session,
    table: str,
    members: list[tuple[int, LogEntry]],
    sender: str,
    level: str,
    faults: Faults,
) -> None:
    places, entries = [place for place, _ in members], [entry for _, entry in members]
    found, wrong = rows_of(session, entries, sender, level)
    faults.update((places[at], reason) for at, reason in wrong.items())
    if not found:
        return
    own, rows = id_place(table), [(places[at], row) for at, row in found.items()]
    writers = writers_of(session, table, [row[own] for _, row in rows])
    taken = {row_id for row_id, writer in writers.items() if writer != sender}
    faults.update((place, _TAKEN) for place, row in rows if row[own] in taken)
    rows = [(place, row) for place, row in rows if row[own] not in taken]
    are_new = not writers and len({row[own] for _, row in rows}) == len(rows)
    broken = store(session, table, [row for _, row in rows], are_new=are_new)
    faults.update((rows[at][0], reason) for at, reason in broken.items())
    if table == "consultation":
        stored = {place for place, _ in rows} - faults.keys()
        keep_older_ratings(session, (entry for place, entry in members if place in stored), sender)
