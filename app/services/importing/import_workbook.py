"""Imports a workbook: every row or none, unless the good rows are asked for; a dry run stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import new_id
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import NOTHING, TRIED, Work
from app.models.imports import ImportBatch, ImportRow
from app.registry import offered
from app.services.importing.kind import ImportKind, ImportReport, KindColumn, RowFault
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
    """All or nothing: with one refused row nothing is stored, and a marked copy says why.

    What needs a right that the importer lacks is set aside cell by cell, and listed. Raises Refused E001 for a kind
    that the importer may not record at the window either, E229, and those of reading the file.
    """
    kind = import_kind(command.kind)
    work.actor.need(kind.permission)
    sheet = read_rows(command.path, kind)
    rows = sheet.rows
    whole = work.session.begin_nested()
    work.known = {} if kind.looks_up_once else None
    taken = _take_all(work, kind, rows)
    work.known = None
    faults = taken.faults
    is_stored = not command.is_dry_run and (not faults or command.skip_bad)
    if is_stored:
        whole.commit()
    else:
        whole.rollback()
        work.subjects.clear()
        work.outcome = TRIED if command.is_dry_run else NOTHING
    batch = new_id() if is_stored else ""
    if is_stored:
        _remember(work, command, batch, taken)
    told = [*faults, *taken.set_aside]
    marked = write_marked_copy(command.path, told) if told else ""
    accepted = len(rows) - taken.unchanged - len({fault.row for fault in faults})
    return ImportReport(
        id=batch,
        kind=kind.key,
        accepted=accepted,
        unchanged=taken.unchanged,
        refused=tuple(faults),
        is_stored=is_stored,
        marked_copy=marked,
        set_aside=tuple(taken.set_aside),
        notes=sheet.notes,
    )


@dataclass
class _Taken:
    """What came of the rows so far. rights: what storing them needed beyond the right to import."""

    rights: set[Permission]
    made: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)
    set_aside: list[RowFault] = field(default_factory=list)


def _take_all(work: Work, kind: ImportKind, rows: list[SheetRow]) -> _Taken:
    found = _Taken({kind.permission})
    for done, row in enumerate(rows, 1):
        work.progress.step(done, len(rows), f"导入第 {row.number} 行")
        said = [one for one in kind.columns if one.right and _says_something(one, row)]
        denied = [one for one in said if one.right and not work.actor.may(one.right)]
        try:
            with work.session.begin_nested():
                taken = _take(work, kind, row, denied)
        except Refused as refusal:
            found.faults += [RowFault(row.number, p.field, p.code, p.message) for p in refusal.problems]
            continue
        found.made += taken
        found.unchanged += not taken
        found.set_aside += [_left_out(row, one) for one in denied]
        if taken:
            found.rights |= {one.right for one in said if one.right and one not in denied}
    if found.made:
        kind.finish(work)
    return found


def _says_something(column: KindColumn, row: SheetRow) -> bool:
    return row.cells.get(column.heading, "") not in ("", column.says_nothing)


def _left_out(row: SheetRow, column: KindColumn) -> RowFault:
    assert column.right is not None, "only a column with a right of its own is set aside"
    return RowFault(
        row.number,
        column.heading,
        "E237",
        f"您没有“{column.right.value}”的权限，“{column.heading}”这一格没有导入，该行其余内容照常；请由有权限的人补填。",
    )


def _take(
    work: Work, kind: ImportKind, row: SheetRow, denied: Sequence[KindColumn]
) -> tuple[tuple[str, str], ...]:
    if row.problems:
        raise Refused.of(row.problems)
    cells = {column.heading: row.cells.get(column.heading, "") for column in kind.columns}
    cells |= {column.heading: "" for column in denied}
    for column in kind.columns:
        if column.is_needed and not cells[column.heading]:
            raise Refused("E231", f"“{column.heading}”不能为空。", field=column.heading)
    return kind.take(work, cells)


def _remember(
    work: Work,
    command: ImportWorkbook,
    batch: str,
    taken: _Taken,
) -> None:
    work.session.add(
        ImportBatch(
            id=batch,
            kind=command.kind,
            file=told_name(command.path),
            at=work.now.at,
            by=work.actor.account,
            accepted=len(taken.made),
            unchanged=taken.unchanged,
            refused=len({fault.row for fault in taken.faults}),
            rights=sorted(right.name for right in taken.rights),
        )
    )
    work.session.add_all(
        ImportRow(batch=batch, tbl=table, row_id=row_id) for table, row_id in dict.fromkeys(taken.made)
    )
    work.subjects.append(batch)
