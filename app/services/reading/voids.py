"""Leaves out attendance that its writer took back; the row itself stays."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.kernel.work import Look
from app.models.duties import Punch, Voided
from app.values import Origin

PART = 500


def not_voided(look: Look, punches: Sequence[Punch]) -> list[Punch]:
    """What was punched at a kiosk stands whatever is written about it; other rows only their own writer voids."""
    ids = [row.id for row in punches if row.origin != Origin.kiosk.value]
    gone: set[tuple[str, str]] = set()
    for start in range(0, len(ids), PART):
        query = select(Voided.row_id, Voided.writer).where(
            Voided.row_id.in_(ids[start : start + PART]), Voided.table == Punch.__tablename__
        )
        gone.update((row_id, writer) for row_id, writer in look.session.execute(query))
    return [row for row in punches if row.origin == Origin.kiosk.value or (row.id, row.writer) not in gone]
