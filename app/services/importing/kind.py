"""What an importable kind of workbook says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.kernel.permissions import Permission
from app.kernel.work import Work

UNCHANGED: tuple[tuple[str, str], ...] = ()
"""What take() returns for a row that is already there."""


@dataclass(frozen=True)
class KindColumn:
    """A column of the workbook: heading, whether a row needs it (if not, the sheet may lack it), what to write, an example."""

    heading: str
    is_needed: bool = False
    note: str = ""
    example: str = ""
    right: Permission | None = None
    """The right that what it says needs beyond the kind's: that of the command that says it at the window."""
    says_nothing: str = ""
    """The word, beside an empty cell, that says nothing and so needs no right."""


Cells = Mapping[str, str]
"""Heading → the cell's text, "" where empty or where the column is left out."""


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """A kind of workbook, found by its module's name under importing/kinds.

    take(work, cells) stores one row and returns the (table, id) it made, UNCHANGED if it is already
    there, and raises Refused with the heading as field. may_undo(work, table, id) returns why the row
    can no longer be undone, or "". purpose: what it is for, in a few words.

    take() asks of the tables through once() what many rows ask alike, and tells through note() what a later row of
    the same sheet must see: the rows it makes are stored together after the last one.
    """

    key: str
    title: str
    permission: Permission
    """The right of the command that records one such row at the window."""
    columns: tuple[KindColumn, ...]
    take: Callable[[Work, Cells], tuple[tuple[str, str], ...]]
    may_undo: Callable[[Work, str, str], str] = lambda work, table, row_id: ""
    purpose: str = ""


@dataclass(frozen=True)
class RowFault:
    """Why a row was refused: its number in the sheet, the column, code and sentence."""

    row: int
    column: str
    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import did; `is_stored` is False for a dry run or a refused file."""

    id: str
    kind: str
    accepted: int
    unchanged: int
    refused: tuple[RowFault, ...]
    is_stored: bool
    marked_copy: str = ""
    set_aside: tuple[RowFault, ...] = ()
    """What rows that are accepted said without the importer's right to say it; it was left out of them."""
    notes: tuple[str, ...] = ()
    """What somebody should know of the sheet though nothing is refused for it: rows and columns that are hidden."""
