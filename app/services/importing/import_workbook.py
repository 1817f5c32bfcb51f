"""Imports a workbook: every row or none, unless the good rows are asked for; a dry run stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.clock import new_id
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.imports import ImportBatch, ImportRow
from app.registry import offered
from app.services.importing.kind import ImportKind, ImportReport, RowFault
from app.services.importing.marked_copy import write_marked_copy
from app.services.importing.sheet import SheetRow, read_rows
from app.text import told_name


@dataclass(frozen=True)
class ImportWorkbook:
    """A file of a kind; skip_bad stores the good rows and leaves the faulty."""

    kind: str
    path: Path
    is_dry_run: bool = False
    skip_bad: bool = False


def import_kinds() -> dict[str, ImportKind]:
    """Every kind of workbook that can be imported, by key."""
    return offered("app.services.importing.kinds", "KIND")


def import_kind(key: str) -> ImportKind:
    """The kind of that key. Raises Refused E229."""
    kinds = import_kinds()
    if key not in kinds:
        raise Refused("E229", f"没有“{key}”这种表格，可选：{'、'.join(kinds)}。")
    return kinds[key]


@handles(ImportWorkbook, title="导入表格", permission=Permission.IMPORT)
def import_workbook(work: Work, command: ImportWorkbook) -> ImportReport:
    """All or nothing: with one refused row nothing is stored, and a marked copy says why."""
    kind = import_kind(command.kind)
    rows = read_rows(command.path, kind)
    whole = work.session.begin_nested()
    made, unchanged, faults = _take_all(work, kind, rows)
    is_stored = not command.is_dry_run and (not faults or command.skip_bad)
    if is_stored:
        whole.commit()
    else:
        whole.rollback()
    batch = new_id() if is_stored else ""
    if is_stored:
        _remember(work, command, batch, made, unchanged, faults)
    marked = write_marked_copy(command.path, faults) if faults else ""
    accepted = len(rows) - unchanged - len({fault.row for fault in faults})
    return ImportReport(batch, kind.key, accepted, unchanged, tuple(faults), is_stored, marked)


def _take_all(
    work: Work, kind: ImportKind, rows: list[SheetRow]
) -> tuple[list[tuple[str, str]], int, list[RowFault]]:
    made: list[tuple[str, str]] = []
    faults: list[RowFault] = []
    unchanged = 0
    for done, row in enumerate(rows, 1):
        work.progress.step(done, len(rows), f"导入第 {row.number} 行")
        try:
            with work.session.begin_nested():
                taken = _take(work, kind, row)
            made += taken
            unchanged += not taken
        except Refused as refusal:
            faults += [RowFault(row.number, p.field, p.code, p.message) for p in refusal.problems]
    if made:
        kind.finish(work)
    return made, unchanged, faults


def _take(work: Work, kind: ImportKind, row: SheetRow) -> tuple[tuple[str, str], ...]:
    if row.spoilt:
        raise Refused(
            "E230",
            f"“{row.spoilt[0]}”是数字格式，末几位已丢失。请把该列设为文本后重新填写。",
            field=row.spoilt[0],
        )
    cells = {column.heading: row.cells.get(column.heading, "") for column in kind.columns}
    for column in kind.columns:
        if column.is_needed and not cells[column.heading]:
            raise Refused("E231", f"“{column.heading}”不能为空。", field=column.heading)
    return kind.take(work, cells)


def _remember(
    work: Work,
    command: ImportWorkbook,
    batch: str,
    made: list[tuple[str, str]],
    unchanged: int,
    faults: list[RowFault],
) -> None:
    work.session.add(
        ImportBatch(
            id=batch,
            kind=command.kind,
            file=told_name(command.path),
            at=work.now.at,
            by=work.actor.account,
            accepted=len(made),
            unchanged=unchanged,
            refused=len({fault.row for fault in faults}),
        )
    )
    work.session.add_all(
        ImportRow(batch=batch, tbl=table, row_id=row_id) for table, row_id in dict.fromkeys(made)
    )
    work.subjects.append(batch)
