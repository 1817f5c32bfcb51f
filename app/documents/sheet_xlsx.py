"""Writes a table document as a workbook: text stays text, money stays a number, it prints on A4 as it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, tee
from pathlib import Path
from typing import IO, Any

from app.documents.sheet import Row, Sheet
from app.documents.workbook_cells import BODY_FONT, FONT_SIZES, Face, WorkbookCells
from app.documents.workbook_layout import EDGE, LEAST_HEIGHT, SIDE, SIGNING, TEXT_SIZE, WorkbookLayout
from app.documents.workbook_opened import open_again
from app.safe_write import check_written, open_safely
from app.text import display_safe

_CELL_LIMIT = 32_000
_MOST_BREAKS = 1000
"""A program takes no more breaks by hand than 1026; a table of more pages is left to break by itself."""
_SIDES = {1: ("center",), 2: ("left", "right"), 3: ("left", "center", "right")}
_BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]]")
_BODY, _LEFT, _HEAD = Face(), Face(side="left"), Face("bold", "center", True, True)


def sheet_xlsx(sheet: Sheet, *, is_plain: bool = False) -> bytes:
    """The workbook as bytes. is_plain: headings in the first row and data only, as imports take it."""
    stream = io.BytesIO()
    _write(sheet, stream, is_plain=is_plain)
    return stream.getvalue()


def write_sheet_xlsx(sheet: Sheet, path: Path, *, is_plain: bool = False) -> Path:
    """Writes the workbook safely, row by row as the sheet gives them, and opens it again before it takes its name.

    Raises as `write_safely`.
    """
    rows = len(sheet.rows)
    with open_safely(
        path, verify=lambda part: check_written(part, lambda one: open_again(one, rows))
    ) as stream:
        _write(sheet, stream, is_plain=is_plain)
    return path


def _write(sheet: Sheet, stream: IO[bytes], *, is_plain: bool) -> None:
    """Rows go to the file as they come: none of them is held until the end."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book: Any = Workbook(write_only=True)
    book._named_styles["Normal"].font = Font(
        name=BODY_FONT, size=TEXT_SIZE
    )  # columns are measured in its digits
    page = book.create_sheet(_BAD_IN_TITLE.sub("", display_safe(sheet.title))[:31] or "Sheet1")
    _Writer(page, sheet).write_plain() if is_plain else _Writer(page, sheet).write()
    book.properties.title = sheet.title
    book.properties.creator = "惠民法律服务台"
    book.save(stream)


