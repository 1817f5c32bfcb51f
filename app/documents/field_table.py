"""Draws a form of labelled fields on a grid of twelve, going on to a next sheet where a field is longer than the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.documents.flow import Flow, Margins
from app.documents.fonts import FontRole
from app.documents.form_texts import FormRow, filled
from app.documents.paper import BLACK, MM, SHADE, Paper, Style
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

MARGINS = Margins(top=26 * MM, right=20 * MM, bottom=22 * MM, left=28 * MM)
TITLE = Style(role=FontRole.headline, size=22, is_bold=True, line_factor=1.4)
NUMBER = Style(role=FontRole.fang, size=12, line_factor=1.5)
_LABEL = Style(role=FontRole.hei, size=11, line_factor=1.4)
_VALUE = Style(role=FontRole.fang, size=12, line_factor=1.45)
_FOOT = Style(size=9)
_PAD = 1.8 * MM
_LEAST = 9 * MM
_GRID = 12
_EDGE = 0.6
_CONTINUED = "（续）"

Lists = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Cell:
    """A box of a row: its width in points, its lines, and how they are set."""

    width: float
    lines: tuple[str, ...]
    style: Style
    is_label: bool = False


class FieldTable:
    """Sets rows one below another on the pages of a flow."""

    def __init__(self, flow: Flow, values: Mapping[str, str], lists: Lists):
        self.flow = flow
        self.values = values
        self.lists = lists

    def row(self, row: FormRow) -> None:
        """Set one row of the form."""
        if row.section:
            self.flow.keep(3 * _LEAST)
            self._boxes([self._cell(row.section, self.flow.width, _LABEL, is_label=True)])
        elif row.cells:
            self._pairs(row.cells)
        elif row.columns:
            self._listing(row)
        elif row.label:
            self._tall(row)
        else:
            self._sentence(row)

    def _pairs(self, cells: Sequence[str]) -> None:
        """One, two or three pairs of label and value."""
        unit = self.flow.width / _GRID
        found = []
        for place, (text, share) in enumerate(zip(cells, _PAIRS[len(cells) // 2], strict=True)):
            is_label = place % 2 == 0
            words, style = (text, _LABEL) if is_label else (self._said(text), _VALUE)
            found.append(self._cell(words, share * unit, style, is_label=is_label))
        self._boxes(found)

    def _tall(self, row: FormRow) -> None:
        unit = self.flow.width / _GRID
        label = self._cell(row.label, 2 * unit, _LABEL, is_label=True)
        value = self._cell(self._said(row.value), 10 * unit, _VALUE)
        self._boxes(
            [label, value],
            least=row.lines * _VALUE.leading + 2 * _PAD,
            signed=filled(row.signed, self.values),
        )

    def _sentence(self, row: FormRow) -> None:
        text = row.text if "\n" in row.text else "\u3000\u3000" + row.text
        cell = self._cell(filled(text, self.values), self.flow.width, _VALUE)
        self._boxes([cell], signed=filled(row.signed, self.values))

    def _listing(self, row: FormRow) -> None:
        widths = self._widths(row.columns)
        head = [
            self._cell(title, width, _LABEL, is_label=True)
            for title, width in zip(row.columns, widths, strict=True)
        ]
        known = [tuple(texts) for texts in self.lists.get(row.source, ())]
        self.flow.keep(3 * _LEAST)
        self._boxes(head)
        for texts in known:
            cells = [self._cell(text, width, _VALUE) for text, width in zip(texts, widths, strict=True)]
            if self._height(cells) > self.flow.room and self.flow.room < self._page / 2:
                self.flow.turn()
                self._boxes(head)
            self._boxes(cells)
        blank = [self._cell("", width, _VALUE) for width in widths]
        for _ in range(row.least - len(known)):
            if self._height(blank) > self.flow.room:
                break
            self._boxes(blank)

    def _widths(self, columns: Sequence[str]) -> list[float]:
        """A column of words takes three times, one of a name twice what a number or day takes."""
        shares = [_SHARES.get(title, 2) for title in columns]
        return [self.flow.width * share / sum(shares) for share in shares]

    @property
    def _page(self) -> float:
        margins = self.flow.margins
        return self.flow.paper.height - margins.top - margins.bottom

    def _said(self, text: str) -> str:
        return filled(text, self.values, is_cell=True).strip("\u3000 ") if "{" in text else text

    def _cell(self, text: str, width: float, style: Style, *, is_label: bool = False) -> Cell:
        room = width - 2 * _PAD
        lines = (
            _even_lines(text, room, style)
            if is_label
            else wrapped_lines(printable(text), room, style.measure)
        )
        return Cell(width, tuple(line.rstrip(" ") for line in lines), style, is_label)

    def _height(self, cells: Sequence[Cell]) -> float:
        return max(_LEAST, *(len(cell.lines) * cell.style.leading + 2 * _PAD for cell in cells))

    def _boxes(self, cells: Sequence[Cell], *, least: float = 0, signed: str = "") -> None:
        """Draw the boxes of a row; one too tall for what is left is continued on the next page, its label again."""
        foot = 1.6 * _VALUE.leading if signed else 0.0
        height = max(self._height(cells) + foot, least + foot)
        if height > self.flow.room and height <= self._page:
            written = self._height(cells) + foot
            if written > self.flow.room or self.flow.room < height * 0.75:
                if self.flow.room < self._page * 0.4 or written <= self._page * 0.5:
                    self.flow.turn()
            else:
                height = self.flow.room
        while height > self.flow.room:
            upper, cells = _split(cells, self.flow.room)
            self._draw(upper, self.flow.room, "")
            self.flow.turn()
            height = self._height(cells) + foot
        self._draw(cells, height, signed)

    def _draw(self, cells: Sequence[Cell], height: float, signed: str) -> None:
        flow, x = self.flow, self.flow.left
        for cell in cells:
            flow.paper.box(
                x, flow.y, cell.width, height, fill=SHADE if cell.is_label else "", edge=BLACK, line=_EDGE
            )
            self._set(cell, x, height, is_low=bool(signed) or len(cell.lines) > 1)
            x += cell.width
        if signed:
            base = flow.y + height - _PAD - _VALUE.size * 0.3
            flow.paper.text(flow.right - _PAD - 2 * MM, base, signed, _VALUE, "right")
        flow.space(height)

    def _set(self, cell: Cell, x: float, height: float, *, is_low: bool) -> None:
        style, used = cell.style, len(cell.lines) * cell.style.leading
        top = self.flow.y + ((height - used) / 2 if cell.is_label or not is_low else _PAD)
        for number, line in enumerate(cell.lines):
            base = top + number * style.leading + (style.leading + style.size) / 2 - style.size * 0.14
            if cell.is_label:
                self.flow.paper.text(x + cell.width / 2, base, line, style, "center")
            else:
                self.flow.paper.text(x + _PAD, base, line, style)


_PAIRS = {1: (2, 10), 2: (2, 4, 2, 4), 3: (2, 3, 1, 1, 2, 3)}
"""Pairs of label and value in a row → shares of the grid; the middle one of three is as short as 性别."""
_SHARES: dict[str, float] = {
    **dict.fromkeys(("序号", "页数", "份数", "年龄", "页次"), 1),
    **dict.fromkeys(("经过", "文书名称", "材料名称"), 5),
    **dict.fromkeys(("帮助事项", "办案机关"), 3),
    **dict.fromkeys(("文号", "备注"), 4),
    "日期": 2.6,
}
"""Shares of width of columns that are not of usual width."""


def _even_lines(text: str, room: float, style: Style) -> list[str]:
    """A label in as few lines as it needs, none of them a single character."""
    count = -(-style.measure(text) // room)
    size = int(-(-len(text) // max(1, count)))
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]


def _split(cells: Sequence[Cell], room: float) -> tuple[list[Cell], list[Cell]]:
    """What of the cells stands on this page and what goes on; a label is said again."""
    upper, lower = [], []
    for cell in cells:
        count = max(1, int((room - 2 * _PAD) // cell.style.leading))
        if cell.is_label:
            again = (*cell.lines, _CONTINUED) if cell.lines[-1] != _CONTINUED else cell.lines
            upper.append(cell)
            lower.append(Cell(cell.width, again, cell.style, True))
        else:
            upper.append(Cell(cell.width, cell.lines[:count], cell.style))
            lower.append(Cell(cell.width, cell.lines[count:], cell.style))
    return upper, lower


def set_sheet_foot(paper: Paper, title: str, right: float) -> None:
    """The form's title and 第 n 页 共 m 页 at the foot of every page; right: its right edge in points."""
    for page in range(paper.pages):
        y = paper.height - 12 * MM
        paper.text(28 * MM, y, title, _FOOT, page=page)
        paper.text(right, y, f"第 {page + 1} 页 共 {paper.pages} 页", _FOOT, "right", page=page)
