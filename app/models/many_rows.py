"""Stores many rows at once by prepared statements: the mapped classes say what a row holds, the driver writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, make_transient_to_detached

from app.models.base import Base

AT_ONCE = 1000


@dataclass(frozen=True)
class _Plan:
    """How a new row of a class becomes a tuple in the order of its table's columns."""

    fixed: dict[str, Any]
    """Every attribute in that order, with the default that is the same for all rows, else None."""
    made: dict[str, Callable[[], Any]]
    """What makes the default of an attribute for each row anew."""
    stored: dict[str, Callable[[Any, Any], Any]]
    """How a value is kept where it is not kept as it is."""


def stored_tuple(kind: type[Base], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a new row in the form they are stored in, by the order of the table's columns; what they leave
    out by its default."""
    plan = _plan(kind)
    whole = {**plan.fixed, **values}
    for name, make in plan.made.items():
        if name not in values:
            whole[name] = make()
    for name, store in plan.stored.items():
        whole[name] = store(whole[name], None)
    return tuple(whole.values())


def defaults_beside(kind: type[Base], given: Collection[str]) -> dict[str, Any]:
    """Attribute → its column's default, else None, of those that a new row leaves out."""
    plan = _plan(kind)
    fresh = plan.fixed | {name: make() for name, make in plan.made.items()}
    return {name: value for name, value in fresh.items() if name not in given}


def values_of(row: Base) -> dict[str, Any]:
    """The values of a mapped row by attribute."""
    return {name: getattr(row, name) for name in _plan(type(row)).fixed}


def store_row(session: Session, row: Base) -> None:
    """Insert a new mapped row at a third of what a flush takes; it belongs to the session from then on, as after one."""
    kind = type(row)
    given = {name: value for name, value in values_of(row).items() if value is not None}
    missing = defaults_beside(kind, given)
    for name, value in missing.items():
        setattr(row, name, value)
    tuples = [stored_tuple(kind, given | missing)]
    insert_tuples(session.connection(), kind.__tablename__, kind.__table__.columns.keys(), tuples)
    make_transient_to_detached(row)
    session.add(row)


def insert_rows(connection: Connection, kind: type[Base], rows: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    """Insert stored tuples, some at a time; gives how many each statement wrote."""
    columns, left = kind.__table__.columns.keys(), iter(rows)
    while part := list(islice(left, AT_ONCE)):
        insert_tuples(connection, kind.__tablename__, columns, part)
        yield len(part)


def put_each(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> dict[int, str]:
    """Run a statement in the driver's words for each row; place of a row that breaks a rule of the table → its words.

    Such a row undoes itself alone, so the others need no savepoint. With one open, SQLite would go through all that
    was changed since, for every single row of a table with triggers.
    """
    broken: dict[int, str] = {}
    start = 0
    while start < len(rows):
        left = _Told(rows[start:])
        try:
            connection.exec_driver_sql(statement, left)
            break
        except IntegrityError as error:
            broken[start + left.taken - 1] = str(error.orig)
            start += left.taken
    return broken


class _Told(list[tuple[Any, ...]]):
    """Rows that tell how many of them the driver has taken."""

    taken = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for self.taken, row in enumerate(super().__iter__(), 1):
            yield row


def insert_tuples(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """New rows of stored values in the order of the columns; in the driver's own words, on a server by COPY."""
    if connection.dialect.name != "sqlite" and len(rows) > 1:
        from app.models.postgres.bulk import copy_in

        copy_in(connection, name, columns, rows)
        return
    connection.exec_driver_sql(_insert(name, tuple(columns)), list(rows))


def merge_each(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], merge: str
) -> dict[int, str]:
    """Rows of which some may be there already, on a server, where an error ends a transaction: all at once, else one by
    one, each behind a savepoint; place of a row that breaks a rule → its words. merge: the ON CONFLICT that says what
    becomes of those that are there."""
    if not rows or not _broken(connection, name, columns, rows, merge):
        return {}
    found = {place: _broken(connection, name, columns, [row], merge) for place, row in enumerate(rows)}
    return {place: words for place, words in found.items() if words}


def _broken(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], merge: str
) -> str:
    try:
        with connection.begin_nested():
            _merge_tuples(connection, name, columns, rows, merge)
    except IntegrityError as error:
        return str(error.orig)
    return ""


def _merge_tuples(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], merge: str
) -> None:
    if len(rows) > 1:
        from app.models.postgres.bulk import copy_over

        copy_over(connection, name, columns, rows, merge)
        return
    connection.exec_driver_sql(f"{_insert(name, tuple(columns))} {merge}", list(rows))


@cache
def _insert(name: str, columns: tuple[str, ...]) -> str:
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" for _ in columns)
    return f'INSERT INTO "{name}" ({names}) VALUES ({places})'


@cache
def _plan(kind: type[Base]) -> _Plan:
    mapper = inspect(kind)
    plan = _Plan({}, {}, {})
    for column in kind.__table__.columns:
        name = mapper.get_property_by_column(column).key
        default: Any = column.default
        plan.fixed[name] = default.arg if default is not None and default.is_scalar else None
        if default is not None and default.is_callable:
            plan.made[name] = partial(default.arg, None)
        if hasattr(column.type, "process_bind_param"):
            plan.stored[name] = column.type.process_bind_param
    return plan
