"""Lists the entries that their receiver could not use, at the receiver and at the writer they go back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.records import ChangeEntry, ReceivedEntry, ReturnedEntry
from app.models.schema import table_title
from app.services.exchange.peers import site_name


@dataclass(frozen=True)
class ReturnedEntries:
    """Every entry sent back that its writer has not changed since."""


@dataclass(frozen=True, kw_only=True)
class ReturnedView:
    """One entry: at is local time; is_ours: this office wrote it and is to correct it."""

    id: str
    at: datetime
    site: str
    site_name: str
    table: str
    title: str
    row_id: str
    seq: int
    version: int
    fault: str
    is_ours: bool


@answers(ReturnedEntries, permission=Permission.LOOK)
def returned_entries(look: Look, query: ReturnedEntries) -> tuple[ReturnedView, ...]:
    """Newest first; those of this office's own first of all."""
    rows = look.session.scalars(select(ReturnedEntry).order_by(ReturnedEntry.returned_at.desc()))
    views = [_view(look, row) for row in rows if not _is_superseded(look, row)]
    return tuple(sorted(views, key=lambda view: not view.is_ours))


def _is_superseded(look: Look, row: ReturnedEntry) -> bool:
    """Whether its writer has sent, or made, a newer version."""
    log = ReceivedEntry if row.writer == look.office.code else ChangeEntry
    query = select(log.seq).where(log.row_id == row.row_id, log.table == row.table, log.version > row.version)
    return look.session.scalar(query.limit(1)) is not None


def _view(look: Look, row: ReturnedEntry) -> ReturnedView:
    return ReturnedView(
        id=row.id,
        at=local(row.returned_at),
        site=row.site,
        site_name=site_name(look, row.site),
        table=row.table,
        title=table_title(row.table),
        row_id=row.row_id,
        seq=row.seq,
        version=row.version,
        fault=row.fault,
        is_ours=row.writer != look.office.code,
    )
