"""Carries out here the erasures that another office, or this one before it was restored, wrote down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.models.erasures import Erasure, erase_values
from app.models.organisation import OfficeRow
from app.models.schema import shared_classes
from app.services.reading.rulings import in_parts

_STREAMS = text(
    "SELECT stream FROM change_entry WHERE tbl = :tbl AND row_id = :id "
    "UNION SELECT stream FROM received_entry WHERE tbl = :tbl AND row_id = :id"
)


def carry_out(session: Session, ids: Sequence[str], own: OfficeRow) -> None:
    """Empty the rows that these erasures name, where their writer may say so.

    Everybody may of the own rows, a parent also of this office's: it is the parent that answers for a lawful request;
    this office of any it held. No other office's row is touched.
    """
    rows = session.scalars(select(Erasure).where(Erasure.id.in_(ids))).all()
    session.flush()
    connection = session.connection()
    named = [(row.table, row.row_id) for row in rows if _may(session, row, own)]
    erase_values(connection, named)
    session.expire_all()


def erase_again(session: Session, entries: Sequence[LogEntry]) -> None:
    """Empty what entries brought of rows that were erased here before: their writer, who had not heard of it yet, may
    have written another version, or an old one may have come back."""
    if session.scalar(select(Erasure.id).limit(1)) is None:
        return
    came = {(entry.fields["table"], entry.fields["id"]) for entry in entries if entry.personal is not None}
    words: list[str] = []
    for part in in_parts(sorted({row_id for _, row_id in came})):
        known = session.execute(
            select(Erasure.id, Erasure.table, Erasure.row_id).where(Erasure.row_id.in_(part))
        )
        words += [one.id for one in known if (one.table, one.row_id) in came]
    if words:
        carry_out(session, words, session.get_one(OfficeRow, 1))


def _may(session: Session, row: Erasure, own: OfficeRow) -> bool:
    if row.writer == own.code:
        return True
    theirs = {row.writer, own.code} if row.writer == own.parent else {row.writer}
    return row.table in shared_classes() and _writers(session, row) <= theirs


def _writers(session: Session, row: Erasure) -> set[str]:
    """Who wrote the row, as its table and the logs say; one that is held back or faulty stands in a log only."""
    places = {"tbl": row.table, "id": row.row_id}
    streams = session.execute(_STREAMS, places).scalars()
    query = text(f'SELECT writer FROM "{row.table}" WHERE id = :id')
    stored = session.execute(query, {"id": row.row_id}).scalars()
    return {stream.split("/", 1)[0] for stream in streams} | set(stored)
