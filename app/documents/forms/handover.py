"""工作交接单: what is open in an office when the person who kept it leaves, for the three who sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Footer, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf

COLUMNS = (
    SheetColumn("number", "序号", "number", 2, align="center"),
    SheetColumn("what", "事项", width=9),
    SheetColumn("state", "情况", width=22),
    SheetColumn("done", "交接", width=4, align="center"),
)


@dataclass(frozen=True, kw_only=True)
class HandoverPaper:
    """leaving, taking: shown names. items: (what, how it stands). made_at: naive local time."""

    office: str
    leaving: str
    taking: str
    items: tuple[tuple[str, str], ...]
    made_at: datetime


def handover_sheet(data: HandoverPaper) -> Sheet:
    """A row a thing, the last column empty for a tick."""
    return Sheet(
        title="工作交接单",
        columns=COLUMNS,
        rows=tuple((number, what, state, "") for number, (what, state) in enumerate(data.items, 1)),
        subtitle=(f"单位：{data.office}", f"移交人：{data.leaving}　接收人：{data.taking}"),
        notes=("三方逐项核对，在“交接”栏打钩后签字，一式三份。",),
        signatures=("移交人", "接收人", "监交人"),
        orientation="portrait",
        footer=Footer("", printed_at=data.made_at),
        empty_text="没有要交接的",
    )


def draw_handover(data: HandoverPaper) -> Printed:
    """One portrait A4 page, more where more is open."""
    return sheet_pdf(handover_sheet(data))


FORM = PaperForm("handover", "工作交接单", draw_handover, handover_sheet)
