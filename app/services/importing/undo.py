"""Undoes an import whole: every row it made is removed, or none (P43)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work, shared_row
from app.models.imports import ImportBatch, ImportRow
from app.services.importing.import_workbook import import_kind


@dataclass(frozen=True)
class UndoImport:
    """The batch to undo, by its id or the id's beginning."""

    batch: str


@handles(UndoImport, permission=Permission.IMPORT)
def undo_import(work: Work, command: UndoImport) -> int:
    """How many rows were removed; it needs every right that recording them did. Raises Refused E001, E232 … E234."""
    batch = _need(work, command.batch)
    for name in batch.rights:
        work.actor.need(Permission[name])
    kind = import_kind(batch.kind)
    made = work.session.scalars(select(ImportRow).where(ImportRow.batch == batch.id)).all()
    for row in made:
        why_not = kind.may_undo(work, row.tbl, row.row_id)
        if why_not:
            raise Refused("E234", f"这次导入不能整批撤销：{why_not}")
    for row in made:
        found = shared_row(work, row.tbl, row.row_id)
        if found is not None:
            work.session.delete(work.mine(found))
    batch.undone_at = work.now.at
    work.subjects.append(batch.id)
    return len(made)


def _need(work: Work, words: str) -> ImportBatch:
    found = work.session.scalars(select(ImportBatch).where(ImportBatch.id.startswith(words))).all()
    if len(found) != 1:
        raise Refused("E232", f"没有找到编号为“{words}”的导入。")
    if found[0].undone_at is not None:
        raise Refused("E233", "这次导入已经撤销过了。")
    return found[0]
