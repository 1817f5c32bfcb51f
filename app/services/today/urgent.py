"""Collects what must be done today, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.clock import local_date
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.attendance.attendance_month import duty_attendances
from app.services.attendance.attendance_state import AttendanceState
from app.services.attendance.exceptions_list import ExceptionsList, exceptions_list
from app.services.attendance.freeze import SETTLED, frozen_state
from app.services.cases.waiting_cases import waiting_cases, waiting_list
from app.services.consultations.audit_consultation import may_audit_here
from app.services.consultations.register import faulty_by_site
from app.services.money.submissions import site_months
from app.services.outreach.errand_list import waiting_errands
from app.services.reading.audits import unaudited
from app.services.reading.roster import short_site_names
from app.services.reading.sites import duty_sites, may_write_for
from app.services.returns.returns_list import ReturnsList, ReturnStanding, returns_list
from app.services.roster.export_poster import stale_posters
from app.services.today.due import ReportDue
from app.services.today.keeping import alarms, office_keeping, parked_bundles
from app.services.today.supervision_urgent import urgent_supervision
from app.services.today.urgent_kinds import (
    Counted,
    DueCases,
    DueErrands,
    FaultyRecords,
    MoreSignOuts,
    OpenAudits,
    OpenDecisions,
    OpenReviews,
    OpenSignOut,
    SingleReturns,
    Urgent,
    UrgentKind,
)
from app.services.today.urgent_pay import batches_for_hands, coming_rosters, words_on_pay
from app.values import Month

LOOK_BACK = timedelta(days=31)
MOST_PEOPLE = 3


def urgent(look: Look, due: ReportDue) -> tuple[Urgent, ...]:
    """By kind, the most urgent first; within a kind the newest first."""
    found = [*_missing_sign_outs(look), *_decisions(look), *urgent_beside_exceptions(look, due)]
    order = list(UrgentKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def urgent_beside_exceptions(look: Look, due: ReportDue) -> Iterator[Urgent]:
    """What does not stand in the list of exceptions, which is counted as a whole; no settlement is computed for it."""
    yield from alarms(look)
    yield from _report(look, due)
    yield from _sent_back(look)
    yield from _cases(look)
    yield from urgent_supervision(look)
    yield from _faulty_records(look)
    yield from _errands(look)
    yield from _posters(look)
    yield from coming_rosters(look)
    yield from _audits(look)
    yield from words_on_pay(look)
    yield from batches_for_hands(look)
    yield from parked_bundles(look)
    yield from _reviews(look)
    yield from office_keeping(look)


def _missing_sign_outs(look: Look) -> Iterator[Urgent]:
    today = local_date(look.now.at)
    yesterday = today - timedelta(days=1)
    lines = duty_attendances(look, today - LOOK_BACK, yesterday, None)
    writable = {site.id: may_write_for(look, site.id) for site in duty_sites(look)}
    writable[look.office.own_site] = True
    open_ones = [
        line
        for line in lines
        if line.state is AttendanceState.no_sign_out
        and not line.waiting
        and writable.get(line.site)
        and not frozen_state(look, line.site, Month.of(line.on))
    ]
    names = short_site_names(look) if look.office.is_bureau else {}
    open_ones.sort(key=lambda line: (line.on, line.hours), reverse=True)
    for line in open_ones[:MOST_PEOPLE]:
        subject = OpenSignOut(line, names.get(line.site, ""), line.on == yesterday)
        yield Urgent(UrgentKind.sign_out, subject)
    if more := open_ones[MOST_PEOPLE:]:
        yield Urgent(UrgentKind.more_sign_outs, MoreSignOuts(len(more), more[0]))


def _report(look: Look, due: ReportDue) -> Iterator[Urgent]:
    if due.returned is not None:
        yield Urgent(UrgentKind.returned, due)
    elif due.is_urgent and look.actor.may(Permission.SUBMIT_MONTH):
        is_over = due.left < timedelta()
        yield Urgent(UrgentKind.report_late if is_over else UrgentKind.report_soon, due)


def _sent_back(look: Look) -> Iterator[Urgent]:
    """Records sent back one by one: those that this station is to answer, those whose answer the bureau is to see."""
    found = returns_list(look, ReturnsList())
    wanted = ReturnStanding.answered if look.office.is_bureau else ReturnStanding.waiting
    waiting = [one for one in found if one.standing is wanted]
    if waiting:
        kind = UrgentKind.replies if look.office.is_bureau else UrgentKind.sent_back
        yield Urgent(kind, SingleReturns(len(waiting), waiting[0]))


def _cases(look: Look) -> Iterator[Urgent]:
    """What legal-aid cases wait for, and the quarter's list of them (Y19 Y21)."""
    found = waiting_cases(look)
    if found.late:
        yield Urgent(UrgentKind.cases_late, DueCases(found.late, found.first))
    if found.soon:
        yield Urgent(UrgentKind.cases_soon, DueCases(found.soon, found.first))
    if found.lost:
        yield Urgent(UrgentKind.cases_lost, DueCases(found.lost))
    if listed := waiting_list(look):
        yield Urgent(UrgentKind.case_list_late if listed.is_late else UrgentKind.case_list, listed)


