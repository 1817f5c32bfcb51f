"""Spot checks and complaints as they stand after every decision about them (Y17 经核实, 无正当理由)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.clock import local
from app.models.duties import Complaint, SpotCheck
from app.services.attendance.rulings import Ruling, rulings
from app.services.dispatch import Look
from app.services.money.facts import ComplaintFact, SpotCheckFact
from app.services.people.find import links
from app.values import SpotResult, Verdict


@dataclass(frozen=True)
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

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for somebody's judgement."""
        if self.result is SpotResult.absent:
            return self.is_justified is None
        return self.result is not SpotResult.present and self.verdict is Verdict.pending

    def fact(self) -> SpotCheckFact:
        """The check as settlement takes it."""
        return SpotCheckFact(self.id, self.site, self.person_id, self.at, self.result, self.is_justified, self.verdict)


@dataclass(frozen=True)
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

    @property
    def is_pending(self) -> bool:
        """Whether it still waits to be verified."""
        return self.verdict is Verdict.pending

    def fact(self) -> ComplaintFact:
        """The complaint as settlement takes it."""
        return ComplaintFact(self.id, self.site, self.person_id, self.at, self.consultation_id or None, self.verdict)


def spot_check_rows(look: Look, first: date, last: date, site: str | None = None) -> tuple[SpotCheckRow, ...]:
    """The checks of the local dates first … last, by time; site None: every site."""
    query = select(SpotCheck).where(SpotCheck.on.between(first, last)).order_by(SpotCheck.at, SpotCheck.id)
    rows = look.session.scalars(query if site is None else query.where(SpotCheck.site == site)).all()
    ruled, linked = rulings(look, "spot_check", (row.id for row in rows)), links(look)
    return tuple(_check(row, ruled.get(row.id), linked) for row in rows)


def complaint_rows(look: Look, first: date, last: date, site: str | None = None) -> tuple[ComplaintRow, ...]:
    """The complaints whose time lies on the local dates first … last, by time; site None: every site."""
    query = select(Complaint).where(Complaint.on.between(first, last)).order_by(Complaint.at, Complaint.id)
    rows = look.session.scalars(query if site is None else query.where(Complaint.site == site)).all()
    ruled, linked = rulings(look, "complaint", (row.id for row in rows)), links(look)
    return tuple(_complaint(row, ruled.get(row.id), linked) for row in rows)


def _check(row: SpotCheck, ruling: Ruling | None, linked: dict[str, str]) -> SpotCheckRow:
    result, verdict, is_justified = SpotResult(row.result), Verdict(row.verdict), row.is_justified
    if ruling and result is SpotResult.absent:
        is_justified = not ruling.is_approved
    elif ruling and result is not SpotResult.present:
        verdict = _verdict(ruling)
    return SpotCheckRow(row.id, row.site, linked.get(row.person_id, row.person_id), local(row.at), row.on, row.method,
                        result, row.reason or "", is_justified, verdict, row.inspector, ruling, row.writer)


def _complaint(row: Complaint, ruling: Ruling | None, linked: dict[str, str]) -> ComplaintRow:
    verdict = _verdict(ruling) if ruling else Verdict(row.verdict)
    return ComplaintRow(row.id, row.site, linked.get(row.person_id, row.person_id), local(row.at), row.on,
                        row.consultation_id, row.consultation_number, row.matter or "", verdict, ruling, row.writer)


def _verdict(ruling: Ruling) -> Verdict:
    return Verdict.confirmed if ruling.is_approved else Verdict.unfounded
