"""Collects all that a month's duties are judged by, as the plain facts the rules take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from app.clock import local
from app.models.organisation import Person, Site
from app.models.service_desk import Consultation, ConsultationAudit
from app.services.attendance.effective import AttendanceRow, attendance_rows
from app.services.attendance.evidence_rows import ComplaintRow, SpotCheckRow, complaint_rows, spot_check_rows
from app.services.attendance.names import UNKNOWN, people_of
from app.services.attendance.rulings import in_parts, is_bureau_code, rulings
from app.services.dispatch import Look
from app.services.money.facts import ConsultationFact, DutyFact, MonthFacts, PersonFact, SiteFact
from app.services.money.rules.gather import gather
from app.services.money.rules.units import shortfall, units_of
from app.services.people.find import links
from app.services.roster.in_force import duties_in_force
from app.services.sites.find import DUTY_SITES
from app.values import AuditResult, Month, PersonKind, Rating, SiteKind


def month_facts(look: Look, month: Month, site: str | None = None) -> MonthFacts:
    """The facts of a month at one site, or at every site this office holds; as of now."""
    first, last = month.first_day, month.last_day
    duties = duty_facts(look, first, last, site)
    rows = attendance_rows(look, first, last, site)
    checks = spot_check_rows(look, first, last, site)
    complaints = complaint_rows(look, first, last, site)
    records = consultation_facts(look, first, last, site, also=(c.consultation_id for c in complaints))
    facts: Iterable[DutyFact | AttendanceRow | SpotCheckRow | ComplaintRow | ConsultationFact]
    facts = (*duties, *rows, *checks, *complaints, *records)
    return MonthFacts(
        month,
        sites=site_facts(look, {fact.site for fact in facts}),
        people=person_facts(look, {fact.person_id for fact in facts}),
        duties=duties,
        attendances=tuple(row.fact() for row in rows),
        spot_checks=tuple(check.fact() for check in checks),
        consultations=records,
        complaints=tuple(complaint.fact() for complaint in complaints),
        unlinked_namesakes=unlinked_namesakes(look),
        as_of=local(look.now.at),
    )


def duty_facts(look: Look, first: date, last: date, site: str | None = None) -> tuple[DutyFact, ...]:
    """The published duties that stand, with the bureau's word on those rostered too short."""
    found = duties_in_force(look, (first, last), site)
    ruled = rulings(look, "duty", (duty.id for duty in found))
    return tuple(duty.fact(duty.id in ruled and ruled[duty.id].is_approved) for duty in found)


def short_duty_ids(look: Look, on: date, site: str) -> frozenset[str]:
    """The duties of a site and day that belong to a unit rostered below its minimum, confirmed ones included."""
    rates = look.pack.rates
    duties = duties_in_force(look, (on, on), site)
    if rates is None or not duties:
        return frozenset()
    facts = MonthFacts(
        Month.of(on), sites=site_facts(look, {site}), duties=tuple(duty.fact() for duty in duties)
    )
    units = units_of(gather(facts, look.pack.rule_settings).duties)
    return frozenset(item.duty.id for unit in units if shortfall(unit, rates) for item in unit.items)


def consultation_facts(
    look: Look, first: date, last: date, site: str | None = None, *, also: Iterable[str] = ()
) -> tuple[ConsultationFact, ...]:
    """The service records of the local dates first … last, and those of other dates named by `also`."""
    query = select(Consultation).where(Consultation.on.between(first, last))
    rows = list(look.session.scalars(query if site is None else query.where(Consultation.site == site)))
    held = {row.id for row in rows}
    for part in in_parts({one for one in also if one} - held):
        rows += look.session.scalars(select(Consultation).where(Consultation.id.in_(part)))
    audits, linked = _audits(look, (row.id for row in rows)), links(look)
    return tuple(
        ConsultationFact(
            row.id,
            row.number,
            row.site,
            linked.get(row.person_id, row.person_id),
            local(row.at),
            tuple(row.missing),
            audits.get(row.id),
            Rating(row.rating) if row.rating else None,
        )
        for row in sorted(rows, key=lambda row: (row.at, row.id))
    )


def site_facts(look: Look, codes: Iterable[str]) -> tuple[SiteFact, ...]:
    """The duty sites of these codes; one that is not stored is known by the pack or by its code."""
    stored = {row.id: row for row in look.session.scalars(select(Site).where(Site.kind.in_(DUTY_SITES)))}
    return tuple(_site_fact(look, code, stored.get(code)) for code in sorted(set(codes)))


def person_facts(look: Look, ids: Iterable[str]) -> tuple[PersonFact, ...]:
    """The people of these ids; one who is not held here is unknown by name and takes no part of the rules' favours."""
    ids = set(ids)
    found = people_of(look, ids)
    return tuple(_person_fact(one, found.get(one)) for one in sorted(ids))


def unlinked_namesakes(look: Look) -> frozenset[str]:
    """Stations' proposals that share a name with somebody else of the pool and are not linked yet."""
    linked = set(links(look))
    people = [row for row in look.session.scalars(select(Person)) if row.is_active and row.id not in linked]
    by_name: dict[str | None, list[Person]] = {}
    for row in people:
        by_name.setdefault(row.name, []).append(row)
    groups = (group for name, group in by_name.items() if name and len(group) > 1)
    return frozenset(row.id for group in groups for row in group if not is_bureau_code(row.writer))


def _audits(look: Look, ids: Iterable[str]) -> dict[str, AuditResult]:
    """The newest audit of each record, a bureau's before a station's."""
    found: dict[str, tuple[tuple[bool, datetime, str], AuditResult]] = {}
    for part in in_parts(ids):
        rows = look.session.scalars(
            select(ConsultationAudit).where(ConsultationAudit.consultation_id.in_(part))
        )
        for row in rows:
            rank = (is_bureau_code(row.writer), row.audited_at, row.id)
            if row.consultation_id not in found or rank > found[row.consultation_id][0]:
                found[row.consultation_id] = (rank, AuditResult(row.result))
    return {one: audit for one, (_, audit) in found.items()}


def _site_fact(look: Look, code: str, row: Site | None) -> SiteFact:
    if row is not None:
        return SiteFact(code, row.name, SiteKind(row.kind))
    known = look.pack.site(code)
    if known is not None and known.kind is not None:
        return SiteFact(code, known.name, SiteKind(known.kind))
    kind = SiteKind.station if not code.endswith("-01") else SiteKind.county_centre
    return SiteFact(code, look.office.name if code == look.office.own_site else code, kind)


def _person_fact(one: str, row: Person | None) -> PersonFact:
    if row is None:
        return PersonFact(one, UNKNOWN, False)
    return PersonFact(one, row.name or UNKNOWN, row.is_public_servant, PersonKind(row.kind), row.licence)
