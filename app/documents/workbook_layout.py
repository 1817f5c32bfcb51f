"""Decides widths, heights and page breaks of a workbook before its cells are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice

from app.documents.cells import cell_text
from app.documents.paper import A4_LONG, A4_SHORT, MM
from app.documents.sheet import Row, Sheet, View
from app.documents.table_layout import TableLine, paginate
from app.documents.wrap import wrapped_lines

SIDE, EDGE = 0.5, 0.6
"""Inches of white at the sides, and above and below."""
TEXT_SIZE = 11.0
LEAST_HEIGHT, SIGNING = 20.0, 34.0
"""Points of height of a row, and of one to sign in."""
_TALLEST = 409.0
"""Points; no program shows a taller row."""
_LEADING, _PAD = 15.5, 4.0
_WIDEST = 48
_SPARE = 2.0
"""A column is that much wider than its text; half a Chinese character is as wide as a digit of 宋体."""
_UNIT = 6.0
"""Points of width, at 100 %, of one of Excel's characters, a digit of the workbook's 宋体 11."""
_SURE = 0.94
"""How much of a page is counted on, since programs draw the same row a little taller or less tall."""
_MEASURED = 500


class WorkbookLayout:
    """Widths in Excel's characters and heights in points, at 100 %, of one sheet."""

    def __init__(self, sheet: Sheet, view: View):
        self.sheet, self.view = sheet, view

    @cached_property
    def widths(self) -> list[float]:
        """As declared, wider for short content that would break, at most 48."""
        totals = self.view.totals or ()
        measured = list(islice(self.view.rows, _MEASURED))
        widths = []
        for place, column in enumerate(self.view.columns):
            values = [row[place] for row in measured] + list(totals[place : place + 1])
            longest = max((_shown_width(cell_text(column, value)) for value in values), default=0)
            asked = max(column.width * 2, _shown_width(column.title))
            fitted = max(asked, longest) if column.kind != "text" or longest <= 24 else asked
            widths.append(min(_WIDEST, fitted + _SPARE))
        return widths

    @cached_property
    def row_height(self) -> float:
        """Least height of a row, so that it is as tall in print as the sheet asks."""
        return min(_TALLEST, max(LEAST_HEIGHT, self.sheet.row_height * MM / self._scale))

    def height_of(self, row: Row, least: float) -> float:
        """What the texts of a row need in their columns: no program is left to guess it."""
        lines = [
            _line_count(value, width)
            for value, width in zip(row, self.widths, strict=True)
            if isinstance(value, str)
        ]
        return min(_TALLEST, max(least, _height(max(lines, default=1))))

    def head_heights(self) -> tuple[float, float]:
        """Of the groups' row (0 without groups) and the row of titles below it; a title beside groups has both."""
        pairs = list(zip(self.view.columns, self.widths, strict=True))
        if not any(column.group for column, _ in pairs):
            return 0.0, _height(max(_line_count(column.title, width) for column, width in pairs))
        below = max(_line_count(column.title, width) for column, width in pairs if column.group)
        beside = max(
            (_line_count(column.title, width) for column, width in pairs if not column.group), default=1
        )
        return LEAST_HEIGHT, _height(max(below, beside - 1))

    def merged_height(self, text: str, size: float, least: float, first: int = 1, last: int = 0) -> float:
        """Of a text of a font size over the columns first … last, or all."""
        width = sum(self.widths[first - 1 : last or None])
        lines = _line_count(text, width * TEXT_SIZE / size)
        return min(_TALLEST, max(least, _height(lines) * size / TEXT_SIZE))

    def shares(self, count: int) -> list[tuple[int, int]]:
        """First and last column of each of so many parts of about the same width, none without a column."""
        sums = [0.0, *accumulate(self.widths)]
        last = len(self.widths)
        starts = [1]
        for part in range(1, count):
            wanted = sums[-1] * part / count
            free = range(starts[-1] + 1, last - count + part + 2)
            starts.append(min(free, key=lambda place: abs(sums[place - 1] - wanted)))
        return list(zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True))

    def pages(self, rows: Iterable[Row], before: float, head: float) -> Iterator[list[float]]:
        """Heights of the rows of each printed page, never many pages ahead of the rows taken.

        before: points above the first row; head: those on each further page.
        """
        lines = (TableLine((), self.height_of(row, self.row_height)) for row in rows)
        foot = LEAST_HEIGHT if self.sheet.has_page_totals else 0.0
        room = self._page_height - foot
        for page in paginate(None, lines, room - before, room - head, min(self._tail(), room / 2)):
            yield [line.height for line in page]

    def _tail(self) -> float:
        """What totals, places to sign and notes take below the rows."""
        notes = sum(self.merged_height(note, TEXT_SIZE, LEAST_HEIGHT) for note in self.sheet.notes)
        return notes + 3 * LEAST_HEIGHT + (SIGNING + LEAST_HEIGHT if self.sheet.signatures else 0)

    @property
    def _is_landscape(self) -> bool:
        return self.sheet.orientation == "landscape"

    @property
    def _scale(self) -> float:
        """How much the sheet is made smaller so that its columns go on one page."""
        across = (A4_LONG if self._is_landscape else A4_SHORT) - 2 * SIDE * 72
        return min(1.0, across / (sum(self.widths) * _UNIT))

    @property
    def _page_height(self) -> float:
        """Points of rows that one printed page surely holds."""
        down = (A4_SHORT if self._is_landscape else A4_LONG) - 2 * EDGE * 72
        return down / self._scale * _SURE


def _line_count(text: str, width: float) -> int:
    """Lines a text takes in so many of Excel's characters."""
    room = width - _SPARE
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return len(wrapped_lines(text, room, _shown_width))


def _height(lines: int) -> float:
    return max(LEAST_HEIGHT, lines * _LEADING + _PAD)


def _shown_width(text: str) -> int:
    """Columns of a fixed font that the longest line takes: two for a Chinese character."""
    return max(
        sum(2 if ord(sign) > 0x2E7F or sign in "“”‘’—…" else 1 for sign in line) for line in text.split("\n")
    )
