"""Reads from the database what one month of this office's sites is settled from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import or_, select

from app.clock import local
from app.models.duties import Complaint
from app.models.organisation import Person, Site
from app.models.service_desk import Consultation, ConsultationAudit
from app.services.attendance.effective import attendance_rows
from app.services.attendance.evidence_rows import ComplaintRow, complaint_rows, spot_check_rows
from app.services.attendance.rulings import in_parts, is_bureau_code, rulings
from app.services.dispatch import Look
from app.services.money.facts import (
    ComplaintFact,
    ConsultationFact,
    DutyFact,
    MonthFacts,
    PersonFact,
    SiteFact,
)
from app.services.people.find import links
from app.services.roster.in_force import duties_in_force
from app.services.sites.find import DUTY_SITES
from app.values import AuditResult, Month, PersonKind, Rating, SiteKind, Verdict

UNKNOWN = "（未知人员）"


def month_facts(look: Look, month: Month, statuses: Mapping[str, bool] | None = None) -> MonthFacts:
    """All facts of a month at this office's sites, over linked people, evidence as judged now.

    statuses: person → was a public servant, for a month already settled, since a later change of status is no evidence.
    """
    sites = tuple(SiteFact(site.id, site.name, SiteKind(site.kind)) for site in own_sites(look))
    codes = {site.code for site in sites}
    first, last = month.first_day, month.last_day
    duties = _duties(look, month, codes)
    rows = [row.fact() for row in attendance_rows(look, first, last) if row.site in codes]
    checks = [row.fact() for row in spot_check_rows(look, first, last) if row.site in codes]
    records = consultation_facts(look, month, codes)
    complaints = _complaints(look, month, records, codes)
    ids = {fact.person_id for facts in (duties, rows, checks, records, complaints) for fact in facts}
    people = {person.id: person for person in _people(look, ids)}
    return MonthFacts(
        month=month,
        sites=sites,
        people=tuple(_person(one, people.get(one), statuses or {}) for one in sorted(ids)),
        duties=duties,
        attendances=tuple(rows),
        spot_checks=tuple(checks),
        consultations=records,
        complaints=complaints,
        unlinked_namesakes=namesakes(look, ids),
        as_of=local(look.now.at),
    )


def own_sites(look: Look) -> tuple[Site, ...]:
    """The duty sites this office answers for, those no longer active included: a bureau's all, a station's own."""
    query = select(Site).where(Site.kind.in_(DUTY_SITES)).order_by(Site.id)
    mine = Site.parent == look.office.code if look.office.is_bureau else Site.id == look.office.code
    return tuple(look.session.scalars(query.where(mine)))


def namesakes(look: Look, ids: Collection[str]) -> frozenset[str]:
    """Of these people those who share a name with a station's entry that is not yet linked or told apart."""
    if not look.office.is_bureau:
        return frozenset()
    linked = links(look)
    rows = look.session.execute(select(Person.id, Person.name, Person.writer).where(Person.is_active)).all()
    by_name: dict[str, list[tuple[str, bool]]] = {}
    for one, name, writer in rows:
        if one not in linked and name:
            by_name.setdefault(name, []).append((one, writer != look.office.code))
    groups = (group for group in by_name.values() if len(group) > 1 and any(waits for _, waits in group))
    return frozenset(one for group in groups for one, _ in group if one in ids)


def consultation_facts(look: Look, month: Month, codes: Collection[str]) -> tuple[ConsultationFact, ...]:
    """The month's service records with their audit in force."""
    linked = links(look)
    query = select(Consultation).where(Consultation.on.between(month.first_day, month.last_day))
    rows = [row for row in look.session.scalars(query.order_by(Consultation.at, Consultation.id)) if row.site in codes]
    audits = audits_in_force(look, [row.id for row in rows])
    return tuple(_record(row, linked, audits.get(row.id)) for row in rows)


