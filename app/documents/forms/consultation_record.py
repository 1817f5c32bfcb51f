"""法律咨询登记表: one record whole, for the file, with the citizen's name as it was written (Q02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.documents.field_table import MARGINS, NUMBER, TITLE, FieldTable, set_sheet_foot
from app.documents.flow import Flow
from app.documents.form import PaperForm
from app.documents.form_texts import FormRow
from app.documents.paper import INK, MM, Paper, Printed

TITLE_WORDS = "法律咨询登记表"
PAD_WIDTH, PAD_HEIGHT = 75 * MM, 30 * MM
"""A signature's place on paper; a pad is as high as 0.4 of its width."""
ROWS = (
    FormRow(cells=("咨询人", "{咨询人}", "性别", "{性别}", "人群", "{人群}")),
    FormRow(cells=("证件类型", "{证件类型}", "证件号码", "{证件号码}")),
    FormRow(cells=("联系电话", "{电话}", "住址", "{住址}")),
    FormRow(cells=("咨询方式", "{方式}", "事项类别", "{事项}")),
    FormRow(label="咨询内容", value="{内容}", lines=8),
    FormRow(label="答复意见", value="{答复}", lines=8),
    FormRow(cells=("处理方式", "{处理}", "法律援助", "{告知}")),
    FormRow(cells=("咨询时间", "{时间}", "解答人", "{解答人}")),
    FormRow(cells=("站点", "{站点}")),
)


@dataclass(frozen=True, kw_only=True)
class ConsultationRecordSheet:
    """A record. values: place → words. strokes: x, y … in thousandths of the pad's width; () leaves room to sign."""

    number: str
    values: Mapping[str, str]
    strokes: tuple[tuple[int, ...], ...] = ()
    signed_at: datetime | None = None


def draw_consultation_record(data: ConsultationRecordSheet) -> Printed:
    """Portrait A4; what is long goes on to a next sheet."""
    paper = Paper(TITLE_WORDS)
    flow = Flow(paper, MARGINS)
    flow.paragraph(TITLE_WORDS, TITLE, align="center")
    flow.paragraph(f"编号 {data.number}", NUMBER, align="right")
    flow.space(1 * MM)
    table = FieldTable(flow, data.values, {})
    for row in ROWS:
        table.row(row)
    flow.keep(PAD_HEIGHT + 14 * MM)
    flow.space(4 * MM)
    paper.text(flow.left, flow.y + 8 * MM, "咨询人（签名）：", NUMBER)
    _draw_strokes(paper, flow.left + 36 * MM, flow.y, data.strokes)
    signed = data.signed_at
    words = (
        f"{signed.year}年{signed.month}月{signed.day}日 {signed:%H:%M}" if signed else "　　年　　月　　日"
    )
    paper.text(flow.right, flow.y + PAD_HEIGHT, words, NUMBER, "right")
    set_sheet_foot(paper, TITLE_WORDS, flow.right)
    return paper.finish()


def _draw_strokes(paper: Paper, x: float, y: float, strokes: tuple[tuple[int, ...], ...]) -> None:
    """As vector lines, so that it is as sharp as the hand was at any size."""
    unit = PAD_WIDTH / 1000
    for stroke in strokes:
        points = [(x + a * unit, y + b * unit) for a, b in zip(stroke[::2], stroke[1::2], strict=True)]
        for (left, top), (right, below) in pairwise([*points, points[-1]]):
            paper.line(left, top, right, below, width=1.3, colour=INK)


FORM = PaperForm("consultation_record", TITLE_WORDS, draw_consultation_record)
