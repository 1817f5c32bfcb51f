"""Collects what one month of an office's sites is settled and its exceptions listed from, as the facts the rules take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.clock import local
from app.kernel.work import Look
from app.rules.duty.facts import MonthFacts, PersonFact, SiteFact
from app.services.reading.attendance import attendance_facts
from app.services.reading.complaints import complaint_facts
from app.services.reading.consultations import consultation_facts
from app.services.reading.duties import duty_facts
from app.services.reading.evidence import spot_check_rows
from app.services.reading.late import late_facts
from app.services.reading.people import person_facts, unlinked_namesakes
from app.services.reading.sense import senseless_facts
from app.services.reading.sites import own_place, own_sites, site_facts
from app.values import Month, SiteKind


def month_facts(
    look: Look, month: Month, site: str | None = None, *, statuses: Mapping[str, bool] | None = None
) -> MonthFacts:
    """All facts of a month at one site, or at every site this office answers for, over linked people, as judged now.

    statuses: person → was a public servant, for a month already settled, since a later change of status is no evidence.
    """
    sites = _sites(look, site)
    codes = {one.code for one in sites}
    first, last = month.first_day, month.last_day
    duties = tuple(duty for duty in duty_facts(look, first, last, site) if duty.site in codes)
    rows = attendance_facts(look, first, last, codes)
    checks = tuple(row.fact() for row in spot_check_rows(look, first, last, site) if row.site in codes)
    records = tuple(one for one in consultation_facts(look, first, last, site) if one.site in codes)
    complaints = complaint_facts(look, month, records, codes)
    senseless = tuple(one for one in senseless_facts(look, first, last, site) if one.site in codes)
    late = tuple(one for one in late_facts(look, month, site) if one.site in codes)
    listed = (duties, rows, checks, records, complaints, senseless, late)
    ids = {fact.person_id for facts in listed for fact in facts if fact.person_id}
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
        senseless=senseless,
        late=late,
    )


def _sites(look: Look, site: str | None) -> tuple[SiteFact, ...]:
    if site is not None:
        return site_facts(look, {site})
    found = tuple(SiteFact(one.id, one.name, SiteKind(one.kind)) for one in own_sites(look))
    return found or own_place(look)


def _people(look: Look, ids: Iterable[str], statuses: Mapping[str, bool]) -> tuple[PersonFact, ...]:
    return tuple(
        replace(one, is_public_servant=statuses.get(one.id, one.is_public_servant))
        for one in person_facts(look, ids)
    )
