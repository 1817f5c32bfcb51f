"""States what offices agree on about travelling rows: the contract, to be compared with what was agreed before."""

from __future__ import annotations

from typing import Any

from app.models.base import Shared
from app.models.schema import CONTRACT, shared_classes, table
from app.models.travelling import shape_of, travelling


def contract() -> dict[str, Any]:
    """The present contract as plain data: {"contract": 1, "tables": {table: {audience, counted_as, columns}}}."""
    tables = {name: _table(name, kind) for name, kind in sorted(shared_classes().items())}
    return {"contract": CONTRACT, "tables": tables}


def _table(name: str, kind: type[Shared]) -> dict[str, Any]:
    return {
        "station": kind.audience.station,
        "bureau": kind.audience.bureau,
        "counted_as": kind.counted_as,
        "id_of": kind.id_of,
        "columns": {column.name: _column(column) for column in sorted(table(name).columns, key=_name)},
    }


def _name(column: Any) -> str:
    return str(column.name)


def _column(column: Any) -> dict[str, Any]:
    told = travelling(column)
    return {
        "shape": shape_of(column).name,
        "personal": told.personal,
        "required": not column.nullable,
        "words": sorted(word.value for word in told.words) if told.words else None,
        "since": told.since,
        "adds": told.adds,
    }
