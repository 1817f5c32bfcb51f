"""卷宗封面: the first sheet of a case's file, which tells a shelf of files apart (domain.md §3)."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import BLACK, MM, Paper, Printed, Style
from app.documents.wrap import wrapped_lines

_TITLE = Style(role=FontRole.headline, size=36, is_bold=True)
_ISSUER = Style(role=FontRole.headline, size=24, is_bold=True)
_LABEL = Style(role=FontRole.hei, size=15)
_VALUE = Style(role=FontRole.fang, size=16, line_factor=1.35)
_LEFT, _RIGHT, _LABEL_WIDTH = 34 * MM, 26 * MM, 34 * MM
_STEP = 15 * MM
_MOST_LINES = 3


@dataclass(frozen=True, kw_only=True)
class CaseCover:
    """issuer: the agency. title: 民事案件, …. fields: (label, words) in order, "" leaves a line to be written on.

    is_sealed: a minor's file, marked so.
    """

    issuer: str
    title: str
    fields: tuple[tuple[str, str], ...]
    is_sealed: bool = False


def draw_case_cover(data: CaseCover) -> Printed:
    """One portrait A4 sheet."""
    paper = Paper("卷宗封面")
    paper.new_page()
    paper.text(paper.width / 2, 44 * MM, data.issuer, _ISSUER, "center")
    paper.text(paper.width / 2, 66 * MM, "法律援助卷宗", _TITLE, "center")
    paper.text(paper.width / 2, 80 * MM, f"（{data.title}）", _LABEL, "center")
    if data.is_sealed:
        paper.box(paper.width - _RIGHT - 28 * MM, 16 * MM, 28 * MM, 11 * MM, edge=BLACK, line=1.2)
        paper.text(paper.width - _RIGHT - 14 * MM, 23.5 * MM, "封　存", _LABEL, "center")
    y = 104 * MM
    for label, words in data.fields:
        y = _field(paper, y, label, words)
    return paper.finish()


def _field(paper: Paper, y: float, label: str, words: str) -> float:
    """A label and a ruled line with the words; longer words take more lines."""
    left, right = _LEFT + _LABEL_WIDTH, paper.width - _RIGHT
    paper.text(_LEFT, y, label, _LABEL)
    lines = wrapped_lines(words, right - left - 4 * MM, _VALUE.measure)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][:-1] + "…"]
    for number, line in enumerate(lines):
        base = y + number * 9 * MM
        paper.text(left + 2 * MM, base, line, _VALUE)
        paper.line(left, base + 2 * MM, right, base + 2 * MM, colour=BLACK)
    return y + (len(lines) - 1) * 9 * MM + _STEP


FORM = PaperForm("case_cover", "卷宗封面", draw_case_cover)
