"""Brings each duty of the month together with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.rules.duty.evidence import place_checks, place_complaints, place_consultations
from app.rules.duty.facts import (
    AttendanceFact,
    ComplaintFact,
    ConsultationFact,
    DutyFact,
    MonthFacts,
    SiteFact,
    SpotCheckFact,
)
from app.rules.duty.matching import AttendanceMatch, Attended, index_duties, match_attendance
from app.rules.policy.duty_rates import RuleSettings
from app.values import DutyKind, SiteKind


@dataclass(frozen=True)
class DutyEvidence:
    """A duty, what served it and what was found about it."""

    duty: DutyFact
    site: SiteFact
    attended: Attended | None = None
    checks: tuple[SpotCheckFact, ...] = ()
    records: tuple[ConsultationFact, ...] = ()
    complaints: tuple[ComplaintFact, ...] = ()
    is_temporary: bool = False

    @property
    def is_attended(self) -> bool:
        """Signed in and out by times that can be relied on; a 临时值班 is as long as its times, so they must be."""
        attended = self.attended
        return (
            attended is not None
            and attended.is_complete
            and not (self.is_temporary and attended.is_clock_wrong)
        )

    @property
    def is_hardly_attended(self) -> bool:
        """Under half of the rostered time: paid by rule and flagged."""
        attended = self.attended
        if attended is None or not self.is_attended or attended.is_clock_wrong:
            return False
        return attended.time_within(self.duty) * 2 < self.duty.rostered


@dataclass(frozen=True)
class Gathered:
    """The month's duties in order of time, and what belongs to none of them."""

    duties: tuple[DutyEvidence, ...]
    unscheduled: tuple[AttendanceFact, ...]
    checks_left: tuple[SpotCheckFact, ...]
    records_left: tuple[ConsultationFact, ...]
    complaints_left: tuple[ComplaintFact, ...]


def gather(facts: MonthFacts, settings: RuleSettings) -> Gathered:
    """Match attendance and evidence to the duties; the order of the facts plays no part."""
    match = match_attendance(index_duties(facts.duties), facts.attendances, settings)
    match, temporary = _approved_as_duties(match, facts, settings)
    index = index_duties((*facts.duties, *temporary))
    checks = place_checks(index, facts.spot_checks)
    records = place_consultations(index, facts.consultations)
    complaints = place_complaints(index, facts.complaints, records)
    sites = {site.code: site for site in facts.sites}
    extra = {duty.id for duty in temporary}
    found = (
        DutyEvidence(
            duty,
            sites[duty.site],
            match.served.get(duty.id),
            checks.by_duty.get(duty.id, ()),
            records.by_duty.get(duty.id, ()),
            complaints.by_duty.get(duty.id, ()),
            duty.id in extra,
        )
        for duty in (*facts.duties, *temporary)
        if duty.on in facts.month
    )
    return Gathered(
        tuple(sorted(found, key=lambda item: duty_order(item.duty))),
        tuple(row for row in match.unscheduled if row.on in facts.month),
        tuple(check for check in checks.left if check.at.date() in facts.month),
        tuple(record for record in records.left if record.at.date() in facts.month),
        tuple(complaint for complaint in complaints.left if complaint.at.date() in facts.month),
    )


def duty_order(duty: DutyFact) -> tuple[date, datetime, str, str, str]:
    """By date, start, site and person, so that every listing of the same facts is the same."""
    return (duty.on, duty.start, duty.site, duty.person_id, duty.id)


def _approved_as_duties(
    match: AttendanceMatch, facts: MonthFacts, settings: RuleSettings
) -> tuple[AttendanceMatch, Sequence[DutyFact]]:
    """An approved 临时值班 becomes a duty rostered for the time it was attended."""
    approved = [row for row in match.unscheduled if row.is_unscheduled_approved and row.in_at]
    taken = {row.id for row in approved}
    left = tuple(row for row in match.unscheduled if row.id not in taken)
    if settings.unscheduled_approved != "duty":
        return AttendanceMatch(match.served, left), ()
    kinds = {site.code: site.kind for site in facts.sites}
    served = {**match.served, **{row.id: Attended((row,)) for row in approved}}
    duties = [_temporary_duty(row, row.in_at, kinds[row.site]) for row in approved if row.in_at]
    return AttendanceMatch(served, left), duties


def _temporary_duty(row: AttendanceFact, begin: datetime, site: SiteKind) -> DutyFact:
    kind = DutyKind.station if site is SiteKind.station else DutyKind.centre
    end = max(begin, row.out_at or begin)
    return DutyFact(row.id, row.site, row.person_id, row.on, kind, ((begin, end),))
