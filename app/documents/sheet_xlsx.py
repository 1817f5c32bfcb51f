"""Writes a table document as a workbook: text stays text, money stays a number, it prints on A4 as it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from app.documents.cells import cell_text
from app.documents.sheet import Row, Sheet, SheetColumn, Value
from app.safe_write import write_safely
from app.text import display_safe, is_formula_like

_CELL_LIMIT = 32_000
_WIDEST = 48
_FORMATS = {
    "text": "@",
    "number": "General",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
}
_BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


def sheet_xlsx(sheet: Sheet, *, is_plain: bool = False) -> bytes:
    """The workbook as bytes. is_plain: headings in the first row and data only, as imports take it."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.worksheets[0]
    page.title = _BAD_IN_TITLE.sub("", display_safe(sheet.title))[:31] or "Sheet1"
    _Writer(page, sheet).write_plain() if is_plain else _Writer(page, sheet).write()
    book.properties.title = sheet.title
    book.properties.creator = "惠民法律服务台"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_sheet_xlsx(sheet: Sheet, path: Path, *, is_plain: bool = False) -> Path:
    """Writes the workbook safely and opens it again before it takes its name. Raises as `write_safely`."""
    rows = len(sheet.rows)
    return write_safely(path, sheet_xlsx(sheet, is_plain=is_plain), lambda part: _reopen(part, rows))


def _reopen(part: Path, rows: int) -> None:
    from openpyxl import load_workbook

    with part.open("rb") as stream:
        book = load_workbook(stream, read_only=True)
        found = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
        book.close()
    if found < rows:
        raise ValueError(f"{found} rows found, {rows} written")


