"""工作牌: cards with name and code that the kiosk's reader takes, ten to an A4 page, to be cut out."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, WHITE, Paper, Printed, Style
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

_WIDTH, _HEIGHT = 85.6 * MM, 54 * MM
_ACROSS, _DOWN = 2, 5
_BAND, _QR, _EDGE = 10.5 * MM, 24 * MM, 5 * MM
_HEADING = Style(role=FontRole.hei, size=12, colour=WHITE)
_NAME = Style(role=FontRole.hei, size=22, colour=INK)
_TEXT = Style(size=10, colour=INK, line_factor=1.3)
_CODE = Style(role=FontRole.hei, size=9, colour=INK)
_OFFICE = Style(size=8, colour=GREY)


@dataclass(frozen=True)
class Badge:
    """One person's card; code: what the reader types, printed and as QR."""

    name: str
    kind: str
    organisation: str
    code: str
    licence: str = ""


@dataclass(frozen=True)
class BadgeSheet:
    """The cards of an office."""

    office: str
    badges: tuple[Badge, ...]


def draw_badges(data: BadgeSheet) -> Printed:
    """Cards of 85.6 × 54 mm side by side, ten a page."""
    paper = Paper("值班工作牌")
    left = (paper.width - _ACROSS * _WIDTH) / 2
    top = (paper.height - _DOWN * _HEIGHT) / 2
    if not data.badges:
        paper.new_page()
    for number, badge in enumerate(data.badges):
        place = number % (_ACROSS * _DOWN)
        if not place:
            paper.new_page()
        row, column = divmod(place, _ACROSS)
        _draw_card(paper, left + column * _WIDTH, top + row * _HEIGHT, badge, data.office)
    return paper.finish()


def _draw_card(paper: Paper, x: float, y: float, badge: Badge, office: str) -> None:
    paper.box(x, y, _WIDTH, _BAND, fill=ACCENT)
    paper.box(x, y, _WIDTH, _HEIGHT, edge=LINE, line=0.4)
    paper.text(x + _WIDTH / 2, y + 7 * MM, "公共法律服务　值班工作牌", _HEADING, "center")
    qr_left = x + _WIDTH - _EDGE - _QR
    paper.qr(qr_left, y + _BAND + 4.5 * MM, _QR, badge.code)
    paper.text(
        qr_left + _QR / 2, y + _BAND + _QR + 9 * MM, badge.code, _fit(badge.code, _CODE, _QR), "center"
    )
    room = qr_left - x - _EDGE - 3 * MM
    name = _fit(badge.name, _NAME, room)
    below = y + _BAND + 5 * MM + 16
    paper.text(x + _EDGE, below, badge.name, name)
    _draw_lines(paper, x + _EDGE, below + 7.5 * MM, room, badge)
    paper.text(x + _EDGE, y + _HEIGHT - 3.5 * MM, office, _fit(office, _OFFICE, _WIDTH - 2 * _EDGE))


def _draw_lines(paper: Paper, x: float, y: float, room: float, badge: Badge) -> None:
    licence = f"证号 {badge.licence}" if badge.licence else ""
    for text in (badge.kind, badge.organisation, licence):
        if not text:
            continue
        style = _TEXT
        while len(lines := wrapped_lines(printable(text), room, style.measure)) > 2 and style.size > 6:
            style = style.at(style.size - 0.5)
        for line in lines:
            paper.text(x, y, line, style)
            y += style.leading


def _fit(text: str, style: Style, room: float) -> Style:
    """The style, smaller where the text would not fit the room (points)."""
    width = style.measure(printable(text))
    return style if width <= room else style.at(style.size * room / width)


FORM = PaperForm("badge", "值班工作牌", draw_badges)
