"""The full-text index of consultations: which words of a record it holds, and how it follows every change.

A record's place in it is its place in time, so that the newest come first without sorting and a month is a range.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Flag
from app.models.search_tokens import INDEXED, record_tokens
from app.models.triggers import Trigger
from app.models.words_index import WordsIndex

WORDS = WordsIndex("consultation_words", ("client", "initials", "numbers", "topics", "content", "site"))
"""In a file a virtual table, made by the first migration; SQLite keeps its parts in tables whose names begin so."""
BATCH = 1000
_TIES = 20
"""Bits for records of one second."""
_NOTED = ("at", *INDEXED)
_ERASABLE = ("client_name", "phone", "id_number", "village", "content", "answer")


class SearchPlace(Base):
    """Which record stands at a place of the index; the place grows with the record's time."""

    __tablename__ = "search_place"

    place: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(unique=True)


class Unindexed(Base):
    """A record whose words changed and that the index has yet to follow; empty after each of our transactions."""

    __tablename__ = "unindexed"

    row_id: Mapped[str] = mapped_column(primary_key=True)
    is_erased: Mapped[bool] = mapped_column(Flag, default=False)
    """Whether its client's name or its last personal value went: then nothing of it may stay in the index."""


_MARK = "SELECT 1 FROM unindexed WHERE row_id = ''"
"""Stands there, within one transaction, while new records are inserted by somebody who indexes them (put_new)."""
_SET_MARK, _TAKE_MARK = (
    "INSERT INTO unindexed (row_id, is_erased) VALUES ('', 0)",
    "DELETE FROM unindexed WHERE row_id = ''",
)
_WAITING = "SELECT row_id, is_erased FROM unindexed LIMIT :most"
_PLACES = "SELECT place FROM search_place WHERE row_id IN (SELECT value FROM json_each(:ids))"
_ROWS = (
    f"SELECT {', '.join(INDEXED)}, at, id FROM consultation WHERE id IN (SELECT value FROM json_each(:ids)) "
    "ORDER BY at, id"
)
_TAKE_PLACE = "DELETE FROM search_place WHERE place = :place"
_PUT_PLACE = (
    "INSERT INTO search_place (place, row_id) SELECT coalesce(max(place), :first) + 1, :row_id "
    "FROM search_place WHERE place > :first AND place < :next"
)
_PUT_PLACES = (
    "INSERT INTO search_place (place, row_id) SELECT coalesce((SELECT max(place) FROM search_place p "
    f"WHERE p.place > a.first AND p.place < a.first + {1 << _TIES}), a.first) "
    "+ row_number() OVER (PARTITION BY a.first ORDER BY a.n), a.row_id "
    "FROM unnest(CAST(:rows AS text[]), CAST(:firsts AS bigint[])) WITH ORDINALITY AS a(row_id, first, n)"
)
"""The same for all rows at once: a server is told a statement by letter, a file by word of mouth."""
_PLACED = "SELECT row_id, place FROM search_place WHERE row_id IN (SELECT value FROM json_each(:ids))"
_DONE = "DELETE FROM unindexed WHERE row_id IN (SELECT value FROM json_each(:ids))"
"""In the driver's own words, for every save waits for them."""


def index_triggers() -> list[Trigger]:
    """Note each record whose words changed, whoever changed it and however; in plain SQL, for any program."""
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _NOTED)
    none_left = " AND ".join(f"NEW.{name} IS NULL" for name in _ERASABLE)
    some_went = " OR ".join(f"OLD.{name} IS NOT NULL" for name in _ERASABLE)
    erased = f"(NEW.client_name IS NULL AND OLD.client_name IS NOT NULL) OR ({none_left} AND ({some_went}))"
    return [
        _index("INSERT", "NEW", "0", f"NOT EXISTS ({_MARK})"),
        _index("UPDATE", "NEW", f"CASE WHEN {erased} THEN 1 ELSE 0 END", changed),
        _index("DELETE", "OLD", "0"),
    ]


def _index(verb: str, row: str, erased: str, condition: str = "") -> Trigger:
    return Trigger(
        name=f"index_consultation_{verb.lower()}",
        table="consultation",
        time="AFTER",
        verb=verb,
        condition=condition,
        action=f"INSERT INTO unindexed (row_id, is_erased) VALUES ({row}.id, {erased}) ON CONFLICT (row_id) "
        "DO UPDATE SET is_erased = unindexed.is_erased | excluded.is_erased",
    )


def put_new(connection: Connection, put: Callable[[], Collection[int]], rows: Sequence[Any]) -> None:
    """Let put() insert new rows and index them itself: much cheaper than to note each, and to look it up again.

    put: inserts the rows and gives the places of those that were not stored. rows: their values of INDEXED, at and id.
    """
    connection.exec_driver_sql(_SET_MARK)
    left_out = put()
    connection.exec_driver_sql(_TAKE_MARK)
    stored = [row for place, row in enumerate(rows) if place not in left_out]
    _put(connection, sorted(stored, key=_in_time))


def follow_changes(connection: Connection) -> None:
    """Bring the index up to every noted record, in batches; asked once before a transaction's commit.

    After an erasure the index is written anew, so that nothing of what went stays in it.
    """
    is_erased, is_more = False, True
    while is_more and (waiting := connection.exec_driver_sql(_WAITING, {"most": BATCH}).all()):
        is_more = len(waiting) == BATCH
        is_erased = is_erased or any(one.is_erased for one in waiting)
        ids = {"ids": orjson.dumps([one.row_id for one in waiting]).decode()}
        if gone := connection.exec_driver_sql(_PLACES, ids).scalars().all():
            WORDS.take(connection, gone)
            connection.exec_driver_sql(_TAKE_PLACE, [{"place": place} for place in gone])
        _put(connection, connection.exec_driver_sql(_ROWS, ids).all())
        connection.exec_driver_sql(_DONE, ids)
    if is_erased:
        WORDS.rewrite(connection)


def _put(connection: Connection, rows: Sequence[Any]) -> None:
    """Index rows (values of INDEXED, at and id) that have no place yet, in the order of their time."""
    if not rows:
        return
    ids = [row_id for *_, row_id in rows]
    firsts = [first_place(at) for *_, at, _ in rows]
    if connection.dialect.name == "sqlite":
        spots = [
            {"row_id": row_id, "first": first, "next": first + (1 << _TIES)}
            for row_id, first in zip(ids, firsts, strict=True)
        ]
        connection.exec_driver_sql(_PUT_PLACE, spots)
    else:
        connection.exec_driver_sql(_PUT_PLACES, {"rows": ids, "firsts": firsts})
    told = {"ids": orjson.dumps(ids).decode()}
    places = dict(connection.exec_driver_sql(_PLACED, told).tuples().all())
    WORDS.put(connection, [(places[row_id], *record_tokens(record)) for *record, _, row_id in rows])


def _in_time(row: Any) -> tuple[str, str]:
    """Of a row that ends in its time and its id."""
    return str(row[-2]), str(row[-1])


def first_place(at: Any) -> int:
    """Before the place of any record of that second (a stored instant or a datetime); 0 for what is no time."""
    try:
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
        return int(moment.timestamp()) << _TIES
    except (TypeError, ValueError, OverflowError):  # somebody altered the row outside the program
        return 0
