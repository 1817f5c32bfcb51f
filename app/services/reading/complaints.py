"""Which complaints a month is settled with: those of its time and those about its records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.kernel.work import Look
from app.models.duties import Complaint
from app.models.service_desk import Consultation
from app.rules.duty.facts import ComplaintFact, ConsultationFact
from app.services.reading.evidence import ComplaintRow, complaint_rows
from app.services.reading.rulings import in_parts
from app.services.reading.voids import not_voided
from app.values import Month


def complaint_facts(
    look: Look, month: Month, records: Iterable[ConsultationFact], codes: Collection[str]
) -> tuple[ComplaintFact, ...]:
    """Those of the month's time and those about the month's records; one about another month's record is that month's."""
    records = tuple(records)
    known = {record.id for record in records}
    by_number = {(record.site, record.number): record.id for record in records if record.number}
    dates = _dates_about(look, known, by_number) | {month.first_day, month.last_day}
    found = []
    for row in complaint_rows(look, min(dates), max(dates)):
        about = _about(look, row, by_number)
        if row.site in codes and (about in known or (row.on in month and not _is_elsewhere(look, about))):
            found.append(replace(row.fact(), consultation_id=about))
    return tuple(found)


def _dates_about(look: Look, known: Collection[str], by_number: Mapping[tuple[str, str], str]) -> set[date]:
    """The dates of the complaints about these records, whenever they were complained of."""
    by_id, numbers = Complaint.consultation_id, {number for _, number in by_number}
    found: set[date] = set()
    for part in in_parts(known):
        about = select(Complaint.on).where(by_id.in_(part), not_voided(Complaint))
        found.update(look.session.scalars(about))
    for part in in_parts(numbers):
        rows = look.session.execute(
            select(Complaint.on, Complaint.site, Complaint.consultation_number).where(
                Complaint.consultation_number.in_(part), not_voided(Complaint)
            )
        )
        found.update(on for on, site, number in rows if (site, number) in by_number)
    return found


def _about(look: Look, row: ComplaintRow, by_number: Mapping[tuple[str, str], str]) -> str | None:
    """Id of the record complained of; a number nobody knows stays a number, so that it belongs to no duty."""
    if row.consultation_id or not row.consultation_number:
        return row.consultation_id or None
    known = by_number.get((row.site, row.consultation_number))
    return known or _find_number(look, row) or f"#{row.consultation_number}"


def _find_number(look: Look, row: ComplaintRow) -> str | None:
    return look.session.scalar(
        select(Consultation.id)
        .where(
            Consultation.site == row.site,
            Consultation.number == row.consultation_number,
            not_voided(Consultation),
        )
        .order_by(Consultation.on.desc())
        .limit(1)
    )


def _is_elsewhere(look: Look, about: str | None) -> bool:
    """Whether it is about a record that is stored, hence (not being among the month's) of another month."""
    query = select(Consultation.id).where(Consultation.id == about, not_voided(Consultation))
    return about is not None and look.session.scalar(query) is not None
