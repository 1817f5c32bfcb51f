"""Knows how each record was found by its audits: the newest counts, a bureau's before its own station's (Q13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select

from app.clock import local
from app.kernel.work import Look
from app.models.service_desk import Consultation, ConsultationAudit
from app.models.travelling import understood
from app.services.reading.rulings import in_parts, is_bureau_code, speaks_of_record
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
    """Every audit of the records that stands and counts for them, the oldest first."""
    rows = [
        row
        for part in in_parts(ids)
        for row in look.session.scalars(
            select(ConsultationAudit)
            .join(Consultation, speaks_of_record(ConsultationAudit))
            .where(Consultation.id.in_(part))
        )
    ]
    return tuple(sorted(map(_view, understood(rows)), key=lambda one: (one.at, one.id)))


@dataclass(frozen=True)
class Unaudited:
    """Records nobody audited yet: how many, and the day of the oldest."""

    count: int
    oldest: date


def unaudited(look: Look, sites: Iterable[str], span: tuple[date, date]) -> Unaudited | None:
    """Those of a span at these sites; None where there is none."""
    is_open = ~exists().where(speaks_of_record(ConsultationAudit))
    count, oldest = look.session.execute(
        select(func.count(), func.min(Consultation.on)).where(
            Consultation.site.in_(list(sites)),
            Consultation.on.between(*span),
            not_voided(Consultation),
            is_open,
        )
    ).one()
    return Unaudited(count, oldest) if count else None


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
