"""Service records as the rules take them, each with the audit that counts (Q13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.clock import local
from app.kernel.dispatcher import Look
from app.models.service_desk import Consultation
from app.rules.duty.facts import ConsultationFact
from app.services.reading.audits import audits_in_force
from app.services.reading.people import links
from app.services.reading.rulings import in_parts
from app.services.reading.sense import sensible
from app.values import Rating


def consultation_facts(
    look: Look, first: date, last: date, site: str | None = None, *, also: Iterable[str] = ()
) -> tuple[ConsultationFact, ...]:
    """The service records of the local dates first … last, and those of other dates named by `also`."""
    query = select(Consultation).where(Consultation.on.between(first, last))
    rows = list(look.session.scalars(query if site is None else query.where(Consultation.site == site)))
    held = {row.id for row in rows}
    for part in in_parts({one for one in also if one} - held):
        rows += look.session.scalars(select(Consultation).where(Consultation.id.in_(part)))
    rows = sensible(rows)
    audits, linked = audits_in_force(look, (row.id for row in rows)), links(look)
    return tuple(
        ConsultationFact(
            row.id,
            row.number,
            row.site,
            linked.get(row.person_id, row.person_id),
            local(row.at),
            tuple(row.missing),
            audits[row.id].result if row.id in audits else None,
            Rating(row.rating) if row.rating else None,
        )
        for row in sorted(rows, key=lambda row: (row.at, row.id))
    )
