"""Gives each row of a workbook its cells: one object for each column and look, filled anew for every row."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, NamedTuple

from app.documents.cells import cell_text
from app.documents.sheet import SheetColumn, Value
from app.documents.workbook_layout import TEXT_SIZE
from app.text import display_safe, is_formula_like

BODY_FONT = "宋体"
FONT_SIZES = {"body": TEXT_SIZE, "bold": TEXT_SIZE, "heading": 16.0}
"""Points, by a face's font."""
_PLAIN, _TEXT = "General", "@"
_FORMATS = {
    "text": _TEXT,
    "number": _PLAIN,
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
}


class Face(NamedTuple):
    """How a cell looks. font: body, bold or heading; side "": as the program that opens it would set it."""

    font: str = "body"
    side: str = ""
    is_bordered: bool = False
    is_shaded: bool = False


class WorkbookCells:
    """The cells of one worksheet that is written row by row.

    Making a cell and dressing it costs more than writing it, and a written one is not asked for again.
    """

    def __init__(self, page: Any):
        from openpyxl.styles import Border, Font, PatternFill, Side

        edge = Side(style="thin", color="8A94A3")
        self._border = Border(left=edge, right=edge, top=edge, bottom=edge)
        self._shade = PatternFill("solid", fgColor="EEF1F5")
        names = {"bold": "黑体"}
        self._fonts = {
            font: Font(name=names.get(font, BODY_FONT), size=size, bold=font == "heading")
            for font, size in FONT_SIZES.items()
        }
        self._page = page
        self._made: dict[tuple[int, Face, str, bool], Any] = {}

    def of(self, place: int, column: SheetColumn, value: Value, face: Face) -> Any:
        """The cell of a value in a column; places count from 1."""
        if value is None or isinstance(value, str):
            return self.text(place, value or "", face)
        if column.kind == "text":
            return self.text(place, cell_text(column, value), face)
        cell = self._cell(place, face, _format(column, value))
        cell.value = value / 100 if column.kind == "money" and isinstance(value, int | float) else value
        return cell

    def text(self, place: int, text: str, face: Face) -> Any:
        """Text as text: never a formula, never a number, its characters as they were (P42, P44)."""
        if not text:
            return self._cell(place, face, _PLAIN)
        cell = self._cell(place, face, _TEXT, is_quoted=is_formula_like(text))
        cell.value = display_safe(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
        cell.data_type = "s"
        return cell

    def _cell(self, place: int, face: Face, number_format: str, *, is_quoted: bool = False) -> Any:
        key = (place, face, number_format, is_quoted)
        if key not in self._made:
            self._made[key] = self._dressed(face, number_format, is_quoted=is_quoted)
        return self._made[key]

    def _dressed(self, face: Face, number_format: str, *, is_quoted: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        cell = WriteOnlyCell(self._page)
        cell.number_format, cell.quotePrefix = number_format, is_quoted
        cell.font = self._fonts[face.font]
        if face.side:
            cell.alignment = Alignment(horizontal=face.side, vertical="center", wrap_text=True)
        if face.is_bordered:
            cell.border = self._border
        if face.is_shaded:
            cell.fill = self._shade
        return cell


def _format(column: SheetColumn, value: Value) -> str:
    if column.kind == "number" and isinstance(value, float):
        return "0.00"
    if isinstance(value, time):
        return "hh:mm:ss"
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return _FORMATS["date"] if is_day else _FORMATS[column.kind]
