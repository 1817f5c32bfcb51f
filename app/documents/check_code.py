"""Gives a printed paper the eight digits by which two people make sure they hold the same version."""

from __future__ import annotations

from app.canonical import check_code
from app.documents.cells import row_texts
from app.documents.sheet import Sheet


def sheet_check_code(sheet: Sheet) -> str:
    """The check code of what a sheet says: title, subtitle, headings and rows, not its layout or print time."""
    headings = [column.title for column in sheet.columns]
    rows = [list(row_texts(sheet.columns, row)) for row in sheet.rows]
    return check_code(
        {"title": sheet.title, "subtitle": list(sheet.subtitle), "columns": headings, "rows": rows}
    )
