"""Stores what the rows of a sheet came to, in one short transaction; what others changed meanwhile is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.clock import new_id
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import NOTHING, TRIED, Work
from app.models.base import Base
from app.models.imports import ImportBatch, ImportRow
from app.models.many_rows import insert_rows
from app.services.importing.kind import ImportKind
from app.services.importing.sheet import SheetRow
from app.services.importing.take_rows import Taken, take_rows
from app.services.importing.taking import Taking


@dataclass(frozen=True, kw_only=True)
class StoreSheet:
    """The rows of a file, with what was taken of them outside the transaction. file: its name as told."""

    kind: ImportKind
    file: str
    rows: Sequence[SheetRow]
    taking: Taking
    taken: Taken
    is_dry_run: bool = False
    skip_bad: bool = False


@dataclass(frozen=True)
class StoredSheet:
    """batch: the import's id, "" where nothing was stored; taken: what came of the rows in the end."""

    batch: str
    taken: Taken


@handles(StoreSheet, title="导入表格", permission=Permission.IMPORT)
def store_sheet(work: Work, command: StoreSheet) -> StoredSheet:
    """Store every row or none, unless the good rows are asked for. Raises Refused E001."""
    work.actor.need(command.kind.permission)
    if command.is_dry_run:
        work.outcome = TRIED
        return StoredSheet("", command.taken)
    taking, taken = command.taking, command.taken
    if _is_wanted(command, taken) and not (taking.actor == work.actor and taking.still_holds(work.session)):
        taking = Taking.beside(work, work.clock, work.progress, set())
        taken = take_rows(taking, command.kind, command.rows)
    if not _is_wanted(command, taken):
        work.outcome = NOTHING
        return StoredSheet("", taken)
    _insert(work, taking)
    return StoredSheet(_remember(work, command, taking, taken), taken)


def _is_wanted(command: StoreSheet, taken: Taken) -> bool:
    return command.skip_bad or not taken.faults


def _insert(work: Work, taking: Taking) -> None:
    """Table by table, by the order in which the rows first name them."""
    by_table: dict[type[Base], list[tuple[object, ...]]] = {}
    for table, values in taking.kept:
        by_table.setdefault(table, []).append(values)
    done = 0
    for table, rows in by_table.items():
        for number in insert_rows(work.session.connection(), table, rows):
            done += number
            work.progress.step(done, len(taking.kept), "保存")


def _remember(work: Work, command: StoreSheet, taking: Taking, taken: Taken) -> str:
    batch = new_id()
    work.session.add(
        ImportBatch(
            id=batch,
            kind=command.kind.key,
            file=command.file,
            at=work.now.at,
            by=work.actor.account,
            accepted=len(taken.made),
            unchanged=taken.unchanged,
            refused=taken.refused,
            rights=sorted(right.name for right in taken.rights),
        )
    )
    work.session.flush()
    rows = ((batch, table, row_id) for table, row_id in dict.fromkeys(taken.made))
    for _ in insert_rows(work.session.connection(), ImportRow, rows):
        pass
    work.subjects += [*taking.subjects, batch]
    return batch
