"""Writes a table document as a workbook: text stays text, money stays a number, it prints on A4 as it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from app.documents.cells import cell_text
from app.documents.sheet import Row, Sheet, SheetColumn, Value
from app.documents.workbook_layout import EDGE, LEAST_HEIGHT, SIDE, SIGNING, TEXT_SIZE, WorkbookLayout
from app.safe_write import write_safely
from app.text import display_safe, is_formula_like

_CELL_LIMIT = 32_000
_FORMATS = {
    "text": "@",
    "number": "General",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
}
_FONT = "宋体"
_MOST_BREAKS = 1000
"""A program takes no more breaks by hand than 1026; a table of more pages is left to break by itself."""
_SIDES = {1: ("center",), 2: ("left", "right"), 3: ("left", "center", "right")}
_BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


def sheet_xlsx(sheet: Sheet, *, is_plain: bool = False) -> bytes:
    """The workbook as bytes. is_plain: headings in the first row and data only, as imports take it."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book: Any = Workbook()
    book._named_styles["Normal"].font = Font(name=_FONT, size=TEXT_SIZE)  # columns are measured in its digits
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
        self.layout = WorkbookLayout(sheet, self.view)
        self.last = len(self.view.columns)
        edge = Side(style="thin", color="8A94A3")
        self.border = Border(left=edge, right=edge, top=edge, bottom=edge)
        self.shade = PatternFill("solid", fgColor="EEF1F5")
        self.bold = Font(name="黑体", size=TEXT_SIZE)
        self.body = Font(name=_FONT, size=TEXT_SIZE)
        self.heading = Font(name=_FONT, size=16, bold=True)
        self.places = {
            side: Alignment(horizontal=side, vertical="center", wrap_text=True)
            for side in ("left", "center", "right")
        }

    def write_plain(self) -> None:
        for place, column in enumerate(self.view.columns, 1):
            self._text(place, column.title)
        self.row += 1
        for row in self.view.rows:
            for part in _within_limit(row):
                self._write_row(part, self.body, self.layout.height_of(part, LEAST_HEIGHT))
        self._set_widths()
        self.page.freeze_panes = "A2"

    def write(self) -> None:
        self._merged(self.sheet.title, self.heading, "center", SIGNING)
        if any(self.sheet.subtitle):
            self._write_subtitle()
        first_head = self.row
        self._write_head()
        self.page.freeze_panes = self.page.cell(self.row, 1)
        self.page.print_title_rows = f"{first_head}:{self.row - 1}"
        self._write_by_page(first_head)
        self._write_totals()
        self._write_after()
        self._set_widths()
        self._set_page()

    def _write_subtitle(self) -> None:
        """Up to three parts left, centre and right as on paper, else one below the other."""
        parts = self.sheet.subtitle
        if len(parts) in _SIDES:
            self._spread(parts, _SIDES[len(parts)], LEAST_HEIGHT)
        else:
            for part in parts:
                self._merged(part, self.body, "left")

    def _write_head(self) -> None:
        upper, lower = self.layout.head_heights()
        has_groups = bool(upper)
        if has_groups:
            self._set_height(upper)
            self._write_groups()
        self._set_height(lower)
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

    def _write_by_page(self, first_head: int) -> None:
        """Rows page by page, a break between pages, each of several ending with its own sums where asked (本页小计)."""
        from openpyxl.worksheet.pagebreak import Break

        above = [self.page.row_dimensions[row].height for row in range(1, self.row)]
        rows = [part for row in self.view.rows for part in _within_limit(row)]
        pages = self.layout.pages(rows, sum(above), sum(above[first_head - 1 :]))
        rest = iter(rows)
        for number, heights in enumerate(pages):
            if number and len(pages) <= _MOST_BREAKS:
                self.page.row_breaks.append(Break(id=self.row - 1))
            own = tuple(islice(rest, len(heights)))
            for row, height in zip(own, heights, strict=True):
                self._write_row(row, self.body, height)
            if self.sheet.has_page_totals and len(pages) > 1:
                self._write_sums(self.view.page_totals(own))

    def _write_sums(self, row: Row) -> None:
        self._write_row(row, self.bold, self.layout.height_of(row, LEAST_HEIGHT), self.shade)

    def _write_row(self, row: Row, font: Any, height: float, fill: Any = None) -> None:
        for place, (column, value) in enumerate(zip(self.view.columns, row, strict=True), 1):
            self._dress(self._value(place, column, value), font, column.alignment, fill)
        self._set_height(height)
        self.row += 1

    def _set_height(self, height: float) -> None:
        self.page.row_dimensions[self.row].height = height

    def _write_totals(self) -> None:
        totals = self.view.totals
        if totals is not None:
            self._write_sums(totals)
        if self.sheet.totals_text:
            self._merged(self.sheet.totals_text, self.bold, "left", 24)

    def _write_after(self) -> None:
        if self.sheet.signatures:
            self.row += 1
            labels = [f"{label}：" for label in self.sheet.signatures]
            self._spread(labels, ["left"] * len(labels), SIGNING)
        for note in self.sheet.notes:
            self._merged(note, self.body, "left")
        foot = "　　".join(part for part in (self.sheet.footer.left(), self.sheet.footer.right()) if part)
        if foot:
            self._merged(foot, self.body, "left")

    def _spread(self, texts: Sequence[str], sides: Sequence[str], height: float) -> None:
        """Texts beside each other over the whole width, each in a cell of about its share, as far as columns go."""
        if len(texts) > self.last:
            self._merged("　　".join(text for text in texts if text), self.body, "left", height)
            return
        for text, side, (first, last) in zip(texts, sides, self.layout.shares(len(texts)), strict=True):
            cell = self._text(first, text)
            cell.font, cell.alignment = self.body, self.places[side]
            self._merge(self.row, first, self.row, last)
            height = self.layout.merged_height(text, TEXT_SIZE, height, first, last)
        self._set_height(height)
        self.row += 1

    def _merged(self, text: str, font: Any, side: str, height: float = LEAST_HEIGHT) -> None:
        cell = self._text(1, text)
        cell.font, cell.alignment = font, self.places[side]
        if self.last > 1:
            self._merge(self.row, 1, self.row, self.last)
        self._set_height(self.layout.merged_height(text, font.size, height))
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

        for place, width in enumerate(self.layout.widths, 1):
            self.page.column_dimensions[get_column_letter(place)].width = width

    def _set_page(self) -> None:
        page = self.page
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.orientation = self.sheet.orientation
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = SIDE
        page.page_margins.top = page.page_margins.bottom = EDGE
        page.page_margins.footer = EDGE / 2
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
