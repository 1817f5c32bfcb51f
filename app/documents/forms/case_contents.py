"""卷内目录 and 备考表: what lies in a case's file, on which pages, and who vouches for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.field_table import MARGINS, NUMBER, TITLE, FieldTable, set_sheet_foot
from app.documents.flow import Flow
from app.documents.form import PaperForm
from app.documents.form_texts import FormRow
from app.documents.paper import MM, Paper, Printed
from app.documents.text_pdf import chinese_date

_LEAST_ROWS = 18


@dataclass(frozen=True, kw_only=True)
class CaseContents:
    """number: 案号. papers: (name, date, pages as 3 or 3–5, remark) in order of the file."""

    number: str
    papers: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class FileNotes:
    """备考表. missing: what is not in the file, by name. reason: why it was archived so. examiner: who checked it."""

    number: str
    pages: int
    papers: int
    missing: tuple[str, ...] = ()
    reason: str = ""
    examiner: str = ""
    archived_on: date | None = None


def draw_case_contents(data: CaseContents) -> Printed:
    """A row a paper; a long file goes on over further sheets with the head again."""
    flow, table = _sheet("卷内目录", data.number)
    rows = [(str(place), *paper) for place, paper in enumerate(data.papers, 1)]
    table.lists = {"卷内材料": rows}
    columns = ("序号", "材料名称", "日期", "页次", "备注")
    table.row(FormRow(columns=columns, source="卷内材料", least=_LEAST_ROWS))
    set_sheet_foot(flow.paper, "卷内目录", flow.right)
    return flow.paper.finish()


def draw_file_notes(data: FileNotes) -> Printed:
    """The last sheet of the file."""
    flow, table = _sheet("备考表", data.number)
    said = f"本卷共 {data.papers} 份材料，{data.pages} 页。"
    lacking = f"卷内缺：{'、'.join(data.missing)}。" if data.missing else "目录所列必备材料齐全。"
    why = f"容缺归档的理由：{data.reason}" if data.missing and data.reason else ""
    table.row(FormRow(label="本卷情况说明", value="\n".join(filter(None, (said, lacking, why))), lines=22))
    table.row(FormRow(cells=("立卷人", "", "立卷日期", "")))
    table.row(FormRow(cells=("检查人", data.examiner, "检查日期", _day(data.archived_on))))
    return flow.paper.finish()


def _sheet(title: str, number: str) -> tuple[Flow, FieldTable]:
    flow = Flow(Paper(title), MARGINS)
    flow.paragraph(title, TITLE, align="center")
    flow.space(2 * MM)
    flow.paragraph(f"案号：{number}", NUMBER)
    flow.space(1 * MM)
    return flow, FieldTable(flow, {}, {})


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


FORM = PaperForm("case_contents", "卷内目录", draw_case_contents)
