"""Shows a report's table: the workbook's columns and texts, sortable by their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.documents.sheet import SheetColumn as SheetColumn
from app.services.reports.render_screen import ScreenTable
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column

CHARACTER, ROOM, LEAST, WIDEST = 14, 24, 40, 260
LATIN, MEASURED = 0x2E7F, 300
BEHIND = "ahead"
"""The column in which a negative figure means falling behind."""


@dataclass(frozen=True, order=True)
class SheetCell:
    """What to sort by (figures before words) and the text to show."""

    key: tuple[bool, Any]
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class SheetLine:
    """A row of the report; id: its place."""

    id: int
    cells: tuple[SheetCell | None, ...]


def sheet_table(table: ScreenTable, room: int) -> Table:
    """The table, filled; room: pixels of the 100 % drawing it has across."""
    widths = [
        _width(column, [line[at] for line in table.texts[:MEASURED]])
        for at, column in enumerate(table.columns)
    ]
    spare = room - sum(widths)
    widest = max(range(len(widths)), key=lambda at: (not table.columns[at].is_numeric, widths[at]))
    if spare > 0:
        widths[widest] = 0
    made = Table(
        [_column(at, column, widths[at]) for at, column in enumerate(table.columns)],
        name=table.title,
        empty="本期没有记录。",
    )
    totals = zip(table.columns, table.totals or (), strict=False)
    made.set_total({column.key: text for column, text in totals if text} if table.texts else {})
    made.set_rows(
        [
            SheetLine(
                at,
                tuple(
                    SheetCell((isinstance(value, str), value), text) if text else None
                    for value, text in zip(values, texts, strict=True)
                ),
            )
            for at, (values, texts) in enumerate(zip(table.values, table.texts, strict=True))
        ]
    )
    return made


def _width(column: SheetColumn, texts: Sequence[str]) -> int:
    """Room for the heading and for what stands below it, within reason."""
    longest = max(map(_length, (column.title, *texts)))
    return min(WIDEST, max(LEAST, round(longest * CHARACTER)) + ROOM)


def _length(text: str) -> float:
    """In Chinese characters; others take little more than half."""
    return sum(1.0 if ord(character) > LATIN else 0.6 for character in text)


def _column(at: int, column: SheetColumn, width: int) -> Column:
    def value(line: SheetLine) -> SheetCell | None:
        return line.cells[at]

    def tone(line: SheetLine) -> str | None:
        cell = line.cells[at]
        return "due" if cell is not None and column.key == BEHIND and cell.key[1] < 0 else None

    return Column(
        column.key, column.title, width, "number" if column.is_numeric else "text", value=value, tone=tone
    )