class _Writer:
    """Fills one worksheet from the top; `row` is the next free row, `height` the points above it."""

    def __init__(self, page: Any, sheet: Sheet):
        self.page, self.sheet, self.row, self.height = page, sheet, 1, 0.0
        self.view = sheet.view("file")
        self.layout = WorkbookLayout(sheet, self.view)
        self.last = len(self.view.columns)
        self.cells = WorkbookCells(page)
        self.faces = [Face(side=column.alignment, is_bordered=True) for column in self.view.columns]
        self.sum_faces = [Face("bold", face.side, True, True) for face in self.faces]
        self.dimensions: dict[float, Any] = {}

    def write_plain(self) -> None:
        self._set_widths()
        self.page.freeze_panes = "A2"
        titles = [column.title for column in self.view.columns]
        self._append([self.cells.text(place, title, _BODY) for place, title in enumerate(titles, 1)])
        for part in _parts(self.view.rows):
            self._write_row(part, self.faces, self.layout.height_of(part, LEAST_HEIGHT))

    def write(self) -> None:
        self._set_widths()
        self._set_page()
        upper, lower = self.layout.head_heights()
        first_head = 2 + self._subtitle_rows()
        first_row = first_head + (2 if upper else 1)
        self.page.freeze_panes = f"A{first_row}"
        self.page.print_title_rows = f"{first_head}:{first_row - 1}"
        self._merged(self.sheet.title, "heading", "center", SIGNING)
        self._write_subtitle()
        above_head = self.height
        self._write_head(upper, lower)
        self._write_by_page(self.height - above_head)
        self._write_totals()
        self._write_after()

    def _subtitle_rows(self) -> int:
        parts = self.sheet.subtitle
        return (1 if len(parts) in _SIDES else len(parts)) if any(parts) else 0

    def _write_subtitle(self) -> None:
        """Up to three parts left, centre and right as on paper, else one below the other."""
        parts = self.sheet.subtitle
        if self._subtitle_rows() == 1:
            self._spread(parts, _SIDES[len(parts)], LEAST_HEIGHT)
        elif self._subtitle_rows():
            for part in parts:
                self._merged(part, "body", "left")

    def _write_head(self, upper: float, lower: float) -> None:
        """A title beside groups stands in the groups' row and reaches down over its own."""
        if upper:
            self._write_groups(upper)
        titles = ["" if upper and not column.group else column.title for column in self.view.columns]
        self._append([self.cells.text(place, title, _HEAD) for place, title in enumerate(titles, 1)], lower)

    def _write_groups(self, height: float) -> None:
        words: list[str] = []
        for group, members in groupby(self.view.columns, key=lambda column: column.group):
            columns = list(members)
            first = len(words) + 1
            words += [group, *[""] * (len(columns) - 1)] if group else [one.title for one in columns]
            if group:
                self._merge(self.row, first, self.row, len(words))
            else:
                for place in range(first, len(words) + 1):
                    self._merge(self.row, place, self.row + 1, place)
        self._append([self.cells.text(place, word, _HEAD) for place, word in enumerate(words, 1)], height)

    def _write_by_page(self, head: float) -> None:
        """Rows page by page, a break between pages, each of several ending with its own sums where asked (本页小计)."""
        ahead, rest = tee(_parts(self.view.rows))
        breaks: list[int] = []
        for heights, has_next in _with_next(self.layout.pages(ahead, self.height, head)):
            own = tuple(islice(rest, len(heights)))
            for row, height in zip(own, heights, strict=True):
                self._write_row(row, self.faces, height)
            if self.sheet.has_page_totals and (breaks or has_next):
                self._write_sums(self.view.page_totals(own))
            if has_next:
                breaks.append(self.row - 1)
        self._set_breaks(breaks)

    def _set_breaks(self, rows: Sequence[int]) -> None:
        from openpyxl.worksheet.pagebreak import Break

        for row in rows if len(rows) < _MOST_BREAKS else ():
            self.page.row_breaks.append(Break(id=row))

    def _write_sums(self, row: Row) -> None:
        self._write_row(row, self.sum_faces, self.layout.height_of(row, LEAST_HEIGHT))

    def _write_row(self, row: Row, faces: Sequence[Face], height: float) -> None:
        of = self.cells.of
        places = zip(range(1, self.last + 1), self.view.columns, row, faces, strict=True)
        self._append([of(place, column, value, face) for place, column, value, face in places], height)

    def _write_totals(self) -> None:
        totals = self.view.totals
        if totals is not None:
            self._write_sums(totals)
        if self.sheet.totals_text:
            self._merged(self.sheet.totals_text, "bold", "left", 24)

    def _write_after(self) -> None:
        if self.sheet.signatures:
            self._append([])
            labels = [f"{label}：" for label in self.sheet.signatures]
            self._spread(labels, ["left"] * len(labels), SIGNING)
        for note in self.sheet.notes:
            self._merged(note, "body", "left")
        foot = "　　".join(part for part in (self.sheet.footer.left(), self.sheet.footer.right()) if part)
        if foot:
            self._merged(foot, "body", "left")

    def _spread(self, texts: Sequence[str], sides: Sequence[str], height: float) -> None:
        """Texts beside each other over the whole width, each in a cell of about its share, as far as columns go."""
        if len(texts) > self.last:
            self._merged("　　".join(text for text in texts if text), "body", "left", height)
            return
        cells: list[Any] = [None] * self.last
        for text, side, (first, last) in zip(texts, sides, self.layout.shares(len(texts)), strict=True):
            cells[first - 1] = self.cells.text(first, text, Face(side=side))
            self._merge(self.row, first, self.row, last)
            height = self.layout.merged_height(text, TEXT_SIZE, height, first, last)
        self._append(cells, height)

    def _merged(self, text: str, font: str, side: str, height: float = LEAST_HEIGHT) -> None:
        self._merge(self.row, 1, self.row, self.last)
        cell = self.cells.text(1, text, Face(font, side))
        self._append([cell], self.layout.merged_height(text, FONT_SIZES[font], height))

    def _append(self, cells: list[Any], height: float | None = None) -> None:
        """One row more, as tall as said; a row's height is forgotten once it is written."""
        if height is not None:
            self.page.row_dimensions[self.row] = self._dimension(height)
            self.height += height
        self.page.append(cells)
        self.page.row_dimensions.pop(self.row, None)
        self.row += 1

    def _dimension(self, height: float) -> Any:
        from openpyxl.worksheet.dimensions import RowDimension

        if height not in self.dimensions:
            self.dimensions[height] = RowDimension(self.page, ht=height)
        return self.dimensions[height]

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        from openpyxl.worksheet.cell_range import CellRange

        if (top, left) != (bottom, right):
            self.page.merged_cells.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))

    def _set_widths(self) -> None:
        from openpyxl.utils import get_column_letter

        for place, width in enumerate(self.layout.widths, 1):
            self.page.column_dimensions[get_column_letter(place)].width = width

    def _set_page(self) -> None:
        page = self.page
        page.page_setup.paperSize = 9  # A4
        page.page_setup.orientation = self.sheet.orientation
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = SIDE
        page.page_margins.top = page.page_margins.bottom = EDGE
        page.page_margins.footer = EDGE / 2
        page.HeaderFooter.oddFooter.center.text = "第 &P 页 共 &N 页"


def _parts(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield from _within_limit(row)


def _within_limit(row: Row) -> Sequence[Row]:
    """A row whose texts exceed what a cell can hold goes on in further rows, no character lost (P46)."""
    if not any(isinstance(value, str) and len(value) > _CELL_LIMIT for value in row):
        return (row,)
    cut = tuple(value[:_CELL_LIMIT] if isinstance(value, str) else value for value in row)
    rest = tuple(value[_CELL_LIMIT:] if isinstance(value, str) else None for value in row)
    return (cut, *_within_limit(rest))


def _with_next(pages: Iterator[list[float]]) -> Iterator[tuple[list[float], bool]]:
    """Each page and whether another follows."""
    page = next(pages, None)
    while page is not None:
        following = next(pages, None)
        yield page, following is not None
        page = following
