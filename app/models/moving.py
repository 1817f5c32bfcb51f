"""Copies an office's rows from one database into another of either engine, and tells whether both say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, inspect, text

from app.models.case_words import CasePlace
from app.models.migrate import drop_triggers, lay_triggers
from app.models.schema import metadata
from app.models.search_words import SearchPlace, follow_changes
from app.models.table_use import SCRATCH

AT_ONCE = 2000
MADE_ANEW = SCRATCH | {SearchPlace.__tablename__, CasePlace.__tablename__, "case_standing", "case_stale"}
"""Tables that the program makes again from the others, each engine its own way."""
_ANEW = (
    "INSERT INTO unindexed (row_id, is_erased) SELECT id, 0 FROM consultation",
    "INSERT INTO case_stale (case_id) SELECT id FROM legal_case",
)
Told = Callable[[int, int, str], None]


class NotTheSame(Exception):
    """A table that did not arrive as it left. The argument is its name."""


def moved_tables() -> list[Table]:
    """The tables that are copied, those that others refer to first."""
    return [one for one in metadata.sorted_tables if one.name not in MADE_ANEW]


def copy_rows(source: Connection, target: Connection, told: Told) -> int:
    """Copy every row into the target's empty tables within its transaction and compare both, row by row; how many.

    Triggers rest meanwhile, for nothing is changed. What the program makes anew is noted for it. Raises NotTheSame.
    """
    drop_triggers(target)
    tables, copied = moved_tables(), 0
    for place, one in enumerate(tables):
        told(place, len(tables), "正在搬数据")
        _copy_table(source, target, one)
        arrived = row_digest(target, one)
        if row_digest(source, one) != arrived:
            raise NotTheSame(one.name)
        copied += arrived[0]
    for statement in _ANEW:
        target.execute(text(statement))
    follow_changes(target)
    # Which computer or server it is on is noted anew with the next bundle.
    target.execute(text("UPDATE office SET machine = ''"))
    lay_triggers(target)
    return copied


def is_earlier_state(connection: Connection, of: Connection) -> bool:
    """Whether its journal is the beginning of the other's, or it holds no office yet: nothing is in it then that the
    other has not."""
    if not {"office", "journal"} <= set(inspect(connection).get_table_names()):
        return False
    codes = [one.execute(text("SELECT code FROM office")).scalar() for one in (connection, of)]
    if codes[0] is None:
        return True
    last = connection.execute(text("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1")).first()
    if last is None or codes[0] != codes[1]:
        return False
    same = {"id": last.id}
    return bool(of.execute(text("SELECT hash FROM journal WHERE id = :id"), same).scalar() == last.hash)


def row_digest(connection: Connection, one: Table) -> tuple[int, str]:
    """How many rows a table has, and one digest of all their values in the order of their keys."""
    count, digest = 0, hashlib.sha256()
    for row in _rows(connection, one):
        count += 1
        for value in row:
            digest.update(f"{type(value).__name__}:{value!r}\0".encode())
    return count, digest.hexdigest()


def _rows(connection: Connection, one: Table) -> Iterator[Sequence[Any]]:
    """As they are stored, without the kinds that the program reads them as."""
    names = ", ".join(f'"{column.name}"' for column in one.columns)
    keys = ", ".join(f'"{column.name}"' for column in one.primary_key)
    query = text(f'SELECT {names} FROM "{one.name}" ORDER BY {keys}')
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        yield tuple(row)


def _copy_table(source: Connection, target: Connection, one: Table) -> None:
    rows = _rows(source, one)
    names = [column.name for column in one.columns]
    if target.dialect.name != "sqlite":
        from app.models.postgres.bulk import copy_in, follow_numbers

        copy_in(target, one.name, names, rows)
        follow_numbers(target, one)
        return
    listed, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
    statement = f'INSERT INTO "{one.name}" ({listed}) VALUES ({places})'
    while part := list(islice(rows, AT_ONCE)):
        target.exec_driver_sql(statement, part)
