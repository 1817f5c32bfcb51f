"""Imports a workbook: every row or none, unless the good rows are asked for; a dry run stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.collector import collector_waiting
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.registry import offer, offered
from app.services.importing.kind import ImportKind, ImportReport
from app.services.importing.marked_copy import write_marked_copy
from app.services.importing.sheet import SheetRows, read_rows
from app.services.importing.store_sheet import StoredSheet, StoreSheet
from app.services.importing.take_rows import take_rows
from app.services.importing.taking import Taking
from app.text import told_name

KINDS = "app.services.importing.kinds"


@dataclass(frozen=True)
class ImportWorkbook:
    """A file of a kind; skip_bad stores the good rows and leaves the faulty."""

    kind: str
    path: Path
    is_dry_run: bool = False
    skip_bad: bool = False


def import_kinds() -> dict[str, ImportKind]:
    """Every kind of workbook that can be imported, by key, which is its module's name."""
    return offered(KINDS, "KIND")


def import_kind(key: str) -> ImportKind:
    """The kind of that key. Raises Refused E229."""
    kind: ImportKind | None = offer(KINDS, key, "KIND")
    if kind is None:
        raise Refused("E229", f"没有“{key}”这种表格，可选：{'、'.join(import_kinds())}。")
    return kind


@performs(ImportWorkbook, title="导入表格", permission=Permission.IMPORT)
def import_workbook(task: Task, command: ImportWorkbook) -> ImportReport:
    """All or nothing: with one refused row nothing is stored, and a marked copy says why.

    The file is read, checked and looked up while others save; only storing what came of it keeps them waiting. What
    needs a right that the importer lacks is set aside cell by cell, and listed. Raises Refused E001 for a kind that
    the importer may not record at the window either, E229, and those of reading the file.
    """
    with task.recorded():
        kind = import_kind(command.kind)
        task.actor.need(kind.permission)
    with collector_waiting():
        with task.recorded():
            sheet = read_rows(command.path, kind)
        stored = _store(task, command, kind, sheet)
    taken = stored.taken
    told = [*taken.faults, *taken.set_aside]
    return ImportReport(
        id=stored.batch,
        kind=kind.key,
        accepted=len(sheet.rows) - taken.unchanged - taken.refused,
        unchanged=taken.unchanged,
        refused=tuple(taken.faults),
        is_stored=bool(stored.batch),
        marked_copy=write_marked_copy(command.path, told) if told else "",
        set_aside=tuple(taken.set_aside),
        notes=sheet.notes,
    )


def _store(task: Task, command: ImportWorkbook, kind: ImportKind, sheet: SheetRows) -> StoredSheet:
    used: set[str] = set()
    with task.look(used) as look:
        taking = Taking.beside(look, task.clock, task.progress, used)
        taken = take_rows(taking, kind, sheet.rows)
    stored: StoredSheet = task.do(
        StoreSheet(
            kind=kind,
            file=told_name(command.path),
            rows=sheet.rows,
            taking=taking,
            taken=taken,
            is_dry_run=command.is_dry_run,
            skip_bad=command.skip_bad,
        )
    )
    return stored
