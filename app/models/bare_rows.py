"""Asks for columns without the mapper, in a third of the time: what every save waits for makes no objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from app.models.base import Base, JsonText


def bare_columns(kind: type[Base]) -> Any:
    """The columns of a class's table, by their names there, for statements that bare_rows takes."""
    return kind.__table__.c


def is_among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column's value is in the list bound under that name. Its statement is the same however long the list is;
    an expanding `IN` is written anew for every call, which takes longer than all else about it."""
    values: Select[Any] = select(literal_column("value")).select_from(
        func.json_each(bindparam(name, type_=JsonText))
    )
    found: ColumnElement[bool] = column.in_(values)
    return found


def bare_rows(session: Session, statement: Select[Any], asked: Mapping[str, Any]) -> Result[Any]:
    """What a statement of bare columns finds; as before any other question, what waits in the session is stored first."""
    session.flush()
    return session.execute(statement, asked)
