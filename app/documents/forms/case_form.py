"""法律援助文书: every form of the Ministry's list, drawn from its text and the values of a case (domain.md §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.documents.field_table import MARGINS, NUMBER, TITLE, FieldTable, set_sheet_foot
from app.documents.flow import Flow
from app.documents.form import PaperForm
from app.documents.form_texts import LETTER, FormText, filled
from app.documents.paper import MM, Paper, Printed
from app.documents.text_pdf import Letter, letter_pdf


@dataclass(frozen=True, kw_only=True)
class CaseFormSheet:
    """A form to print. values: place → words, lists: name → rows; what is absent is left blank to be written by hand.

    number: its 文号, "" for a form without one. issuer: the agency whose name stands above the title of a numbered letter.
    """

    text: FormText
    values: Mapping[str, str]
    lists: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None


def draw_case_form(data: CaseFormSheet) -> Printed:
    """Portrait or landscape A4; a text of any length goes on to a next sheet."""
    return letter_pdf(_letter(data)) if data.text.kind == LETTER else _table(data)


def _letter(data: CaseFormSheet) -> Letter:
    text = data.text
    filled_in = [filled(one, data.values) for one in text.paragraphs]
    return Letter(
        title=text.title,
        letterhead=data.issuer if text.mark else "",
        paragraphs=tuple(filled_in),
        addressee=filled(text.addressee, data.values),
        number=data.number,
        signer=filled(text.signer, data.values) if text.signer else "",
        issued_on=data.issued_on,
        attachments=tuple(filled(one, data.values) for one in text.attachments),
        signatures=tuple(filled(one, data.values) for one in text.signatures),
        note=copies_note(text.copies),
    )


def _table(data: CaseFormSheet) -> Printed:
    text = data.text
    paper = Paper(text.title, is_landscape=text.is_landscape)
    flow = Flow(paper, MARGINS)
    flow.paragraph(text.title, TITLE, align="center")
    flow.space(2 * MM)
    if text.mark:
        flow.paragraph(data.number, NUMBER, align="right")
    flow.space(1 * MM)
    table = FieldTable(flow, data.values, data.lists)
    for row in text.rows:
        table.row(row)
    if note := copies_note(text.copies):
        flow.space(2 * MM)
        flow.paragraph(note, NUMBER)
    set_sheet_foot(paper, text.title, flow.right)
    return paper.finish()


def copies_note(copies: Sequence[str]) -> str:
    """Who gets a copy, as the foot of the form says it."""
    numbers = "零一二三四五六七八九"
    return f"（本文书一式{numbers[len(copies)]}份：{'、'.join(copies)}各一份）" if copies else ""


FORM = PaperForm("case_form", "法律援助文书", draw_case_form)
