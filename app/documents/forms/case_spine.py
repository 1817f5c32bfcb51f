"""卷脊标签: the label that is cut out and pasted on the back of a case's file."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import BLACK, GREY, LINE, MM, Paper, Printed, Style

WIDTHS = (20, 30, 40)
"""Thicknesses of a back in millimetres; one of each is printed, to be chosen from."""
_HEIGHT = 230 * MM
_TOP = 30 * MM
_NOTE = Style(size=9, colour=GREY)


@dataclass(frozen=True, kw_only=True)
class CaseSpine:
    """number: 案号. kind: 民事案件, …. name: the recipient's."""

    issuer: str
    number: str
    kind: str
    matter: str
    name: str


def draw_case_spine(data: CaseSpine) -> Printed:
    """One A4 sheet with a label for each thickness, written downwards."""
    paper = Paper("卷脊标签")
    paper.new_page()
    x = 30 * MM
    for width in WIDTHS:
        paper.text(x + width * MM / 2, _TOP - 4 * MM, f"{width} 毫米", _NOTE, "center")
        paper.box(x, _TOP, width * MM, _HEIGHT, edge=LINE)
        _label(paper, x, width * MM, data)
        x += (width + 18) * MM
    paper.text(30 * MM, _TOP + _HEIGHT + 8 * MM, "沿线剪下，按卷的厚薄选一条粘贴在卷脊上。", _NOTE)
    return paper.finish()


def _label(paper: Paper, x: float, width: float, data: CaseSpine) -> None:
    """Three fields: who keeps it, what it is, whose it is; a line across between them."""
    fields = (
        (data.issuer, FontRole.headline, 70 * MM),
        (f"{data.number}\n{data.kind}　{data.matter}", FontRole.fang, 110 * MM),
        (data.name, FontRole.hei, 50 * MM),
    )
    y = _TOP
    for words, role, height in fields:
        _downwards(paper, x + width / 2, y, width, height, words, role)
        y += height
        if y < _TOP + _HEIGHT - 1:
            paper.line(x, y, x + width, y, colour=BLACK)


def _downwards(
    paper: Paper, centre: float, top: float, width: float, height: float, words: str, role: FontRole
) -> None:
    """Characters one below another in as many columns as they need, the first on the right."""
    size = min(18.0, width * 0.55)
    while True:
        step = size * 1.12
        a_column = int((height - 8 * MM) / step)
        parts = [
            line[start : start + a_column]
            for line in words.split("\n")
            for start in range(0, len(line), max(1, a_column))
        ]
        if len(parts) * size * 1.25 <= width * 0.9 or size <= 6:
            break
        size -= 0.5
    style = Style(role=role, size=size)
    for number, part in enumerate(parts):
        x = centre + ((len(parts) - 1) / 2 - number) * size * 1.25
        start = top + (height - len(part) * step) / 2
        for place, sign in enumerate(part):
            paper.text(x, start + place * step + size * 0.9, _UPRIGHT.get(sign, sign), style, "center")


_UPRIGHT = {"〔": "﹇", "〕": "﹈", "（": "︵", "）": "︶"}
"""Brackets have forms of their own in writing downwards."""

FORM = PaperForm("case_spine", "卷脊标签", draw_case_spine)