def _decisions(look: Look) -> Iterator[Urgent]:
    if not look.actor.may(Permission.DECIDE):
        return
    month = Month.of(local_date(look.now.at))
    for one in (month.previous(), month):
        if frozen_state(look, look.office.own_site, one) == SETTLED:
            continue
        waiting = [item for item in exceptions_list(look, ExceptionsList(one)) if item.may_decide]
        if waiting:
            yield Urgent(UrgentKind.decisions, OpenDecisions(one, len(waiting), waiting[0]))


def _faulty_records(look: Look) -> Iterator[Urgent]:
    """With the yuan that completing them would save (D1)."""
    month = Month.of(local_date(look.now.at))
    each = look.pack.rates.d1_fen if look.pack.rates else 0
    own = {site.id for site in duty_sites(look) if may_write_for(look, site.id)} | {look.office.own_site}
    for one in (month, month.previous()):
        still_open = [site for site in own if not frozen_state(look, site, one)]
        count = sum(faulty_by_site(look, still_open, one).values())
        if count:
            yield Urgent(UrgentKind.faulty_records, FaultyRecords(one, count, each * count))


def _errands(look: Look) -> Iterator[Urgent]:
    """What citizens were promised and is due, and home visits that nobody planned (Q07)."""
    if not look.actor.may(Permission.RECORD_CONSULTATION):
        return
    due, needed, first = waiting_errands(look)
    if first is not None:
        yield Urgent(UrgentKind.errands, DueErrands(due, first))
    if needed:
        yield Urgent(UrgentKind.visits, Counted(needed))


def _posters(look: Look) -> Iterator[Urgent]:
    """Rosters on the wall that changed since they were printed, of this month and the next (Q12)."""
    if not look.actor.may(Permission.PUBLISH_ROSTER):
        return
    month = Month.of(local_date(look.now.at))
    own = {site.id for site in duty_sites(look) if may_write_for(look, site.id)} | {look.office.own_site}
    if stale := stale_posters(look, sorted(own), (month, month.next())):
        yield Urgent(UrgentKind.posters, Counted(stale))


def _audits(look: Look) -> Iterator[Urgent]:
    """Records of the last two months that wait longer than the bureau allows (Q13); settled months wait for nobody."""
    days = int(look.pack.settings["audit_due_days"].value or 0)
    if not days or not may_audit_here(look):
        return
    today = local_date(look.now.at)
    last = today - timedelta(days=days + 1)
    first = Month.of(today).previous().first_day
    own = [site.id for site in duty_sites(look) if look.office.is_bureau or may_write_for(look, site.id)]
    found = unaudited(look, own or [look.office.own_site], (first, last)) if first <= last else None
    if found is not None:
        yield Urgent(UrgentKind.audits, OpenAudits(found.count, found.oldest, days))


def _reviews(look: Look) -> Iterator[Urgent]:
    if not look.office.is_bureau or not look.actor.may(Permission.REVIEW_MONTH):
        return
    last = Month.of(local_date(look.now.at)).previous()
    months = site_months(look, [site.id for site in duty_sites(look)], [last, last.previous()])
    waiting = [one for one in months.values() if one.is_waiting]
    if waiting:
        yield Urgent(UrgentKind.reviews, OpenReviews(len(waiting), waiting[0].month, waiting[0].site))
