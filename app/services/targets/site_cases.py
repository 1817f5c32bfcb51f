"""Counts the cases of a period by the site that took them in: granted, closed, counted, people helped (Y02 Q01 G01 A01)."""

from __future__ import annotations

from collections import defaultdict

from app.kernel.work import Look
from app.rules.funds.case_counts import approved_cases, closed_cases
from app.services.cases.year_cases import counted_in, year_cases
from app.values import Period

NO_CASES = {"cases_approved": 0, "cases_closed": 0, "cases_counted": 0, "recipients": 0}


def site_cases(look: Look, period: Period) -> dict[str, dict[str, int]]:
    """Site → its sums, by the names of the figures' columns; sites without cases are absent.

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
    return dict(found)


def counts_groups(look: Look) -> bool:
    """Whether the document counts cases of its special groups only, as the indicators have it."""
    return look.pack.value("cases.base_fen") is not None
