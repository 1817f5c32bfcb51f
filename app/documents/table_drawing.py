"""Draws the part of a table that lies on one page: headings, rows, merged cells, rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from app.documents.paper import INK, SHADE, Paper, Style
from app.documents.table_layout import PAD, Grid, TableLine
from app.documents.wrap import wrapped_lines

_FRAME = 0.9


def head_height(grid: Grid) -> float:
    """Points of height of the heading, both of its levels."""
    return sum(_level_heights(grid))


def draw_head(paper: Paper, grid: Grid, left: float, top: float) -> float:
    """Draws the heading; answers the y below it."""
    upper, lower = _level_heights(grid)
    paper.box(left, top, grid.width, upper + lower, fill=SHADE)
    x = left
    for group, members in groupby(
        zip(grid.columns, grid.widths, strict=True), key=lambda pair: pair[0].group
    ):
        start, inside = x, list(members)
        for column, width in inside:
            y, height = (top + upper, lower) if group else (top, upper + lower)
            _cell(paper, x, y, width, height, _head_lines(grid, column.title, width), grid.head, "center")
            x += width
            paper.line(x, y, x, y + height)
        if group:
            _cell(
                paper, start, top, x - start, upper, _head_lines(grid, group, x - start), grid.head, "center"
            )
            paper.line(start, top + upper, x, top + upper)
            paper.line(x, top, x, top + upper)
    _frame(paper, left, top, grid.width, upper + lower)
    return top + upper + lower


def draw_rows(paper: Paper, grid: Grid, lines: Sequence[TableLine], left: float, top: float) -> float:
    """Draws rows one below the other; answers the y below them."""
    tops = [top]
    for line in lines:
        tops.append(tops[-1] + line.height)
    x = left
    breaks: set[int] = set()
    for place, (column, width) in enumerate(zip(grid.columns, grid.widths, strict=True)):
        spans = _spans(lines, place, breaks if column.is_merged else set(range(len(lines))))
        breaks |= {start for start, _ in spans} if column.is_merged else set()
        for start, end in spans:
            cell = lines[start].cells[place]
            height = tops[end] - tops[start]
            _cell(paper, x, tops[start], width, height, cell, grid.body, column.alignment)
            paper.line(x, tops[end], x + width, tops[end])
        x += width
        paper.line(x, top, x, tops[-1])
    _frame(paper, left, top, grid.width, tops[-1] - top)
    return tops[-1]


def draw_totals(paper: Paper, grid: Grid, line: TableLine, left: float, top: float) -> float:
    """Draws the totals row in the heading's type on a shade; answers the y below it."""
    paper.box(left, top, grid.width, line.height, fill=SHADE)
    x = left
    for column, width, cell in zip(grid.columns, grid.widths, line.cells, strict=True):
        align = column.alignment if column.is_numeric else "center"
        _cell(paper, x, top, width, line.height, cell, grid.head, align)
        x += width
        paper.line(x, top, x, top + line.height)
    _frame(paper, left, top, grid.width, line.height)
    return top + line.height


def draw_band(paper: Paper, grid: Grid, lines: Sequence[str], left: float, top: float) -> float:
    """Draws a cell over the whole width, as for the amount in capitals; answers the y below it."""
    height = band_height(grid, lines)
    _cell(paper, left, top, grid.width, height, lines, grid.head, "left")
    _frame(paper, left, top, grid.width, height)
    return top + height


def band_height(grid: Grid, lines: Sequence[str]) -> float:
    """Points of height of a band."""
    return len(lines) * grid.head.leading + 4 * PAD


def _spans(lines: Sequence[TableLine], place: int, breaks: set[int]) -> list[tuple[int, int]]:
    """Start and end of the rows that share one cell of a column; none reaches over a break of a column to its left."""
    spans: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        same = number and number not in breaks and line.cells[place] == lines[number - 1].cells[place]
        if same and any(line.cells[place]):
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
    return spans


def _cell(
    paper: Paper,
    x: float,
    top: float,
    width: float,
    height: float,
    lines: Sequence[str],
    style: Style,
    align: str,
) -> None:
    block = (len(lines) - 1) * style.leading
    y = top + (height - block) / 2 + style.size * 0.36
    at = {"left": x + PAD, "center": x + width / 2, "right": x + width - PAD}[align]
    for line in lines:
        if line:
            paper.text(at, y, line.strip() if align != "left" else line, style, align)
        y += style.leading


def _head_lines(grid: Grid, title: str, width: float) -> Sequence[str]:
    return wrapped_lines(title, width - 2 * PAD, grid.head.measure)


def _level_heights(grid: Grid) -> tuple[float, float]:
    """Heights of the groups' level (0 without groups) and of the columns' level."""
    pairs = list(zip(grid.columns, grid.widths, strict=True))
    lower = max(len(_head_lines(grid, column.title, width)) for column, width in pairs)
    upper = max(len(_head_lines(grid, group, width)) if group else 0 for group, width in _groups(grid))
    return upper * grid.head.leading + 2 * PAD * bool(upper), lower * grid.head.leading + 3 * PAD


def _groups(grid: Grid) -> list[tuple[str, float]]:
    """Each heading over neighbours with its width in points."""
    pairs = zip(grid.columns, grid.widths, strict=True)
    parts = groupby(pairs, key=lambda pair: pair[0].group)
    return [(group, sum(width for _, width in members)) for group, members in parts]


def _frame(paper: Paper, left: float, top: float, width: float, height: float) -> None:
    paper.line(left, top, left, top + height, width=_FRAME, colour=INK)
    paper.line(left + width, top, left + width, top + height, width=_FRAME, colour=INK)
    paper.line(left, top, left + width, top, width=_FRAME, colour=INK)
    paper.line(left, top + height, left + width, top + height, width=_FRAME, colour=INK)
