"""Writes a workbook in a process of its own, so that its memory is nobody else's, and says what it took."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any


def export(folder: str, key: str, period: str, out: str) -> tuple[float, int]:
    """The program's own export of the register."""
    from app.clock import SetClock, local_to_utc
    from app.paths import DataDir
    from app.services.office.office import Office
    from app.services.reports.export_report import ExportReport
    from app.services.reports.show_report import ShowReport  # noqa: F401 - loaded beforehand, as in an open office
    from tests.office_copies import START

    office = Office(DataDir(Path(folder)), bytes.fromhex(key), SetClock(local_to_utc(START)))
    actor = office.actor_of("admin")
    office.do(ExportReport("consultations", "2022-05", Path(out)), actor)  # loads what the first one loads
    began = process_time()
    office.do(ExportReport("consultations", period, Path(out)), actor)
    took = process_time() - began
    office.close()
    return took, _rows(out)


def bare(out: str) -> tuple[float, int]:
    """The same cells read back beforehand, then written by openpyxl alone with shared styles and the same heights."""
    from openpyxl import Workbook, load_workbook
    from openpyxl.cell import WriteOnlyCell

    page = load_workbook(out).worksheets[0]
    held = [[(cell.value, cell._style, cell.number_format) for cell in row] for row in page.iter_rows()]  # type: ignore[attr-defined]
    heights = [page.row_dimensions[number].height for number in range(1, len(held) + 1)]
    book: Any = page.parent
    began = process_time()
    made = Workbook(write_only=True)
    for name in ("_fonts", "_fills", "_borders", "_alignments", "_number_formats", "_cell_styles"):
        setattr(made, name, getattr(book, name))
    sheet = made.create_sheet()
    for number, (row, height) in enumerate(zip(held, heights, strict=True), 1):
        cells = []
        for value, style, _format in row:
            cell = WriteOnlyCell(sheet, value)
            cell._style = style
            cells.append(cell)
        sheet.row_dimensions[number].height = height
        sheet.append(cells)
    made.save(out + ".bare")
    return process_time() - began, len(held)


def _rows(out: str) -> int:
    from openpyxl import load_workbook

    return sum(1 for _ in load_workbook(out, read_only=True).worksheets[0].iter_rows(values_only=True))


def main() -> None:
    """Arguments: export or bare, and its own."""
    kinds: dict[str, Callable[..., tuple[float, int]]] = {"export": export, "bare": bare}
    took, rows = kinds[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"cpu_s": round(took, 2), "peak_mb": round(peak), "rows": rows}))


if __name__ == "__main__":
    main()
