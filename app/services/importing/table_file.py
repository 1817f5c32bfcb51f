"""Opens a file that is to be imported, whatever it is: the lines of an XLSX or CSV file, or advice for any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from app.errors import Refused
from app.services.importing.lines import FilledLine
from app.services.importing.template_notes import NOTES_HEADINGS, NOTES_SHEET
from app.services.importing.xlsx import XlsxBook, XlsxSheet, open_xlsx
from app.text import display_safe, told_name

MOST_ROWS = 200_000
LONGEST_CELL = 2**31 - 1
"""As long as a C long may be on every system; a column of its own says how long its text may be."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Office begin, and encrypted ones of the new."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE = "请用 WPS 或 Excel 打开，另存为“Excel 工作簿 (*.xlsx)”后再导入。"
KNOWN_ENDINGS = (".xlsx", ".csv", ".xls", ".ods", ".et")
"""What is read, and what gets advice of its own."""


def read_lines(path: Path) -> list[FilledLine]:
    """The lines that hold anything. Raises Refused E225 … E228, E260, E263 … E266 for what is no such file."""
    if not path.is_file():
        raise Refused("E225", f"找不到文件“{told_name(path)}”，请检查路径。")
    try:
        _refuse_other_kinds(path)
        is_book = is_zipfile(path) or path.suffix.lower() != ".csv"
        lines = _book_lines(path) if is_book else list(islice(_csv_lines(path), MOST_ROWS + 2))
    except PermissionError as error:
        raise Refused("E227", f"“{told_name(path)}”正被其他程序打开，请关闭后再导入。") from error
    if len(lines) > MOST_ROWS + 1:
        raise Refused("E228", f"“{told_name(path)}”超过 {MOST_ROWS} 行，请分成几个文件导入。")
    return lines


def _refuse_other_kinds(path: Path) -> None:
    """Raises Refused E263 … E266: what the file is, by its content or its ending, and what to do."""
    with path.open("rb") as file:
        is_compound = file.read(len(_COMPOUND)) == _COMPOUND
    if is_compound and _ENCRYPTED in path.read_bytes():
        raise Refused(
            "E263",
            f"“{told_name(path)}”设了打开密码，本程序读不了。请用 WPS 或 Excel 打开，取消密码，另存后再导入。",
        )
    name, ending = told_name(path), path.suffix.lower()
    if ending == ".et":
        raise Refused("E266", f"“{name}”是 WPS 自己的格式 .et，本程序不读。{_SAVE}")
    if is_compound or ending == ".xls":
        raise Refused("E264", f"“{name}”是旧格式 .xls，本程序不读。{_SAVE}")
    if ending == ".ods" or (is_zipfile(path) and _is_open_document(path)):
        raise Refused("E265", f"“{name}”是 OpenDocument 表格 .ods，本程序不读。{_SAVE}")


def _is_open_document(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            kind = archive.read("mimetype") if "mimetype" in archive.namelist() else b""
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False
    return kind.startswith(b"application/vnd.oasis.opendocument")


def _book_lines(path: Path) -> list[FilledLine]:
    try:
        book = open_xlsx(path)
        with closing(book.archive):
            lines = list(book.lines(book.sheets[0], MOST_ROWS + 1))
            filled = [sheet.name for sheet in book.sheets[1:] if _holds_rows(book, sheet)]
    except PermissionError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in ways of its own
        raise Refused(
            "E226", f"“{told_name(path)}”不是可读的 XLSX 表格，请用 WPS 或 Excel 另存为 .xlsx 后再导入。"
        ) from error
    if filled:
        names = "、".join(f"“{display_safe(name)}”" for name in filled)
        raise Refused(
            "E260",
            f"“{told_name(path)}”里另有工作表 {names} 也写了内容，本程序只导入第一张。"
            "请把要导入的行都放到第一张，其余的删去，或另存成单独的文件再导入。",
        )
    return lines


def _holds_rows(book: XlsxBook, sheet: XlsxSheet) -> bool:
    """Whether a further sheet says anything; the template's own notes do not count."""
    first = next(book.lines(sheet, 0), None)
    return first is not None and not (
        sheet.name == NOTES_SHEET and tuple(first.cells.values()) == NOTES_HEADINGS
    )


def _csv_lines(path: Path) -> Iterator[FilledLine]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(_csv_text(path), newline="")), 1):
            if any(cells):
                found = {place: text.strip() for place, text in enumerate(cells, 1) if text.strip()}
                if found:
                    yield FilledLine(number, found, {})
    except csv.Error as error:
        raise Refused(
            "E226", f"“{told_name(path)}”不是可读的 CSV 表格，请用 WPS 或 Excel 另存为 .xlsx 后再导入。"
        ) from error


def _csv_text(path: Path) -> str:
    """UTF-8 with or without a mark, else GBK as Chinese spreadsheets save it (P41)."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("E226", f"“{told_name(path)}”的文字编码无法识别，请另存为 .xlsx 后再导入。")
