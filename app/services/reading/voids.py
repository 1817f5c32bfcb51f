"""Leaves out evidence that its writer took back; the row itself stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, true

from app.kernel.work import Look
from app.models.duties import Punch, Voided
from app.models.schema import EVIDENCE
from app.values import Origin


def not_voided(table: type[Any]) -> ColumnElement[bool]:
    """A condition of statements that read the table: the row's own writer did not void it.

    What was punched at a kiosk stands whatever is written about it. Rows of other tables than evidence always stand.
    """
    if table.__tablename__ not in EVIDENCE:
        return true()
    own_void = (Voided.row_id == table.id, Voided.writer == table.writer, Voided.table == table.__tablename__)
    is_standing = ~exists().where(*own_void).correlate(table)
    return or_(Punch.origin == Origin.kiosk.value, is_standing) if table is Punch else is_standing


def void_of(look: Look, row: Any) -> Voided | None:
    """What took a row of evidence back, None for one that stands."""
    table = type(row)
    if look.session.scalar(select(table.id).where(table.id == row.id, not_voided(table))) is not None:
        return None
    mine = (Voided.row_id == row.id, Voided.writer == row.writer, Voided.table == table.__tablename__)
    return look.session.scalars(select(Voided).where(*mine).order_by(Voided.voided_at, Voided.id)).first()
