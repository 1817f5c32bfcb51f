"""A copy of a refused workbook with each faulty cell marked and explained, beside the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.safe_write import second_name
from app.services.importing.kind import RowFault

RESULT_HEADING = "导入结果"
FAULT_FILL = "FFFCEBEA"
FAULT_INK = "FFB3261E"


def write_marked_copy(path: Path, faults: Sequence[RowFault]) -> str:
    """Write `<name>-已标注.xlsx`; returns its path.

    While the last copy is still open elsewhere, the next free name is taken. "" where the original is no
    workbook, or where its folder cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        return ""
    from openpyxl import load_workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    try:
        book = load_workbook(path)
        sheet = book.worksheets[0]
    except Exception:  # noqa: BLE001 - what could be read as rows need not be whole as a workbook
        return ""
    columns = {str(cell.value).strip(): cell.column for cell in sheet[1] if cell.value is not None}
    result = columns.setdefault(RESULT_HEADING, sheet.max_column + 1)
    sheet.cell(1, result, RESULT_HEADING).font = Font(bold=True)
    for fault in faults:
        place = columns.get(fault.column) or _lettered(fault.column) or result
        sheet.cell(fault.row, place).fill = PatternFill("solid", fgColor=FAULT_FILL)
        cell = sheet.cell(fault.row, result)
        told = [str(cell.value)] if cell.value else []
        cell.value = "；".join([*told, f"{fault.code} {fault.text}"])
        cell.font = Font(color=FAULT_INK)
    sheet.column_dimensions[get_column_letter(result)].width = 60
    marked = path.with_name(f"{path.stem}-已标注.xlsx")
    for target in (marked, second_name(marked)):
        with suppress(OSError):
            book.save(target)
            return str(target)
    return ""


def _lettered(column: str) -> int:
    """The place of a column without a heading, which a fault calls by its letters; 0 for any other."""
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(column) if re.fullmatch("[A-Z]{1,3}", column) else 0