def audits_in_force(look: Look, ids: Iterable[str]) -> dict[str, AuditResult]:
    """Record → how it was found: the newest audit, a bureau's before a station's."""
    found: dict[str, ConsultationAudit] = {}
    for part in in_parts(ids):
        for one in look.session.scalars(
            select(ConsultationAudit).where(ConsultationAudit.consultation_id.in_(part))
        ):
            held = found.get(one.consultation_id)
            if held is None or _rank(one) > _rank(held):
                found[one.consultation_id] = one
    return {key: AuditResult(one.result) for key, one in found.items()}


def _rank(one: ConsultationAudit) -> tuple[bool, object, str]:
    return (is_bureau_code(one.writer), one.audited_at, one.id)


def _record(row: Consultation, linked: Mapping[str, str], audit: AuditResult | None) -> ConsultationFact:
    return ConsultationFact(
        row.id, row.number, row.site, linked.get(row.person_id, row.person_id), local(row.at), tuple(row.missing),
        audit, Rating(row.rating) if row.rating else None,
    )  # fmt: skip


def _duties(look: Look, month: Month, codes: Collection[str]) -> tuple[DutyFact, ...]:
    views = [view for view in duties_in_force(look, month) if view.site in codes]
    special = rulings(look, "duty", (view.id for view in views))
    return tuple(view.fact(view.id in special and special[view.id].is_approved) for view in views)


def _complaints(
    look: Look, month: Month, records: Iterable[ConsultationFact], codes: Collection[str]
) -> tuple[ComplaintFact, ...]:
    """Those of the month's time and those about the month's records; one about another month's record is that month's."""
    known = {record.id for record in records}
    by_number = {(record.site, record.number): record.id for record in records if record.number}
    dates = _complaint_dates(look, known, by_number) | {month.first_day, month.last_day}
    found = []
    for row in complaint_rows(look, min(dates), max(dates)):
        about = _about(look, row, by_number)
        if row.site in codes and (about in known or (row.on in month and not _is_elsewhere(look, about))):
            found.append(ComplaintFact(row.id, row.site, row.person_id, row.at, about, Verdict(row.verdict)))
    return tuple(found)


def _complaint_dates(
    look: Look, known: Collection[str], by_number: Mapping[tuple[str, str], str]
) -> set:  # type: ignore[type-arg]
    """The dates of complaints about these records, whenever they were complained of."""
    numbers = {number for _, number in by_number}
    rows = look.session.execute(
        select(Complaint.on, Complaint.consultation_id, Complaint.consultation_number, Complaint.site)
        .where(or_(Complaint.consultation_id != "", Complaint.consultation_number != ""))
    )
    return {on for on, about, number, site in rows
            if about in known or (number in numbers and (site, number) in by_number)}


def _about(look: Look, row: ComplaintRow, by_number: Mapping[tuple[str, str], str]) -> str | None:
    """Id of the record complained of; a number nobody knows stays a number, so that it belongs to no duty."""
    if row.consultation_id:
        return row.consultation_id
    if not row.consultation_number:
        return None
    known = by_number.get((row.site, row.consultation_number))
    return known or _find_number(look, row) or f"#{row.consultation_number}"


def _find_number(look: Look, row: ComplaintRow) -> str | None:
    return look.session.scalar(
        select(Consultation.id)
        .where(Consultation.site == row.site, Consultation.number == row.consultation_number)
        .order_by(Consultation.on.desc()).limit(1)
    )


def _is_elsewhere(look: Look, about: str | None) -> bool:
    """Whether it is about a record that is stored, hence (not being among the month's) of another month."""
    return about is not None and look.session.get(Consultation, about) is not None


def _people(look: Look, ids: Iterable[str]) -> Iterable[Person]:
    for part in in_parts(sorted(ids)):
        yield from look.session.scalars(select(Person).where(Person.id.in_(part)))


def _person(person_id: str, row: Person | None, statuses: Mapping[str, bool]) -> PersonFact:
    if row is None:
        return PersonFact(person_id, UNKNOWN, statuses.get(person_id, False))
    is_public = statuses.get(person_id, row.is_public_servant)
    return PersonFact(person_id, row.name or UNKNOWN, is_public, PersonKind(row.kind), row.licence)
