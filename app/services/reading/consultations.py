"""Service records as the rules take them, each with the audit and the rating that count (Q13, Y06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from app.clock import local
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.rules.duty.facts import ConsultationFact
from app.services.reading.audits import audits_in_force
from app.services.reading.people import person_links
from app.services.reading.ratings import ratings_in_force
from app.services.reading.rulings import in_parts
from app.services.reading.voids import not_voided
from app.values import Rating, known

_TAKEN = tuple(getattr(Consultation, name) for name in ("id", "number", "site", "person_id", "at", "missing"))
"""What the rules ask of a record: none of its texts."""


def consultation_count(look: Look, first: date, last: date, site: str) -> int:
    """How many service records of a site the local dates first … last have."""
    wanted = (Consultation.site == site, Consultation.on.between(first, last), not_voided(Consultation))
    return look.session.scalar(select(func.count()).select_from(Consultation).where(*wanted)) or 0


def consultation_facts(
    look: Look, first: date, last: date, site: str | None = None, *, also: Iterable[str] = ()
) -> tuple[ConsultationFact, ...]:
    """The service records of the local dates first … last, and those of other dates named by `also`."""
    standing = select(*_TAKEN).where(not_voided(Consultation))
    query = standing.where(Consultation.on.between(first, last))
    rows = list(look.session.execute(query if site is None else query.where(Consultation.site == site)))
    held = {row.id for row in rows}
    for part in in_parts({one for one in also if one} - held):
        rows += look.session.execute(standing.where(Consultation.id.in_(part)))
    audits, linked = audits_in_force(look, (row.id for row in rows)), person_links(look)
    ratings = ratings_in_force(look, (row.id for row in rows))
    return tuple(
        ConsultationFact(
            id=row.id,
            number=row.number,
            site=row.site,
            person_id=linked.get(row.person_id, row.person_id),
            at=local(row.at),
            missing=tuple(row.missing),
            audit=audits[row.id].result if row.id in audits else None,
            rating=known(Rating, ratings[row.id]),
        )
        for row in sorted(rows, key=lambda row: (row.at, row.id))
    )
