"""An empty workbook of a kind: headings as text columns, and a sheet that explains each column."""

from __future__ import annotations

import io
from pathlib import Path

from app.safe_write import write_safely
from app.services.importing.import_workbook import import_kind
from app.services.importing.template_notes import NOTES_HEADINGS, NOTES_SHEET


def write_template(key: str, path: Path) -> None:
    """Write the template of a kind. Raises Refused E229 for an unknown kind."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    kind = import_kind(key)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(kind.title)
    notes = book.create_sheet(NOTES_SHEET)
    notes.append(NOTES_HEADINGS)
    for number, column in enumerate(kind.columns, 1):
        cell = sheet.cell(1, number, column.heading)
        cell.font = Font(bold=True)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.heading) + 4)
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, 202):
            sheet.cell(row, number).number_format = "@"
        notes.append([column.heading, "必填" if column.is_needed else "选填", column.note, column.example])
    sheet.freeze_panes = "A2"
    notes.column_dimensions["A"].width, notes.column_dimensions["C"].width = 16, 70
    content = io.BytesIO()
    book.save(content)
    write_safely(path, content.getvalue())
