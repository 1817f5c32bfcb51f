"""Stores many new rows at once by prepared statements: the mapped classes say what a row holds, the driver writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, inspect

from app.models.base import Base

AT_ONCE = 1000


class _Attribute(NamedTuple):
    """A column as the class knows it: default() for what a row leaves out, stored() for how a value is kept."""

    name: str
    default: Callable[[], Any]
    stored: Callable[[Any, Any], Any] | None


def defaults_beside(kind: type[Base], given: Collection[str]) -> dict[str, Any]:
    """Attribute → its column's default, else None, of those that a new row leaves out."""
    return {one.name: one.default() for one in _attributes(kind) if one.name not in given}


def stored_tuple(kind: type[Base], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a new row in the form they are stored in, by the order of the table's columns; what they leave
    out by its default."""
    found = []
    for name, default, stored in _attributes(kind):
        value = values[name] if name in values else default()
        found.append(value if stored is None else stored(value, None))
    return tuple(found)


def values_of(row: Base) -> dict[str, Any]:
    """The values of a mapped row by attribute."""
    return {one.name: getattr(row, one.name) for one in _attributes(type(row))}


def insert_rows(connection: Connection, kind: type[Base], rows: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    """Insert stored tuples, some at a time; gives how many each statement wrote."""
    columns = kind.__table__.columns.keys()
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
    statement, left = f'INSERT INTO "{kind.__tablename__}" ({names}) VALUES ({places})', iter(rows)
    while part := list(islice(left, AT_ONCE)):
        connection.exec_driver_sql(statement, part)
        yield len(part)


@cache
def _attributes(kind: type[Base]) -> Sequence[_Attribute]:
    mapper = inspect(kind)
    return tuple(
        _Attribute(
            mapper.get_property_by_column(column).key,
            _default(column.default),
            getattr(column.type, "process_bind_param", None),
        )
        for column in kind.__table__.columns
    )


def _default(declared: Any) -> Callable[[], Any]:
    if declared is None:
        return lambda: None
    if declared.is_callable:
        return lambda: declared.arg(None)
    return lambda: declared.arg
