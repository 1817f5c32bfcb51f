"""今日我当班: who sits today, in print that is read from across the room (Q12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.dates import date_text
from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, Paper, Printed, Style
from app.documents.typeface import printable

_TITLE = Style(role=FontRole.headline, size=54, is_bold=True, colour=ACCENT)
_SITE = Style(role=FontRole.hei, size=22, colour=INK)
_NAME = Style(role=FontRole.hei, size=44, colour=INK)
_HOURS = Style(role=FontRole.hei, size=30, colour=INK)
_ABOUT = Style(size=16, colour=GREY)
_FOOT = Style(role=FontRole.hei, size=20, colour=INK)
_EDGE, _HEAD, _ROW = 20 * MM, 50 * MM, 29 * MM
MOST = 4
"""Duties on a page."""


@dataclass(frozen=True, kw_only=True)
class BoardSheetLine:
    """A duty in words."""

    name: str
    about: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """A site's day."""

    site: str
    on: date
    lines: tuple[BoardSheetLine, ...]
    telephone: str = ""
    supervision_telephone: str = ""


def draw_duty_board(data: BoardSheet) -> Printed:
    """Landscape A4, four duties a page."""
    paper = Paper("今日我当班", is_landscape=True)
    parts = [data.lines[start : start + MOST] for start in range(0, len(data.lines), MOST)] or [()]
    for part in parts:
        paper.new_page()
        _draw_page(paper, data, part)
    return paper.finish()


def _draw_page(paper: Paper, data: BoardSheet, lines: tuple[BoardSheetLine, ...]) -> None:
    middle, right = paper.width / 2, paper.width - _EDGE
    paper.text(middle, 27 * MM, "今日我当班", _TITLE, "center")
    paper.text(middle, 39 * MM, f"{data.site}　{date_text(data.on)}", _SITE, "center")
    if not lines:
        paper.text(middle, paper.height / 2, "今天没有值班", _HOURS, "center")
    for number, line in enumerate(lines):
        top = _HEAD + number * _ROW
        paper.line(_EDGE, top, right, top, width=0.8, colour=LINE)
        paper.text(_EDGE, top + 16 * MM, line.name, _NAME)
        paper.text(right, top + 15 * MM, line.hours, _fit(line.hours, _HOURS, paper.width * 0.6), "right")
        paper.text(_EDGE, top + 24.5 * MM, line.about, _fit(line.about, _ABOUT, right - _EDGE))
    phones = (("服务电话", data.telephone), ("监督电话", data.supervision_telephone))
    words = "　　".join(f"{label} {number}" for label, number in phones if number)
    paper.text(middle, paper.height - 14 * MM, words, _fit(words, _FOOT, right - _EDGE), "center")


def _fit(text: str, style: Style, room: float) -> Style:
    """The style, smaller where the text would not fit the room (points)."""
    width = style.measure(printable(text))
    return style if width <= room else style.at(style.size * room / width)


FORM = PaperForm("duty_board", "今日我当班", draw_duty_board)
