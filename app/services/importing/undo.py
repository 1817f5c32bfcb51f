"""Undoes an import whole: every row it made is removed, or voided where it is evidence, or none (P43)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work, shared_row
from app.models.duties import Voided
from app.models.imports import ImportBatch, ImportRow
from app.models.schema import EVIDENCE
from app.services.importing.import_workbook import import_kind


@dataclass(frozen=True)
class UndoImport:
    """The batch to undo, by its id or the id's beginning."""

    batch: str


@handles(UndoImport, title="撤销导入", permission=Permission.IMPORT)
def undo_import(work: Work, command: UndoImport) -> int:
    """How many rows were taken back; it needs every right that recording them did. Raises Refused E001, E232 … E234."""
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
            _take_back(work, row.tbl, work.mine(found), batch.id)
    batch.undone_at = work.now.at
    work.subjects.append(batch.id)
    return len(made)


def _take_back(work: Work, table: str, found: Any, batch: str) -> None:
    """Remove a row; evidence stays and is voided, with the reason."""
    if table not in EVIDENCE:
        work.session.delete(found)
        return
    work.add(
        Voided(
            site=found.site,
            table=table,
            row_id=found.id,
            reason=f"撤销导入 {batch}",
            voided_by=work.actor.account,
            voided_at=work.now.at,
        )
    )


def _need(work: Work, words: str) -> ImportBatch:
    found = work.session.scalars(select(ImportBatch).where(ImportBatch.id.startswith(words))).all()
    if len(found) != 1:
        raise Refused("E232", f"没有找到编号为“{words}”的导入。")
    if found[0].undone_at is not None:
        raise Refused("E233", "这次导入已经撤销过了。")
    return found[0]
