"""Writes a sheet to the file that was asked for, XLSX or PDF by its ending."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.documents.paper import Printed, missing_note
from app.documents.sheet import Sheet
from app.documents.sheet_pdf import sheet_pdf
from app.documents.sheet_xlsx import write_sheet_xlsx
from app.errors import Refused
from app.safe_write import check_not_open, check_room, write_safely
from app.text import told_name

LEAST_ROOM = 1024 * 1024
"""Bytes that must be free before a sheet is begun."""


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written and verified; missing: characters that no font had (PDF only, P49)."""

    path: Path
    missing: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """A sentence for the clerk when characters are missing, else empty."""
        return missing_note(self.missing)


def write_sheet(sheet: Sheet, path: Path) -> WrittenFile:
    """Writes `.xlsx` or `.pdf`; the sheet and everything behind it stay as they are (P26).

    Raises Refused E508 for another ending, and what `write_safely` raises.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return WrittenFile(write_sheet_xlsx(sheet, path))
    if ending == ".pdf":
        return write_printed(sheet_pdf(sheet), path)
    raise _other_ending(path)


def check_target(path: Path) -> None:
    """Refuses with E501 … E503, E508 what `write_sheet` would refuse, before anything else is done."""
    if path.suffix.lower() not in (".xlsx", ".pdf"):
        raise _other_ending(path)
    check_not_open(path)
    check_room(path.parent, LEAST_ROOM)


def check_pdf_target(path: Path) -> None:
    """Refuses with E501 … E503, E508 a file that cannot become a PDF, before anything else is done."""
    if path.suffix.lower() != ".pdf":
        raise Refused("E508", f"不能导出“{told_name(path)}”：文件名须以 .pdf 结尾", field="path")
    check_not_open(path)
    check_room(path.parent, LEAST_ROOM)


def write_printed(printed: Printed, path: Path) -> WrittenFile:
    """Writes a finished PDF and opens it again before it takes its name. Raises as `write_safely`."""
    write_safely(path, printed.pdf, lambda part: _reopen(part, printed.pages))
    return WrittenFile(path, printed.missing)


def _other_ending(path: Path) -> Refused:
    return Refused("E508", f"不能导出“{told_name(path)}”：文件名须以 .xlsx 或 .pdf 结尾", field="path")


def _reopen(part: Path, pages: int) -> None:
    from app.documents.preview import page_count

    found = page_count(part.read_bytes())
    if found != pages:
        raise ValueError(f"{found} pages found, {pages} written")
