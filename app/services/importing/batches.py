"""Lists what was imported: kind, file, by whom, how many rows, and whether it was undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.imports import ImportBatch
from app.models.records import Account
from app.services.importing.import_workbook import import_kinds

MOST = 200
"""Imports shown at once; their number grows with the years."""


@dataclass(frozen=True)
class ImportBatches:
    """Every import that stored something, newest first; of one kind, if named."""

    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class BatchView:
    """One import. kind: the workbook's title; at, undone_at: naive local; counts are rows."""

    id: str
    kind: str
    file: str
    at: datetime
    by: str
    accepted: int
    unchanged: int
    refused: int
    undone_at: datetime | None

    @property
    def is_undone(self) -> bool:
        """Whether its rows were taken out again."""
        return self.undone_at is not None


@answers(ImportBatches, permission=Permission.IMPORT)
def import_batches(look: Look, query: ImportBatches) -> tuple[BatchView, ...]:
    """The newest two hundred, newest first."""
    statement = select(ImportBatch).order_by(ImportBatch.at.desc(), ImportBatch.id.desc())
    if query.kind:
        statement = statement.where(ImportBatch.kind == query.kind)
    names = {account.id: account.display_name for account in look.session.scalars(select(Account))}
    titles = {key: kind.title for key, kind in import_kinds().items()}
    return tuple(
        BatchView(
            id=row.id,
            kind=titles.get(row.kind, row.kind),
            file=row.file,
            at=local(row.at),
            by=names.get(row.by, row.by),
            accepted=row.accepted,
            unchanged=row.unchanged,
            refused=row.refused,
            undone_at=local(row.undone_at) if row.undone_at else None,
        )
        for row in look.session.scalars(statement.limit(MOST))
    )
