"""How a column that travels between offices declares itself: everything its receiver must know stands on the column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import MappedColumn, mapped_column

from app.models.shapes import TEXT, WHOLE, Shape

FIRST_CONTRACT = 1
_KEY = "travelling"
Row = TypeVar("Row")


@dataclass(frozen=True)
class Travelling:
    """One column as offices agree on it.

    title: its Chinese name. shape: what a value looks like, None where its type says it all. words: the only words it may hold, if it is such a column.
    personal: it travels in the side row, so that it can lawfully be erased. since: the contract that brought it; a
    row of an older one takes `default`. refers_to: the table whose row it names, which may be absent here (case 62).
    adds: the control sum it makes; a later column makes one of its own, so that an older receiver can still compare.
    """

    title: str
    shape: Shape | None = None
    words: type[StrEnum] | None = None
    personal: bool = False
    since: int = FIRST_CONTRACT
    default: Any = None
    refers_to: str = ""
    adds: str = ""

    def knows(self, word: Any) -> bool:
        """Whether this program can tell the value apart; an empty word only where the column starts empty."""
        if self.words is None or word is None or (word == "" and self.default == ""):
            return True
        return word in _values_of(self.words)


@cache
def _values_of(words: type[StrEnum]) -> tuple[str, ...]:
    return tuple(one.value for one in words)


def shared(
    title: str,
    kind: Any = None,
    *,
    shape: Shape | None = None,
    words: type[StrEnum] | None = None,
    personal: bool = False,
    since: int = FIRST_CONTRACT,
    refers_to: str = "",
    adds: str = "",
    **more: Any,
) -> MappedColumn[Any]:
    """A mapped column of a Shared table; `kind` and `more` as mapped_column takes them, the rest as Travelling says.

    A plain `default` is also what a row of a contract before `since` takes. Raises TypeError for words that could be
    erased: they would be in the clear where unknown ones are listed.
    """
    if words is not None and personal:
        raise TypeError(f"{title}: a personal column has no words")
    told = Travelling(title, shape, words, personal, since, more.get("default"), refers_to, adds)
    return mapped_column(*(() if kind is None else (kind,)), info={_KEY: told}, **more)


def travelling(column: Column[Any]) -> Travelling:
    """What a shared column declares. Raises TypeError for a column of a shared table that declares nothing."""
    told = column.info.get(_KEY)
    if not isinstance(told, Travelling):
        raise TypeError(f"{column.table.name}.{column.name} travels and is not declared by shared()")
    return told


def shape_of(column: Column[Any]) -> Shape:
    """What a value of a shared column looks like: as declared, else as its type has it."""
    declared = travelling(column).shape
    if declared is not None:
        return declared
    return getattr(column.type, "shape", None) or (WHOLE if isinstance(column.type, Integer) else TEXT)


def read_stored(column: Column[Any], value: Any) -> Any:
    """A stored value as it is worked with. Raises ValueError, TypeError or OverflowError for one that would be stored
    otherwise than it stands there."""
    kind: Any = column.type
    if not hasattr(kind, "process_result_value"):
        return value
    read = kind.process_result_value(value, None)
    if kind.process_bind_param(read, None) != value:
        raise ValueError("not in stored form")
    return read


@cache
def declared_columns(table: Table) -> Mapping[str, Travelling]:
    """Every column of a shared table by its name in the database, as it travels."""
    return {column.name: travelling(column) for column in table.columns}


def stored_default(column: Column[Any]) -> Any:
    """What a row of a contract older than the column takes, in the form it is stored in."""
    default = travelling(column).default
    value = default() if callable(default) else default
    to_stored = getattr(column.type, "process_bind_param", None)
    return to_stored(value, None) if to_stored else value


def personal_columns(table: Table) -> tuple[str, ...]:
    """Names of the columns that travel in a side row, so that they can lawfully be erased."""
    return tuple(name for name, told in declared_columns(table).items() if told.personal)


def understood(rows: Iterable[Row]) -> list[Row]:
    """The mapped rows, of shared tables, whose every word this program can tell apart.

    The others came from a newer program: they stay stored and listed, and take no part in computing (case 53).
    """
    return [row for row in rows if _is_understood(row)]


def _is_understood(row: Any) -> bool:
    return all(told.knows(getattr(row, name)) for name, told in _columns_with_words(row.__table__))


@cache
def _columns_with_words(table: Table) -> tuple[tuple[str, Travelling], ...]:
    return tuple((name, told) for name, told in declared_columns(table).items() if told.words)
