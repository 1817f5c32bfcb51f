"""Keeps the list of erasures beside the database in step with the rows that say so, and replays it after a restore."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.handlers import handles
from app.kernel.kept_out import ErasedRow, KeptOut
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.base import UtcText
from app.models.erasures import Erasure, erase_values
from app.services.erasure.erased_files import drop_erased_files


@dataclass(frozen=True)
class ReplayErasures:
    """Erase again what a restored backup brought back."""


def keep_list(work: Work) -> None:
    """Once the transaction stands, the list names every erasure that the database knows."""
    there = work.safe.kept_out.erased()
    new = [_listed(row) for row in work.session.scalars(select(Erasure)) if row.id not in there]
    if new:
        work.after_commit.append(lambda: work.safe.kept_out.note_erased(new))


def is_replay_due(session: Session, kept_out: KeptOut) -> bool:
    """Whether the list names erasures that the database does not know."""
    return bool(_unknown(session, kept_out))


@handles(ReplayErasures, title="按名单再次删除个人信息", permission=Permission.KEEP_OFFICE)
def replay_erasures(work: Work, command: ReplayErasures) -> int:
    """How many rows. This office's own word is written again under its id, so that it travels if it had not yet;
    another office's comes again in its bundles."""
    rows = _unknown(work.session, work.safe.kept_out)
    for row in rows:
        if row.writer == work.office.code:
            at = UtcText().process_result_value(row.at, None)
            assert isinstance(at, datetime)
            work.add(Erasure(id=row.id, table=row.table, row_id=row.row_id, erased_by=row.by, erased_at=at))
        else:
            work.subjects.append(row.id)
    erase_values(work.session.connection(), [(row.table, row.row_id) for row in rows])
    drop_erased_files(work)
    return len(rows)


def _unknown(session: Session, kept_out: KeptOut) -> list[ErasedRow]:
    listed = kept_out.erased()
    if not listed:
        return []
    known = set(session.scalars(select(Erasure.id)))
    return [row for row in _in_order(listed.values()) if row.id not in known]


def _in_order(rows: Iterable[ErasedRow]) -> list[ErasedRow]:
    return sorted(rows, key=lambda row: (row.at, row.id))


def _listed(row: Erasure) -> ErasedRow:
    at = UtcText().process_bind_param(row.erased_at, None)
    return ErasedRow(row.id, row.writer, row.table, row.row_id, row.erased_by, str(at))
