"""Counts the cases of a period by the site that took them in, and the documents drafted there (Y02 Q01 G01 A01 G04)."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, func, select

from app.desk_values import ActivityKind
from app.kernel.work import Look
from app.models.outreach import Activity
from app.rules.funds.case_counts import approved_cases, closed_cases
from app.services.cases.year_cases import counted_in, year_cases
from app.services.reading.voids import not_voided
from app.values import Period

NO_CASES = {"cases_approved": 0, "cases_closed": 0, "cases_counted": 0, "recipients": 0, "drafted": 0}


def site_cases(look: Look, period: Period) -> dict[str, dict[str, int]]:
    """Site → its sums, by the names of the figures' columns; sites that have nothing are absent.

    Counted are the closed ones that the programme counts (Y12); where the document counts no special groups, all.
    """
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict(NO_CASES))
    cases = year_cases(look, period)
    counts = counts_groups(look)
    counted = counted_in(look, cases, period) if counts else frozenset()
    for one in approved_cases(cases, period):
        found[one.site]["cases_approved"] += 1
        found[one.site]["recipients"] += one.facts.recipients
    for one in closed_cases(cases, period):
        found[one.site]["cases_closed"] += 1
        found[one.site]["cases_counted"] += one.case in counted or not counts
    for site, number in look.session.execute(_drafted(period)):
        found[site]["drafted"] = number
    return dict(found)


def _drafted(period: Period) -> Select[tuple[str, int]]:
    """Site → documents drafted for citizens, 代书: one of the 其他事项 of a document that counts them (J14)."""
    wanted = (
        Activity.on.between(period.start, period.end),
        Activity.kind == ActivityKind.drafting.value,
        not_voided(Activity),
    )
    return select(Activity.site, func.count()).where(*wanted).group_by(Activity.site)


def counts_groups(look: Look) -> bool:
    """Whether the document counts cases of its special groups only, as the indicators have it."""
    return look.pack.value("cases.base_fen") is not None
