"""Spot checks and complaints as they stand after every decision about them (Y17 经核实, 无正当理由)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select

from app.clock import local
from app.kernel.work import Look
from app.models.duties import Complaint, SpotCheck
from app.models.service_desk import Consultation
from app.rules.duty.facts import ComplaintFact, SpotCheckFact
from app.services.reading.people import person_links
from app.services.reading.rulings import Ruling, in_parts, rulings
from app.services.reading.sense import sensible
from app.services.reading.voids import not_voided
from app.values import SpotResult, Verdict

UNRESOLVED = "number:"
"""Before a register number that no record here bears: the complaint waits unassigned (待归属)."""


@dataclass(frozen=True, kw_only=True)
class SpotCheckRow:
    """A roll-call check with the judgement in force; at is naive local. is_justified None: not yet judged."""

    id: str
    site: str
    person_id: str
    at: datetime
    on: date
    method: str
    result: SpotResult
    reason: str
    is_justified: bool | None
    verdict: Verdict
    inspector: str
    ruling: Ruling | None = None
    writer: str = ""
    entered_by: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for somebody's judgement."""
        if self.result is SpotResult.absent:
            return self.is_justified is None
        return self.result is not SpotResult.present and self.verdict is Verdict.pending

    def fact(self) -> SpotCheckFact:
        """The check as settlement takes it."""
        return SpotCheckFact(
            self.id, self.site, self.person_id, self.at, self.result, self.is_justified, self.verdict
        )


@dataclass(frozen=True, kw_only=True)
class ComplaintRow:
    """A complaint with the verdict in force; at, naive local, is the time complained of."""

    id: str
    site: str
    person_id: str
    at: datetime
    on: date
    consultation_id: str
    consultation_number: str
    matter: str
    verdict: Verdict
    ruling: Ruling | None = None
    writer: str = ""
    entered_by: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether it still waits to be verified."""
        return self.verdict is Verdict.pending

    def fact(self) -> ComplaintFact:
        """The complaint as settlement takes it."""
        record = self.consultation_id or (
            f"{UNRESOLVED}{self.consultation_number}" if self.consultation_number else None
        )
        return ComplaintFact(self.id, self.site, self.person_id, self.at, record, self.verdict)


def spot_check_rows(look: Look, first: date, last: date, site: str | None = None) -> tuple[SpotCheckRow, ...]:
    """The checks of the local dates first … last, by time; site None: every site."""
    query = _standing_in(SpotCheck, first, last)
    rows = sensible(look.session.scalars(query if site is None else query.where(SpotCheck.site == site)))
    ruled, linked = rulings(look, "spot_check", (row.id for row in rows)), person_links(look)
    return tuple(_check(row, ruled.get(row.id), linked) for row in rows)


def complaint_rows(look: Look, first: date, last: date, site: str | None = None) -> tuple[ComplaintRow, ...]:
    """The complaints whose time lies on the local dates first … last, by time; site None: every site."""
    query = _standing_in(Complaint, first, last)
    rows = sensible(look.session.scalars(query if site is None else query.where(Complaint.site == site)))
    ruled, linked = rulings(look, "complaint", (row.id for row in rows)), person_links(look)
    named = consultation_ids(
        look, {(row.site, row.consultation_number) for row in rows if not row.consultation_id}
    )
    return tuple(_complaint(row, ruled.get(row.id), linked, named) for row in rows)


def complaints_about(look: Look, record: Consultation) -> tuple[ComplaintRow, ...]:
    """Every complaint about one service record, by its id or its register number, whenever it was made."""
    by_number = (Complaint.site == record.site, Complaint.consultation_number == record.number)
    about = or_(
        Complaint.consultation_id == record.id,
        and_(Complaint.consultation_id == "", *by_number, Complaint.consultation_number != ""),
    )
    query = select(Complaint).where(about, not_voided(Complaint)).order_by(Complaint.at, Complaint.id)
    rows = sensible(look.session.scalars(query))
    ruled, linked = rulings(look, "complaint", (row.id for row in rows)), person_links(look)
    return tuple(_complaint(row, ruled.get(row.id), linked, {}) for row in rows)


def _standing_in(table: type[Any], first: date, last: date) -> Select[Any]:
    return select(table).where(table.on.between(first, last), not_voided(table)).order_by(table.at, table.id)


def consultation_ids(look: Look, numbers: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(site, register number) → the record's id; a complaint may arrive before the record it names."""
    found: dict[tuple[str, str], str] = {}
    for part in in_parts({number for _, number in numbers if number}):
        for row in look.session.scalars(
            select(Consultation).where(Consultation.number.in_(part), not_voided(Consultation))
        ):
            if (row.site, row.number) in numbers:
                found[row.site, row.number] = row.id
    return found


def _check(row: SpotCheck, ruling: Ruling | None, linked: dict[str, str]) -> SpotCheckRow:
    result, verdict, is_justified = SpotResult(row.result), Verdict(row.verdict), row.is_justified
    if ruling and result is SpotResult.absent:
        is_justified = not ruling.is_approved
    elif ruling and result is not SpotResult.present:
        verdict = _verdict(ruling)
    return SpotCheckRow(
        id=row.id,
        site=row.site,
        person_id=linked.get(row.person_id, row.person_id),
        at=local(row.at),
        on=row.on,
        method=row.method,
        result=result,
        reason=row.reason or "",
        is_justified=is_justified,
        verdict=verdict,
        inspector=row.inspector,
        ruling=ruling,
        writer=row.writer,
        entered_by=row.entered_by,
    )


def _complaint(
    row: Complaint, ruling: Ruling | None, linked: dict[str, str], named: dict[tuple[str, str], str]
) -> ComplaintRow:
    number = row.consultation_number
    record = row.consultation_id or named.get((row.site, number), "")
    verdict = _verdict(ruling) if ruling else Verdict(row.verdict)
    return ComplaintRow(
        id=row.id,
        site=row.site,
        person_id=linked.get(row.person_id, row.person_id),
        at=local(row.at),
        on=row.on,
        consultation_id=record,
        consultation_number=number,
        matter=row.matter or "",
        verdict=verdict,
        ruling=ruling,
        writer=row.writer,
        entered_by=row.entered_by,
    )


def _verdict(ruling: Ruling) -> Verdict:
    return Verdict.confirmed if ruling.is_approved else Verdict.unfounded
