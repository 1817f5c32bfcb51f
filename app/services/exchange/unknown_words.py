"""Keeps the list of words that came in a bundle and that this program cannot tell apart (case 53)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.models.records import UnknownWord
from app.models.schema import table
from app.models.travelling import declared_columns

BATCH = 500


def flag_unknown_words(session: Session, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """List the unknown words of rows just stored, in the order of the table's columns, and forget what was listed of them
    before."""
    declared = declared_columns(table(name))
    columns = [(at, column, told) for at, (column, told) in enumerate(declared.items()) if told.words]
    if not columns:
        return
    own = tuple(declared).index("id")
    forget_unknown_words(session, name, [row[own] for row in rows])
    found = {
        (row[own], column): row[at] for row in rows for at, column, told in columns if not told.knows(row[at])
    }
    if found:
        session.execute(
            insert(UnknownWord),
            [
                {"table": name, "row_id": row_id, "column": column, "word": word}
                for (row_id, column), word in found.items()
            ],
        )


def forget_unknown_words(session: Session, name: str, ids: Sequence[str]) -> None:
    """Rows that are gone, or come anew, are no longer listed."""
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        session.execute(delete(UnknownWord).where(UnknownWord.table == name, UnknownWord.row_id.in_(part)))
