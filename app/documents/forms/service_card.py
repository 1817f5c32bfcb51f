"""惠民工程服务卡: what a household keeps by the telephone — whom to call, where and when to come (Q12)."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import ACCENT, GREY, INK, LINE, MM, WHITE, Paper, Printed, Style
from app.documents.typeface import printable
from app.documents.wrap import wrapped_lines

_WIDTH, _HEIGHT = 90 * MM, 54 * MM
_ACROSS, _DOWN = 2, 5
_BAND, _QR, _EDGE = 10.5 * MM, 21 * MM, 4 * MM
_HEADING = Style(role=FontRole.hei, size=13, colour=WHITE)
_PHONE = Style(role=FontRole.hei, size=19, colour=INK)
_TEXT = Style(size=9, colour=INK, line_factor=1.35)
_SMALL = Style(size=7.5, colour=GREY)


@dataclass(frozen=True, kw_only=True)
class ServiceCard:
    """telephone: as printed, and as QR to be dialled. days: when somebody sits there next, in words."""

    site: str
    telephone: str
    address: str = ""
    days: tuple[str, ...] = ()
    supervision_telephone: str = ""


def draw_service_card(data: ServiceCard) -> Printed:
    """Ten cards of 90 × 54 mm on an A4 page, to be cut."""
    paper = Paper("惠民工程服务卡")
    paper.new_page()
    left, top = (paper.width - _ACROSS * _WIDTH) / 2, (paper.height - _DOWN * _HEIGHT) / 2
    for number in range(_ACROSS * _DOWN):
        row, column = divmod(number, _ACROSS)
        _draw_card(paper, left + column * _WIDTH, top + row * _HEIGHT, data)
    return paper.finish()


def _draw_card(paper: Paper, x: float, y: float, data: ServiceCard) -> None:
    paper.box(x, y, _WIDTH, _BAND, fill=ACCENT)
    paper.box(x, y, _WIDTH, _HEIGHT, edge=LINE, line=0.4)
    paper.text(x + _WIDTH / 2, y + 7 * MM, "惠民工程服务卡　免费法律咨询", _HEADING, "center")
    qr_left = x + _WIDTH - _EDGE - _QR
    paper.qr(qr_left, y + _BAND + 4 * MM, _QR, f"tel:{''.join(data.telephone.split())}")
    paper.text(qr_left + _QR / 2, y + _BAND + _QR + 7.5 * MM, "扫码拨打", _SMALL, "center")
    paper.text(x + _EDGE, y + _BAND + 8.5 * MM, data.telephone, _fit(data.telephone, _QR + 2 * _EDGE))
    below = y + _BAND + 14.5 * MM
    days = f"近期值班：{'、'.join(data.days)}" if data.days else "值班时间见站里公示"
    for text in (data.site, data.address, days, "解答法律问题、代写文书、指引申请法律援助，不收费"):
        for line in wrapped_lines(printable(text), qr_left - x - 2 * _EDGE, _TEXT.measure) if text else ():
            if below < y + _HEIGHT - 6 * MM:
                paper.text(x + _EDGE, below, line, _TEXT)
                below += _TEXT.leading
    if data.supervision_telephone:
        words = f"对服务不满意，请打 {data.supervision_telephone}"
        paper.text(x + _EDGE, y + _HEIGHT - 2.5 * MM, words, _SMALL)


def _fit(text: str, taken: float) -> Style:
    """The telephone's style, smaller where it would run into the code beside it."""
    room = _WIDTH - taken - 2 * _EDGE
    width = _PHONE.measure(printable(text))
    return _PHONE if width <= room else _PHONE.at(max(9.0, _PHONE.size * room / width))


FORM = PaperForm("service_card", "惠民工程服务卡", draw_service_card)
