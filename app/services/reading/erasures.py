"""Says when a row's personal values were lawfully erased, so that an empty card explains itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.clock import local_date
from app.kernel.work import Look
from app.models.erasures import Erasure


def erased_on(look: Look, name: str, row_id: str) -> date | None:
    """The local date of the last erasure of a row of the table, None for none."""
    at = look.session.scalar(
        select(func.max(Erasure.erased_at)).where(Erasure.row_id == row_id, Erasure.table == name)
    )
    return local_date(at) if at else None
