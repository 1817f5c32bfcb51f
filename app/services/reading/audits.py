"""Knows how each record was found by its audits: the newest counts, a bureau's before a station's (Q13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local
from app.kernel.work import Look
from app.models.service_desk import ConsultationAudit
from app.models.travelling import understood
from app.services.reading.rulings import in_parts, is_bureau_code
from app.services.reading.voids import not_voided
from app.values import AuditResult


@dataclass(frozen=True)
class AuditView:
    """One audit; at is naive local time."""

    id: str
    consultation_id: str
    result: AuditResult
    reason: str
    at: datetime
    by: str
    is_by_bureau: bool


def audits_in_force(look: Look, ids: Iterable[str]) -> dict[str, AuditView]:
    """Record → the audit that counts, for those that were audited."""
    found: dict[str, AuditView] = {}
    for one in audits_of(look, ids):
        held = found.get(one.consultation_id)
        if held is None or _rank(one) > _rank(held):
            found[one.consultation_id] = one
    return found


def audits_of(look: Look, ids: Iterable[str]) -> tuple[AuditView, ...]:
    """Every audit of the records that stands, the oldest first."""
    rows = [
        row
        for part in in_parts(ids)
        for row in look.session.scalars(
            select(ConsultationAudit).where(
                ConsultationAudit.consultation_id.in_(part), not_voided(ConsultationAudit)
            )
        )
    ]
    return tuple(sorted(map(_view, understood(rows)), key=lambda one: (one.at, one.id)))


def _view(row: ConsultationAudit) -> AuditView:
    return AuditView(
        row.id,
        row.consultation_id,
        AuditResult(row.result),
        row.reason or "",
        local(row.audited_at),
        row.audited_by,
        is_bureau_code(row.writer),
    )


def _rank(one: AuditView) -> tuple[bool, datetime, str]:
    return (one.is_by_bureau, one.at, one.id)
