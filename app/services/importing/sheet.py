"""Reads a workbook or CSV file as rows of text, refusing what a spreadsheet has already spoilt."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.services.importing.kind import ImportKind
from app.text import told_name

LONGEST_EXACT_DIGITS = 15
MOST_ROWS = 200_000


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, its cells by heading, and the headings whose value is spoilt."""

    number: int
    cells: dict[str, str]
    spoilt: tuple[str, ...]


def read_rows(path: Path, kind: ImportKind) -> list[SheetRow]:
    """The rows below the headings. Raises Refused E220 … E226 for what is not such a sheet."""
    table = _table(path)
    if not table:
        raise Refused("E220", f"文件“{told_name(path)}”是空的，请从模板开始填写。")
    headings = [_words(cell).strip() for cell in table[0]]
    _check_headings(path, kind, headings)
    rows = []
    for number, cells in enumerate(table[1:], 2):
        if any(_words(cell).strip() for cell in cells):
            rows.append(_row(number, headings, cells))
    return rows


def _row(number: int, headings: Sequence[str], cells: Sequence[Any]) -> SheetRow:
    values, spoilt = {}, []
    for heading, cell in zip(headings, cells, strict=False):
        if not heading:
            continue
        values[heading] = _words(cell).strip()
        if isinstance(cell, int | float) and abs(cell) >= 10**LONGEST_EXACT_DIGITS:
            spoilt.append(heading)
    return SheetRow(number, values, tuple(spoilt))


def _check_headings(path: Path, kind: ImportKind, headings: Sequence[str]) -> None:
    known = {column.heading for column in kind.columns}
    named = {heading for heading in headings if heading}
    if len(known & named) * 2 < len(named) or not named:
        raise Refused(
            "E221", f"“{told_name(path)}”第一行没有“{kind.title}”的表头，可能选错了表。可先导出模板对照。"
        )
    unknown = [heading for heading in headings if heading and heading not in known]
    if unknown:
        raise Refused(
            "E222", f"“{told_name(path)}”有不认识的列：{'、'.join(unknown)}。请删除或改成模板里的列名。"
        )
    doubled = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if doubled:
        raise Refused("E223", f"“{told_name(path)}”的列重复：{'、'.join(doubled)}。每列只保留一个。")
    missing = [c.heading for c in kind.columns if not c.is_heading_optional and c.heading not in headings]
    if missing:
        raise Refused("E224", f"“{told_name(path)}”缺少列：{'、'.join(missing)}。请按模板补上。")


def _table(path: Path) -> list[Sequence[Any]]:
    if not path.is_file():
        raise Refused("E225", f"找不到文件“{told_name(path)}”，请检查路径。")
    try:
        if path.suffix.lower() == ".csv":
            return list(csv.reader(io.StringIO(_csv_text(path))))
        return _xlsx_table(path)
    except PermissionError as error:
        raise Refused("E227", f"“{told_name(path)}”正被其他程序打开，请关闭后再导入。") from error


def _xlsx_table(path: Path) -> list[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        with closing(book):
            rows: list[Sequence[Any]] = list(book.worksheets[0].iter_rows(values_only=True))
    except PermissionError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in ways of its own
        raise Refused(
            "E226", f"“{told_name(path)}”不是可读的 XLSX 表格，请用 WPS 或 Excel 另存为 .xlsx 后再导入。"
        ) from error
    if len(rows) > MOST_ROWS:
        raise Refused("E228", f"“{told_name(path)}”超过 {MOST_ROWS} 行，请分成几个文件导入。")
    return rows


def _csv_text(path: Path) -> str:
    """UTF-8 with or without a mark, else GBK as Chinese spreadsheets save it (P41)."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("E226", f"“{told_name(path)}”的文字编码无法识别，请另存为 .xlsx 后再导入。")


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
