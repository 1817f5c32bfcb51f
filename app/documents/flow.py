"""Sets running text on A4 pages from top to bottom, turning the page where it is full."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.paper import MM, Paper, Style
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

_JUSTIFY_FROM = 0.85


@dataclass(frozen=True)
class Margins:
    """White space in points around the text of a page."""

    top: float = 37 * MM
    right: float = 26 * MM
    bottom: float = 35 * MM
    left: float = 28 * MM


class Flow:
    """A column of text on a paper; `y` is the foot of what has been set, in points from the top."""

    def __init__(self, paper: Paper, margins: Margins):
        self.paper = paper
        self.margins = margins
        self.width = paper.width - margins.left - margins.right
        self.turn()

    @property
    def left(self) -> float:
        return self.margins.left

    @property
    def right(self) -> float:
        return self.margins.left + self.width

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.paper.height - self.margins.bottom - self.y

    def turn(self) -> None:
        """Goes on at the top of a new page."""
        self.paper.new_page()
        self.y = self.margins.top

    def keep(self, height: float) -> None:
        """Turns the page unless so many points are left, so that what follows stays together."""
        if height > self.room and self.y > self.margins.top:
            self.turn()

    def space(self, height: float) -> None:
        """Leaves white space, in points."""
        self.y += height

    def paragraph(
        self, text: str, style: Style, *, indent: float = 0, align: str = "left", inset: float = 0
    ) -> None:
        """A paragraph; indent: first-line indent in characters; inset: points left free on the left."""
        width = self.width - inset
        first = "\u3000" * int(indent)
        for paragraph in printable(text).split("\n"):
            lines = wrapped_lines(first + paragraph, width, style.measure)
            for number, line in enumerate(lines):
                is_last = number == len(lines) - 1
                self._set_line(line, style, "last" if is_last and align == "left" else align, inset)

    def _set_line(self, line: str, style: Style, align: str, inset: float) -> None:
        if style.leading > self.room:
            self.turn()
        base = self.y + (style.leading + style.size) / 2 - style.size * 0.14
        shown, left, width = line.rstrip(" "), self.left + inset, self.width - inset
        if align in ("left", "last"):
            spread = self._spread(shown, style, width) if align == "left" else 0.0
            self.paper.text(left, base, shown, style, spread=spread)
        else:
            self.paper.text(left + width / 2 if align == "center" else self.right, base, shown, style, align)
        self.y += style.leading

    def _spread(self, line: str, style: Style, width: float) -> float:
        """What to add to each gap so that a nearly full line ends at the right edge."""
        used = style.measure(line)
        return (width - used) / (len(line) - 1) if len(line) > 1 and used > width * _JUSTIFY_FROM else 0.0
