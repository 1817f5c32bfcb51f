"""Shows a sheet on screen: the same columns, texts and totals as in the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.cells import row_texts
from app.documents.sheet import Row, Sheet, SheetColumn


@dataclass(frozen=True)
class ScreenTable:
    """A table to show: texts of each row, its values beside them for sorting, and the texts of the totals row."""

    title: str
    columns: tuple[SheetColumn, ...]
    texts: tuple[tuple[str, ...], ...]
    values: tuple[Row, ...]
    totals: tuple[str, ...] | None


def screen_table(sheet: Sheet) -> ScreenTable:
    """The sheet as text, without the columns that are only printed."""
    view = sheet.view("file")
    texts = tuple(row_texts(view.columns, row) for row in view.rows)
    totals = row_texts(view.columns, view.totals) if view.totals is not None else None
    return ScreenTable(sheet.title, view.columns, texts, tuple(view.rows), totals)
