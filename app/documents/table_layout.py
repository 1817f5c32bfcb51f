"""Decides widths, lines and page breaks of a table before anything is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.documents.cells import cell_text
from app.documents.fonts import FontRole
from app.documents.paper import INK, MM, Style
from app.documents.sheet import SheetColumn, Value, View
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

PAD = 1.1 * MM
_SMALLEST = 7.0
_SPLIT_SHARE = 0.4
_CONTINUED = "续"
_UNBROKEN = re.compile(r"[0-9A-Za-z*]{2,24}")
_MEASURED = 50
_COMPANY = 3


@dataclass(frozen=True)
class TableLine:
    """A table row, or the part of one that lies on a page: the lines of each cell and its height in points."""

    cells: tuple[tuple[str, ...], ...]
    height: float
    is_continued: bool = False


@dataclass(frozen=True)
class Grid:
    """Widths in points and the two styles of a table."""

    columns: tuple[SheetColumn, ...]
    widths: tuple[float, ...]
    body: Style
    head: Style
    least_height: float

    @property
    def width(self) -> float:
        return sum(self.widths)

    def line(self, texts: Sequence[str], style: Style) -> TableLine:
        """A row of texts broken into the widths of the columns."""
        cells = tuple(
            tuple(wrapped_lines(printable(text), width - 2 * PAD, style.measure))
            for text, width in zip(texts, self.widths, strict=True)
        )
        return TableLine(cells, max(self.least_height, self.height_of(cells, style)))

    def height_of(self, cells: Sequence[Sequence[str]], style: Style) -> float:
        return max(len(lines) for lines in cells) * style.leading + 2 * PAD


def make_grid(view: View, width: float, *, size: float, row_height: float = 0) -> Grid:
    """The columns fitted to a width: at `size` if they fit, smaller down to 7 pt, then narrower. All in points."""
    columns = view.columns
    rows = (*view.rows, view.totals) if view.totals else view.rows
    wishes = [max(column.width, 1.0) for column in columns]
    room = width - 2 * PAD * len(columns)
    size = max(_SMALLEST, min(size, room / sum(wishes)))
    body = Style(size=size, colour=INK, line_factor=1.35)
    head = replace(body, role=FontRole.hei)
    least = [_least(column, [row[place] for row in rows], body, head) for place, column in enumerate(columns)]
    widths = _shared([max(wish * size, need) for wish, need in zip(wishes, least, strict=True)], least, room)
    return Grid(columns, tuple(one + 2 * PAD for one in widths), body, head, row_height)


def _least(column: SheetColumn, values: Sequence[Value], body: Style, head: Style) -> float:
    """Figures, dates, times and numbers within text are never broken; a heading keeps two characters a line."""
    texts = [cell_text(column, value) for value in values]
    if column.kind == "text":
        texts = [word for text in texts for word in _UNBROKEN.findall(text)]
    longest = sorted(set(texts), key=len)[-_MEASURED:]
    need = max((max(body.measure(text), head.measure(text)) for text in longest), default=0.0)
    return max(need + 0.3, min(2 * head.size, head.measure(column.title)) + 0.3)


def _shared(wishes: list[float], least: list[float], room: float) -> list[float]:
    """Widths that fill the room exactly: spare room goes to all, lacking room comes from what can give."""
    total = sum(wishes)
    if total <= room:
        return [wish * room / total for wish in wishes]
    give = [wish - need for wish, need in zip(wishes, least, strict=True)]
    share = min(1.0, (total - room) / sum(give)) if sum(give) > 0 else 0.0
    narrowed = [wish - one * share for wish, one in zip(wishes, give, strict=True)]
    return [one * room / sum(narrowed) for one in narrowed]


def paginate(
    grid: Grid | None, lines: Iterable[TableLine], first: float, other: float, tail: float = 0
) -> Iterator[list[TableLine]]:
    """Lines by page, each page once no later line can change it. first, other: points of height for rows on the first
    and on each further page.

    tail: what totals and signatures need below the last row; they never stand on a page without a row, nor does
    a row or two: the page before gives up some of its own. A row too tall for what is left goes to the next page;
    one taller than two fifths of a page is continued there, no line of it lost (P46), unless grid is None: rows of
    a workbook are not broken.
    """
    pages: list[list[TableLine]] = [[]]
    whole = room = first
    for line in lines:
        while line.height > room:
            is_tall = line.height > whole * _SPLIT_SHARE
            head, line = _split(grid, line, room) if grid and is_tall else (None, line)
            if head:
                pages[-1].append(head)
            elif room >= other and room >= whole:
                break
            pages.append([])
            whole = room = other
        pages[-1].append(line)
        room -= line.height
        while len(pages) > 2:
            yield pages.pop(0)
    if tail > room and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    _give_company(pages, other - tail)
    yield from pages


def _give_company(pages: list[list[TableLine]], room: float) -> None:
    """At least three rows stand on a last page, as far as the page before can spare whole ones and there is room."""
    if len(pages) < 2:
        return
    before, last = pages[-2:]
    while len(last) < _COMPANY < len(before) and not last[0].is_continued:
        if before[-1].height + sum(line.height for line in last) > room:
            return
        last.insert(0, before.pop())


def _split(grid: Grid, line: TableLine, room: float) -> tuple[TableLine | None, TableLine]:
    count = int((room - 2 * PAD) // grid.body.leading)
    if count < 1:
        return None, line
    upper = tuple(cell[:count] for cell in line.cells)
    lower = tuple(cell[count:] or (_CONTINUED if not place else "",) for place, cell in enumerate(line.cells))
    rest = grid.height_of(lower, grid.body)
    return TableLine(upper, room, line.is_continued), TableLine(lower, rest, True)