class _Writer:
    """Fills one worksheet from the top; `row` is the next free row."""

    def __init__(self, page: Any, sheet: Sheet):
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.page, self.sheet, self.row = page, sheet, 1
        self.view = sheet.view("file")
        self.last = len(self.view.columns)
        edge = Side(style="thin", color="8A94A3")
        self.border = Border(left=edge, right=edge, top=edge, bottom=edge)
        self.shade = PatternFill("solid", fgColor="EEF1F5")
        self.bold = Font(name="黑体", size=11)
        self.body = Font(name="宋体", size=11)
        self.heading = Font(name="宋体", size=16, bold=True)
        self.places = {
            side: Alignment(horizontal=side, vertical="center", wrap_text=True)
            for side in ("left", "center", "right")
        }

    def write_plain(self) -> None:
        for place, column in enumerate(self.view.columns, 1):
            self._text(place, column.title)
        self._write_rows()
        self._set_widths()
        self.page.freeze_panes = "A2"

    def write(self) -> None:
        self._merged(self.sheet.title, self.heading, "center", 30)
        if any(self.sheet.subtitle):
            self._merged("　　".join(part for part in self.sheet.subtitle if part), self.body, "center")
        first_head = self.row
        self._write_head()
        self.page.freeze_panes = self.page.cell(self.row, 1)
        self.page.print_title_rows = f"{first_head}:{self.row - 1}"
        self._write_rows()
        self._write_totals()
        self._write_after()
        self._set_widths()
        self._set_page()

    def _write_head(self) -> None:
        has_groups = any(column.group for column in self.view.columns)
        if has_groups:
            self._write_groups()
        for place, column in enumerate(self.view.columns, 1):
            cell = self._text(place, column.title)
            self._dress(cell, self.bold, "center", self.shade)
            if has_groups and not column.group:
                self.page.cell(self.row - 1, place).value = column.title
                cell.value = None
                self._merge(self.row - 1, place, self.row, place)
        self.row += 1

    def _write_groups(self) -> None:
        place = 1
        for group, members in groupby(self.view.columns, key=lambda column: column.group):
            count = len(list(members))
            for offset in range(count):
                self._dress(self.page.cell(self.row, place + offset), self.bold, "center", self.shade)
            if group:
                self._text(place, group)
                self._merge(self.row, place, self.row, place + count - 1)
            place += count
        self.row += 1

    def _write_rows(self) -> None:
        if self.row == 1:
            self.row = 2
        for row in self.view.rows:
            for part in _within_limit(row):
                self._write_row(part, self.body)

    def _write_row(self, row: Row, font: Any, fill: Any = None) -> None:
        for place, (column, value) in enumerate(zip(self.view.columns, row, strict=True), 1):
            self._dress(self._value(place, column, value), font, column.alignment, fill)
        self.row += 1

    def _write_totals(self) -> None:
        totals = self.view.totals
        if totals is not None:
            self._write_row(totals, self.bold, self.shade)
        if self.sheet.totals_text:
            self._merged(self.sheet.totals_text, self.bold, "left", 24)

    def _write_after(self) -> None:
        if self.sheet.signatures:
            self.row += 1
            blanks = "　" * 10
            self._merged(
                "　　".join(f"{label}：{blanks}" for label in self.sheet.signatures), self.body, "left", 28
            )
        for note in self.sheet.notes:
            self._merged(note, self.body, "left")
        foot = "　　".join(part for part in (self.sheet.footer.left(), self.sheet.footer.right()) if part)
        if foot:
            self._merged(foot, self.body, "left")

    def _merged(self, text: str, font: Any, side: str, height: float = 20) -> None:
        cell = self._text(1, text)
        cell.font, cell.alignment = font, self.places[side]
        if self.last > 1:
            self._merge(self.row, 1, self.row, self.last)
        lines = max(1, round(_shown_width(text) / max(1, sum(self._widths)) + 0.49))
        self.page.row_dimensions[self.row].height = max(height, 16 * lines)
        self.row += 1

    def _value(self, place: int, column: SheetColumn, value: Value) -> Any:
        if value is None or isinstance(value, str):
            return self._text(place, value or "")
        if column.kind == "text":
            return self._text(place, cell_text(column, value))
        cell = self.page.cell(self.row, place)
        cell.value = value / 100 if column.kind == "money" and isinstance(value, int | float) else value
        cell.number_format = _format(column, value)
        return cell

    def _text(self, place: int, text: str) -> Any:
        """Text as text: never a formula, never a number, its characters as they were (P42, P44)."""
        cell = self.page.cell(self.row, place)
        if text:
            cell.value = _cell_text(text)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = is_formula_like(text)
        return cell

    def _dress(self, cell: Any, font: Any, side: str, fill: Any = None) -> None:
        cell.font, cell.border, cell.alignment = font, self.border, self.places[side]
        if fill is not None:
            cell.fill = fill

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _set_widths(self) -> None:
        from openpyxl.utils import get_column_letter

        for place, width in enumerate(self._widths, 1):
            self.page.column_dimensions[get_column_letter(place)].width = width

    @cached_property
    def _widths(self) -> list[float]:
        """Widths in Excel's characters: as declared, wider for short content that would break, at most 48."""
        totals = self.view.totals or ()
        widths = []
        for place, column in enumerate(self.view.columns):
            values = [row[place] for row in self.view.rows[:500]] + list(totals[place : place + 1])
            longest = max((_shown_width(cell_text(column, value)) for value in values), default=0)
            asked = max(column.width * 2, _shown_width(column.title))
            fitted = max(asked, longest) if column.kind != "text" or longest <= 24 else asked
            widths.append(min(_WIDEST, fitted + 2))
        return widths

    def _set_page(self) -> None:
        page = self.page
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.orientation = self.sheet.orientation
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = 0.5
        page.oddFooter.center.text = "第 &P 页 共 &N 页"


def _format(column: SheetColumn, value: Value) -> str:
    if column.kind == "number" and isinstance(value, float):
        return "0.00"
    if isinstance(value, time):
        return "hh:mm:ss"
    return (
        _FORMATS["date"]
        if isinstance(value, date) and not isinstance(value, datetime)
        else _FORMATS[column.kind]
    )


def _cell_text(text: str) -> str:
    return display_safe(text.replace("\r\n", "\n").replace("\r", "\n"))


def _within_limit(row: Row) -> Sequence[Row]:
    """A row whose texts exceed what a cell can hold goes on in further rows, no character lost (P46)."""
    if not any(isinstance(value, str) and len(value) > _CELL_LIMIT for value in row):
        return (row,)
    cut = tuple(value[:_CELL_LIMIT] if isinstance(value, str) else value for value in row)
    rest = tuple(value[_CELL_LIMIT:] if isinstance(value, str) else None for value in row)
    return (cut, *_within_limit(rest))


def _shown_width(text: str) -> int:
    """Columns of a fixed font that the longest line takes: two for a Chinese character."""
    return max(
        sum(2 if ord(sign) > 0x2E7F or sign in "“”‘’—…" else 1 for sign in line) for line in text.split("\n")
    )
