"""Draws a paper that citizens take home: labels and sentences in large print, with the numbers to call (Q07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.flow import Flow, Margins
from app.documents.fonts import FontRole
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, SHADE, Paper, Printed, Style

_TITLE = Style(role=FontRole.headline, size=28, is_bold=True, colour=INK)
_LABEL = Style(role=FontRole.hei, size=18, colour=ACCENT, line_factor=1.6)
_TEXT = Style(size=18, colour=INK, line_factor=1.6)
_PHONE = Style(role=FontRole.hei, size=24, colour=INK)
_FOOT = Style(size=10, colour=GREY)
_INSET = 28 * MM


@dataclass(frozen=True, kw_only=True)
class LargePrint:
    """fields: (label, text) in order, those without text left out; label "" goes on under the one before.

    phones: (words, number), those without a number left out. number: of the record, at the foot of each page.
    """

    title: str
    number: str
    fields: tuple[tuple[str, str], ...]
    phones: tuple[tuple[str, str], ...] = ()
    printed_at: datetime | None = None


def draw_large_print(data: LargePrint) -> Printed:
    """Portrait A4 in 18 pt; what is long goes on over further pages, no character lost (P46)."""
    paper = Paper(data.title)
    flow = Flow(paper, Margins(top=20 * MM, left=20 * MM, right=20 * MM, bottom=20 * MM))
    flow.paragraph(data.title, _TITLE, align="center")
    flow.space(2 * MM)
    paper.line(flow.left, flow.y, flow.right, flow.y, width=1.2, colour=ACCENT)
    flow.space(5 * MM)
    for label, text in data.fields:
        if text:
            _field(flow, label, text)
    _draw_phones(flow, data)
    _draw_foot(paper, data)
    return paper.finish()


def _field(flow: Flow, label: str, text: str) -> None:
    flow.keep(_TEXT.leading)
    if label:
        base = flow.y + (_LABEL.leading + _LABEL.size) / 2 - _LABEL.size * 0.14
        flow.paper.text(flow.left, base, label, _LABEL)
    flow.paragraph(text, _TEXT, inset=_INSET)
    flow.space(2.5 * MM)


def _draw_phones(flow: Flow, data: LargePrint) -> None:
    shown = [(label, number) for label, number in data.phones if number]
    height = len(shown) * 14 * MM + 4 * MM
    flow.space(4 * MM)
    flow.keep(height)
    if not shown:
        return
    flow.paper.box(flow.left, flow.y, flow.width, height, fill=SHADE, edge=LINE, radius=4)
    for place, (label, number) in enumerate(shown):
        y = flow.y + 11.5 * MM + place * 14 * MM
        flow.paper.text(flow.left + 6 * MM, y, label, _LABEL)
        flow.paper.text(flow.left + 52 * MM, y, number, _PHONE)
    flow.space(height)


def _draw_foot(paper: Paper, data: LargePrint) -> None:
    y = paper.height - 11 * MM
    printed = f"打印时间 {data.printed_at:%Y-%m-%d %H:%M}" if data.printed_at else ""
    for page in range(paper.pages):
        paper.text(20 * MM, y, f"编号 {data.number}", _FOOT, page=page)
        paper.text(paper.width / 2, y, f"第 {page + 1} 页 共 {paper.pages} 页", _FOOT, "center", page=page)
        paper.text(paper.width - 20 * MM, y, printed, _FOOT, "right", page=page)
