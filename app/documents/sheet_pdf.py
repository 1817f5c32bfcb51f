"""Prints a table document on A4: heading on every page, totals, places to sign, page numbers, check code."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from app.documents.cells import row_texts
from app.documents.fonts import FontRole
from app.documents.paper import GREY, INK, MM, Paper, Printed, Style
from app.documents.sheet import Row, Sheet
from app.documents.table_drawing import band_height, draw_band, draw_head, draw_rows, draw_totals, head_height
from app.documents.table_layout import PAD, Grid, TableLine, make_grid, paginate
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

_TITLE = Style(role=FontRole.headline, size=20, is_bold=True, colour=INK, line_factor=1.35)
_SUBTITLE = Style(size=10.5, colour=INK)
_NOTE = Style(size=9, colour=GREY, line_factor=1.5)
_SIGN = Style(size=11, colour=INK)
_FOOT = Style(size=8, colour=GREY)
_SIDE, _TOP, _BOTTOM = 15 * MM, 16 * MM, 17 * MM
_SIGN_HEIGHT = 15 * MM
_NOTE_SPACE = 1.5 * MM
_DATED_FROM = 42 * MM
_SIGN_DATE = "\u3000年\u3000月\u3000日"


def sheet_pdf(sheet: Sheet) -> Printed:
    """The document as a PDF; characters without a glyph are answered in `missing` and noted on the page."""
    return _Pages(sheet).print()


class _Pages:
    """One document on its way to paper; `y` is where the next thing goes, in points from the top."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.paper = Paper(sheet.title, is_landscape=sheet.orientation == "landscape")
        self.width = self.paper.width - 2 * _SIDE
        self.bottom = self.paper.height - _BOTTOM
        view = sheet.view("paper")
        self.view, self.totals = view, view.totals
        self.grid: Grid = make_grid(view, self.width, size=sheet.size, row_height=sheet.row_height * MM)
        self.lines = [self.grid.line(row_texts(view.columns, row), self.grid.body) for row in view.rows]
        self.y = _TOP

    def print(self) -> Printed:
        self.paper.new_page()
        self._draw_title()
        self._draw_subtitle()
        self._draw_table()
        self._draw_after()
        self._draw_feet()
        return self.paper.finish()

    def _draw_title(self) -> None:
        for line in wrapped_lines(printable(self.sheet.title), self.width, _TITLE.measure):
            self.y += _TITLE.size
            self.paper.text(self.paper.width / 2, self.y, line, _TITLE, "center")
            self.y += _TITLE.leading - _TITLE.size
        self.y += 2 * MM

    def _draw_subtitle(self) -> None:
        parts = self.sheet.subtitle
        if not parts:
            return
        if len(parts) <= 3 and sum(_SUBTITLE.measure(part) for part in parts) + 20 * MM < self.width:
            self._text_line(parts)
        else:
            for part in parts:
                for line in wrapped_lines(printable(part), self.width, _SUBTITLE.measure):
                    self._text_line((line, ""))
        self.y += 1.5 * MM

    def _text_line(self, parts: tuple[str, ...]) -> None:
        self.y += _SUBTITLE.leading
        sides = {1: ("center",), 2: ("left", "right"), 3: ("left", "center", "right")}[len(parts)]
        at = {"left": _SIDE, "center": self.paper.width / 2, "right": self.paper.width - _SIDE}
        for part, side in zip(parts, sides, strict=True):
            self.paper.text(at[side], self.y, part, _SUBTITLE, side)
        self.y += 1 * MM

    def _draw_table(self) -> None:
        head = head_height(self.grid)
        foot = self._subtotal(()).height if self.sheet.has_page_totals else 0.0
        first, other = self.bottom - self.y - head - foot, self.bottom - _TOP - head - foot
        pages = list(paginate(self.grid, self.lines, first, other, self._tail_height()))
        rows = iter(self.view.rows)
        for number, lines in enumerate(pages):
            if number:
                self._turn()
            self.y = draw_head(self.paper, self.grid, _SIDE, self.y)
            self.y = draw_rows(self.paper, self.grid, lines, _SIDE, self.y)
            if foot and len(pages) > 1:
                own = islice(rows, sum(not line.is_continued for line in lines))
                self.y = draw_totals(self.paper, self.grid, self._subtotal(own), _SIDE, self.y)
        if not self.lines:
            self.y = draw_band(self.paper, self.grid, [self.sheet.empty_text], _SIDE, self.y)

    def _subtotal(self, rows: Iterable[Row]) -> TableLine:
        return self.grid.line(row_texts(self.grid.columns, self.view.page_totals(rows)), self.grid.head)

    def _draw_after(self) -> None:
        """Totals, capitals and the places to sign stay together, with notes of less than half a page."""
        if self.y + self._tail_height() > self.bottom:
            self._turn()
        if tail := self._totals_line():
            self.y = draw_totals(self.paper, self.grid, tail, _SIDE, self.y)
        if band := self._band():
            self.y = draw_band(self.paper, self.grid, band, _SIDE, self.y)
        self._draw_signatures()
        self._draw_notes()

    def _tail_height(self) -> float:
        tail, band = self._totals_line(), self._band()
        signing = _SIGN_HEIGHT if self.sheet.signatures else 0.0
        whole = (tail.height if tail else 0.0) + (band_height(self.grid, band) if band else 0.0) + signing
        notes = (
            _NOTE_SPACE + sum(len(self._wrapped(note, _NOTE)) for note in self.sheet.notes) * _NOTE.leading
        )
        return whole + notes if whole + notes < self.bottom / 2 else whole

    def _band(self) -> list[str]:
        return self._wrapped(self.sheet.totals_text, self.grid.head) if self.sheet.totals_text else []

    def _totals_line(self) -> TableLine | None:
        if self.totals is None:
            return None
        return self.grid.line(row_texts(self.grid.columns, self.totals), self.grid.head)

    def _draw_signatures(self) -> None:
        labels = self.sheet.signatures
        if not labels:
            return
        self.y += 10 * MM
        share = self.width / len(labels)
        gap = 8 * MM if len(labels) > 1 else 0.0
        is_dated = share - gap - max(_SIGN.measure(f"{label}：") for label in labels) > _DATED_FROM
        date_width = _SIGN.measure(_SIGN_DATE) if is_dated else 0.0
        for place, label in enumerate(labels):
            left = _SIDE + place * share
            self.paper.text(left, self.y, f"{label}：", _SIGN)
            start, end = left + _SIGN.measure(f"{label}："), left + share - gap
            self.paper.line(start, self.y + 1 * MM, end - date_width - 1 * MM, self.y + 1 * MM, colour=INK)
            if date_width:
                self.paper.text(end, self.y, _SIGN_DATE, _SIGN, "right")
        self.y += 5 * MM

    def _draw_notes(self) -> None:
        self.y += _NOTE_SPACE
        for note in self.sheet.notes:
            for line in self._wrapped(note, _NOTE):
                if self.y + _NOTE.leading > self.bottom:
                    self._turn()
                self.y += _NOTE.leading
                self.paper.text(_SIDE, self.y, line, _NOTE)

    def _draw_feet(self) -> None:
        y = self.paper.height - 10 * MM
        right = self.paper.width - _SIDE
        for page in range(self.paper.pages):
            count = f"第 {page + 1} 页 共 {self.paper.pages} 页"
            self.paper.text(_SIDE, y, self.sheet.footer.left(), _FOOT, page=page)
            self.paper.text(self.paper.width / 2, y, count, _FOOT, "center", page=page)
            self.paper.text(right, y, self.sheet.footer.right(), _FOOT, "right", page=page)

    def _wrapped(self, text: str, style: Style) -> list[str]:
        return wrapped_lines(printable(text), self.width - 2 * PAD, style.measure)

    def _turn(self) -> None:
        self.paper.new_page()
        self.y = _TOP
