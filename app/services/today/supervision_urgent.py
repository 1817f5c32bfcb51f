"""Collects what supervision waits for: problems, measures, people to be heard, spot checks that are owed."""

from __future__ import annotations

from collections.abc import Iterator

from app.clock import local_date
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import OfficeRow
from app.services.supervision.evidence_month import EvidenceMonth, HearingState, evidence_month
from app.services.supervision.measures import MeasureState, measure_views
from app.services.supervision.problem_list import ProblemState, problem_views
from app.services.supervision.spot_quota import spot_quota
from app.services.today.urgent_kinds import DueMeasures, OpenHearings, OpenProblems, Urgent, UrgentKind
from app.values import Month


def urgent_supervision(look: Look) -> Iterator[Urgent]:
    """Those that this account may do something about."""
    yield from _problems(look)
    yield from _measures(look)
    yield from _hearings(look)
    yield from _spot_quota(look)


def _problems(look: Look) -> Iterator[Urgent]:
    """Problems to be mended here soon, and those that this office is to look at again (Y27)."""
    if not look.actor.may(Permission.SPOT_CHECK):
        return
    found = problem_views(look, None)
    to_mend = [one for one in found if one.is_late or one.is_soon]
    to_recheck = [one for one in found if one.state is ProblemState.mended and one.is_ours]
    if to_mend or to_recheck:
        is_late = any(one.is_late for one in to_mend)
        due = min(one.due_on for one in (*to_mend, *to_recheck))
        kind = UrgentKind.problems_late if is_late else UrgentKind.problems
        yield Urgent(kind, OpenProblems(len(to_mend), len(to_recheck), due))


def _measures(look: Look) -> Iterator[Urgent]:
    """What the document in force asks of this office and is due or overdue (Q15).

    Nobody is reminded of a day before this office began, nor once the document has run out.
    """
    today = local_date(look.now.at)
    if not look.actor.may(Permission.SPOT_CHECK) or not look.pack.valid_from <= today <= look.pack.valid_to:
        return
    office = look.session.get(OfficeRow, 1)
    began = local_date(office.made_at) if office is not None else today
    waiting = (one for one in measure_views(look, today) if one.due_on >= began)
    due = [one for one in waiting if one.state in (MeasureState.late, MeasureState.soon)]
    if due:
        first = min(due, key=lambda one: one.due_on)
        yield Urgent(UrgentKind.measures, DueMeasures(len(due), first.title, first.due_on))


def _hearings(look: Look) -> Iterator[Urgent]:
    """Evidence of this month and the last: who must be told of it, and whose explanation is awaited (Y24)."""
    if not look.actor.may(Permission.HANDLE_COMPLAINT):
        return
    month = Month.of(local_date(look.now.at))
    for one in (month, month.previous()):
        found = evidence_month(look, EvidenceMonth(one))
        hearings = [*(row.hearing for row in found.checks), *(row.hearing for row in found.complaints)]
        awaited = [one.said.due_on for one in hearings if one.procedure is HearingState.explanation_awaited]
        if found.to_notify or awaited:
            due = min((day for day in awaited if day), default=None)
            yield Urgent(UrgentKind.explanations, OpenHearings(found.to_notify, len(awaited), one, due))
            return


def _spot_quota(look: Look) -> Iterator[Urgent]:
    """How many spot checks this bureau still owes the month (Q03)."""
    if look.office.is_bureau and look.actor.may(Permission.SPOT_CHECK):
        found = spot_quota(look, Month.of(local_date(look.now.at)))
        if found.missing:
            yield Urgent(UrgentKind.spot_quota, found)
