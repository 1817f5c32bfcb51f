"""A stack of A4 or A3 pages to draw on from the top left; the fonts are embedded when the last page is done."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.documents.fonts import FontRole
from app.documents.typeface import GETA, embed, font_lock, printable, typeface

MM = 72 / 25.4
A4_SHORT, A4_LONG = 210 * MM, 297 * MM
BLACK = "#000000"
INK = "#1B2430"
GREY = "#5B6675"
LINE = "#8A94A3"
SHADE = "#EEF1F5"
ACCENT = "#1F5F9E"
WHITE = "#FFFFFF"
_MASTER_STROKE = 0.028


@dataclass(frozen=True)
class Style:
    """How a piece of text looks; size and leading (line to line) in points."""

    role: FontRole = FontRole.song
    size: float = 10.5
    is_bold: bool = False
    colour: str = BLACK
    line_factor: float = 1.45

    @property
    def leading(self) -> float:
        return self.size * self.line_factor

    def measure(self, text: str) -> float:
        """Width of one line in points."""
        return typeface(self.role).width(text, self.size)

    def at(self, size: float) -> Style:
        """The same style at another size in points."""
        return replace(self, size=size)


@dataclass(frozen=True)
class Printed:
    """A finished PDF, its pages, and the characters no font had (printed as 〓, P49)."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """A sentence for the clerk when characters are missing, else empty."""
        return missing_note(self.missing)


def missing_note(missing: tuple[str, ...]) -> str:
    """The sentence that tells which characters must be written in by hand; empty when none."""
    if not missing:
        return ""
    listed = "、".join(f"U+{ord(sign):04X}" for sign in missing)
    return f"字库缺 {len(missing)} 个字（{listed}），已印作“{GETA}”，请手工补写。"


Draw = Callable[[Any], None]


class Paper:
    """Pages of one document. Lengths are points; x from the left edge, y from the top edge."""

    def __init__(self, title: str, *, is_landscape: bool = False, is_a3: bool = False, author: str = ""):
        self.title = title
        self.author = author
        short, long = (A4_LONG, 2 * A4_SHORT) if is_a3 else (A4_SHORT, A4_LONG)
        self.width, self.height = (long, short) if is_landscape else (short, long)
        self._pages: list[list[Draw]] = []
        self._used: dict[FontRole, set[str]] = {}
        self._missing: list[dict[str, None]] = []

    @property
    def pages(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        """Starts a page; everything drawn from now on lies on it."""
        self._pages.append([])
        self._missing.append({})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        align: str = "left",
        *,
        spread: float = 0.0,
        page: int = -1,
    ) -> None:
        """One line with its base line at y; x is its left end, centre or right end (align); spread widens each gap."""
        shown = self._noted(printable(text).replace("\n", " "), style.role, page)
        left = x - style.measure(shown) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        bottom = self.height - y

        def draw(canvas: Any) -> None:
            canvas.setFillColor(style.colour)
            canvas.setStrokeColor(style.colour)
            canvas.setLineWidth(style.size * _MASTER_STROKE)
            canvas.setFont(typeface(style.role).name, style.size)
            canvas.drawString(left, bottom, shown, mode=2 if style.is_bold else 0, charSpace=spread)

        self._pages[page].append(draw)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.5, colour: str = LINE
    ) -> None:
        """A straight line; width in points."""

        def draw(canvas: Any) -> None:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(width)
            canvas.line(x1, self.height - y1, x2, self.height - y2)

        self._pages[-1].append(draw)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        edge: str = "",
        radius: float = 0,
        line: float = 0.5,
    ) -> None:
        """A rectangle whose top left corner is (x, y), filled, outlined or both."""

        def draw(canvas: Any) -> None:
            canvas.setFillColor(fill or WHITE)
            canvas.setStrokeColor(edge or WHITE)
            canvas.setLineWidth(line)
            bottom = self.height - y - height
            canvas.roundRect(x, bottom, width, height, radius, stroke=int(bool(edge)), fill=int(bool(fill)))

        self._pages[-1].append(draw)

    def qr(self, x: float, y: float, size: float, content: str) -> None:
        """A QR code (error correction M) of the given side, its quiet zone left to the caller."""
        import segno

        matrix = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
        step = size / len(matrix)

        def draw(canvas: Any) -> None:
            canvas.setFillColor(BLACK)
            path = canvas.beginPath()
            for row, cells in enumerate(matrix):
                for start, length in _dark_runs(cells):
                    path.rect(x + start * step, self.height - y - (row + 1) * step, length * step, step)
            canvas.drawPath(path, stroke=0, fill=1)

        self._pages[-1].append(draw)

    def finish(self) -> Printed:
        """The PDF of all pages; a page with missing characters says so at its foot."""
        from reportlab.pdfgen.canvas import Canvas

        self._note_missing()
        stream = io.BytesIO()
        with font_lock:
            for role, signs in self._used.items():
                embed(typeface(role), signs)
            canvas = Canvas(
                stream,
                pagesize=(self.width, self.height),
                pageCompression=1,
                initialFontName=self._first_font(),
            )
            canvas.setTitle(self.title)
            canvas.setAuthor(self.author)
            canvas.setCreator("惠民法律服务台")
            for page in self._pages:
                for draw in page:
                    draw(canvas)
                canvas.showPage()
            canvas.save()
        missing = tuple(dict.fromkeys(sign for page in self._missing for sign in page))
        return Printed(stream.getvalue(), self.pages, missing)

    def _first_font(self) -> str | None:
        return next((typeface(role).name for role in self._used), None)

    def _noted(self, text: str, role: FontRole, page: int) -> str:
        face = typeface(role)
        with font_lock:
            shown = face.shown(text)
        if shown != text:
            self._missing[page].update(dict.fromkeys(sign for sign in text if not face.has(sign)))
        self._used.setdefault(role, set()).update(shown)
        return shown

    def _note_missing(self) -> None:
        style = Style(size=8, colour=GREY)
        for page, found in enumerate(self._missing):
            if found:
                self.text(
                    self.width / 2,
                    self.height - 5 * MM,
                    missing_note(tuple(found)),
                    style,
                    "center",
                    page=page,
                )


def _dark_runs(cells: bytes) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    runs: list[tuple[int, int]] = []
    for place, is_dark in enumerate(cells):
        if is_dark and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((place, 1))
    return runs
