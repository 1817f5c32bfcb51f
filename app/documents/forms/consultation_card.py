"""法律咨询答复卡: what a citizen takes home in large print, with the number to call (Y10, Q07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.flow import Flow, Margins
from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, SHADE, Paper, Printed, Style

_TITLE = Style(role=FontRole.headline, size=28, is_bold=True, colour=INK)
_LABEL = Style(role=FontRole.hei, size=18, colour=ACCENT, line_factor=1.6)
_TEXT = Style(size=18, colour=INK, line_factor=1.6)
_PHONE = Style(role=FontRole.hei, size=24, colour=INK)
_FOOT = Style(size=10, colour=GREY)
_INSET = 28 * MM


@dataclass(frozen=True, kw_only=True)
class AnswerCardSheet:
    """One consultation as its citizen may see it; at: naive local time; next_steps: what to do, in order."""

    number: str
    at: datetime
    site: str
    adviser: str
    topics: tuple[str, ...]
    answer: str
    client: str = ""
    handling: str = ""
    next_steps: tuple[str, ...] = ()
    telephone: str = ""
    supervision_telephone: str = ""
    printed_at: datetime | None = None


def draw_consultation_card(data: AnswerCardSheet) -> Printed:
    """Portrait A4 in 18 pt; a long answer goes on over further pages, no character lost (P46)."""
    paper = Paper("法律咨询答复卡")
    flow = Flow(paper, Margins(top=20 * MM, left=20 * MM, right=20 * MM, bottom=20 * MM))
    flow.paragraph("法律咨询答复卡", _TITLE, align="center")
    flow.space(2 * MM)
    paper.line(flow.left, flow.y, flow.right, flow.y, width=1.2, colour=ACCENT)
    flow.space(5 * MM)
    for label, text in _fields(data):
        _field(flow, label, text)
    for number, step in enumerate(data.next_steps, 1):
        _field(flow, "下一步" if number == 1 else "", f"{number}. {step}")
    _draw_phones(flow, data)
    _draw_foot(paper, data)
    return paper.finish()


def _fields(data: AnswerCardSheet) -> list[tuple[str, str]]:
    at = data.at
    pairs = [
        ("咨询人", data.client),
        ("时间", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"),
        ("地点", data.site),
        ("解答人", data.adviser),
        ("事项", "、".join(data.topics)),
        ("答复", data.answer),
        ("处理", data.handling),
    ]
    return [(label, text) for label, text in pairs if text]


def _field(flow: Flow, label: str, text: str) -> None:
    flow.keep(_TEXT.leading)
    if label:
        base = flow.y + (_LABEL.leading + _LABEL.size) / 2 - _LABEL.size * 0.14
        flow.paper.text(flow.left, base, label, _LABEL)
    flow.paragraph(text, _TEXT, inset=_INSET)
    flow.space(2.5 * MM)


def _draw_phones(flow: Flow, data: AnswerCardSheet) -> None:
    phones = [("还要问，请打", data.telephone), ("对服务不满意", data.supervision_telephone)]
    shown = [(label, number) for label, number in phones if number]
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


def _draw_foot(paper: Paper, data: AnswerCardSheet) -> None:
    y = paper.height - 11 * MM
    printed = f"打印时间 {data.printed_at:%Y-%m-%d %H:%M}" if data.printed_at else ""
    for page in range(paper.pages):
        paper.text(20 * MM, y, f"编号 {data.number}", _FOOT, page=page)
        paper.text(paper.width / 2, y, f"第 {page + 1} 页 共 {paper.pages} 页", _FOOT, "center", page=page)
        paper.text(paper.width - 20 * MM, y, printed, _FOOT, "right", page=page)


FORM = PaperForm("consultation_card", "法律咨询答复卡", draw_consultation_card)
