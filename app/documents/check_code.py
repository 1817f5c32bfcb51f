"""Gives a printed paper the eight digits by which two people make sure they hold the same version."""

from __future__ import annotations

import hashlib

from app.documents.cells import row_texts
from app.documents.sheet import Sheet

_DIGITS = 8


def check_code(content: object) -> str:
    """Eight digits of a content: SHA-256 of its canonical JSON as an integer, modulo 10^8, zeros in front.

    content: strings, whole numbers, booleans, None, lists and dicts of them.
    """
    from app.canonical import encode

    number = int.from_bytes(hashlib.sha256(encode(content)).digest())
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def sheet_check_code(sheet: Sheet) -> str:
    """The check code of what a sheet says: title, subtitle, headings and rows, not its layout or print time."""
    headings = [column.title for column in sheet.columns]
    rows = [list(row_texts(sheet.columns, row)) for row in sheet.rows]
    return check_code(
        {"title": sheet.title, "subtitle": list(sheet.subtitle), "columns": headings, "rows": rows}
    )
