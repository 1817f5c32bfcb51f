"""Reads from the database what one month of all this office's sites is settled from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from app.clock import local
from app.models.duties import Complaint
from app.models.organisation import Site
from app.models.service_desk import Consultation
from app.services.attendance.effective import attendance_rows
from app.services.attendance.evidence_rows import ComplaintRow, complaint_rows, spot_check_rows
from app.services.attendance.month_facts import (
    consultation_facts,
    duty_facts,
    person_facts,
    unlinked_namesakes,
)
from app.services.attendance.rulings import rulings
from app.services.dispatch import Look
from app.services.money.facts import (
    AttendanceFact,
    ComplaintFact,
    ConsultationFact,
    MonthFacts,
    PersonFact,
    SiteFact,
)
from app.services.sites.find import DUTY_SITES, find_site
from app.values import Month, SiteKind


def month_facts(look: Look, month: Month, statuses: Mapping[str, bool] | None = None) -> MonthFacts:
    """All facts of a month at this office's sites, over linked people, evidence as judged now.

    statuses: person → was a public servant, for a month already settled, since a later change of status is no evidence.
    """
    sites = tuple(SiteFact(site.id, site.name, SiteKind(site.kind)) for site in own_sites(look)) or own_place(
        look
    )
    codes = {site.code for site in sites}
    first, last = month.first_day, month.last_day
    duties = tuple(duty for duty in duty_facts(look, first, last) if duty.site in codes)
    rows = attendance_facts(look, first, last, codes)
    checks = tuple(row.fact() for row in spot_check_rows(look, first, last) if row.site in codes)
    records = tuple(one for one in consultation_facts(look, first, last) if one.site in codes)
    complaints = _complaints(look, month, records, codes)
    ids = {fact.person_id for facts in (duties, rows, checks, records, complaints) for fact in facts}
    return MonthFacts(
        month=month,
        sites=sites,
        people=_people(look, ids, statuses or {}),
        duties=duties,
        attendances=rows,
        spot_checks=checks,
        consultations=records,
        complaints=complaints,
        unlinked_namesakes=unlinked_namesakes(look) if look.office.is_bureau else frozenset(),
        as_of=local(look.now.at),
    )


def own_sites(look: Look) -> tuple[Site, ...]:
    """The duty sites this office answers for, those no longer active included: a bureau's all, a station's own."""
    query = select(Site).where(Site.kind.in_(DUTY_SITES)).order_by(Site.id)
    mine = Site.parent == look.office.code if look.office.is_bureau else Site.id == look.office.code
    return tuple(look.session.scalars(query.where(mine)))


def own_place(look: Look) -> tuple[SiteFact, ...]:
    """A station that has not received the list of sites yet still knows itself."""
    if look.office.is_bureau:
        return ()
    return (SiteFact(look.office.code, look.office.name, SiteKind.station),)


def site_named(look: Look, words: str) -> SiteFact:
    """The site meant, the office's own for "". Raises Refused E420, E421."""
    if words in ("", look.office.own_site) and look.session.get(Site, look.office.own_site) is None:
        return SiteFact(look.office.own_site, look.office.name, SiteKind.station)
    site = find_site(look, words or look.office.own_site)
    return SiteFact(site.id, site.name, SiteKind(site.kind))


def attendance_facts(
    look: Look, first: date, last: date, codes: Collection[str]
) -> tuple[AttendanceFact, ...]:
    """The effective rows; a clock that somebody has looked into is no longer doubted."""
    rows = [row for row in attendance_rows(look, first, last) if row.site in codes]
    judged = rulings(look, "punch", (row.id for row in rows))
    facts = (row.fact() for row in rows)
    return tuple(replace(fact, clock_grade="") if fact.id in judged else fact for fact in facts)


def _people(look: Look, ids: Iterable[str], statuses: Mapping[str, bool]) -> tuple[PersonFact, ...]:
    return tuple(
        replace(one, is_public_servant=statuses.get(one.id, one.is_public_servant))
        for one in person_facts(look, ids)
    )


def _complaints(
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
    rows = look.session.execute(
        select(Complaint.on, Complaint.consultation_id, Complaint.consultation_number, Complaint.site).where(
            or_(Complaint.consultation_id != "", Complaint.consultation_number != "")
        )
    )
    return {on for on, about, number, site in rows if about in known or (site, number) in by_number}


def _about(look: Look, row: ComplaintRow, by_number: Mapping[tuple[str, str], str]) -> str | None:
    """Id of the record complained of; a number nobody knows stays a number, so that it belongs to no duty."""
    if row.consultation_id or not row.consultation_number:
        return row.consultation_id or None
    known = by_number.get((row.site, row.consultation_number))
    return known or _find_number(look, row) or f"#{row.consultation_number}"


def _find_number(look: Look, row: ComplaintRow) -> str | None:
    return look.session.scalar(
        select(Consultation.id)
        .where(Consultation.site == row.site, Consultation.number == row.consultation_number)
        .order_by(Consultation.on.desc())
        .limit(1)
    )


def _is_elsewhere(look: Look, about: str | None) -> bool:
    """Whether it is about a record that is stored, hence (not being among the month's) of another month."""
    return about is not None and look.session.get(Consultation, about) is not None
