"""Leaves out of every count what the bureau found to be a second record of the same thing; the record itself stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.desk_values import PairKind, PairOutcome
from app.kernel.work import Look
from app.models.pairs import PairDecision
from app.models.service_desk import Consultation
from app.services.reading.rulings import STATION_CODE_LENGTH
from app.services.reading.voids import not_voided


def merged_ids(kind: PairKind) -> Select[tuple[str]]:
    """Ids of the records of a kind that count nowhere; only a bureau's word makes one so."""
    return select(PairDecision.second_id).where(
        PairDecision.outcome == PairOutcome.merge.value,
        PairDecision.replaced_by == "",
        PairDecision.kind == kind.value,
        func.length(PairDecision.writer) < STATION_CODE_LENGTH,
    )


def counts_once(row_id: Any, kind: PairKind) -> ColumnElement[bool]:
    """A condition of statements that count: the record is not the second one of a merged pair."""
    found: ColumnElement[bool] = row_id.not_in(merged_ids(kind))
    return found


def counted_visit() -> tuple[ColumnElement[bool], ...]:
    """Conditions of statements that count consultations: not taken back, and not the second of a merged pair."""
    return (not_voided(Consultation), counts_once(Consultation.id, PairKind.consultation))


def merged_among(look: Look, kind: PairKind, ids: list[str]) -> frozenset[str]:
    """Those of some records that count nowhere."""
    found = look.session.scalars(merged_ids(kind).where(PairDecision.second_id.in_(ids)))
    return frozenset(found) if ids else frozenset()
