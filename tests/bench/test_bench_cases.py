"""What many cases cost: the due list, the search, the indicators of a year. HUIMIN_BENCH_CASES: how many."""

from __future__ import annotations

import os
import statistics
from typing import Any

import pytest

from app.services.cases.case_list import CaseList
from app.services.search.everything import FindAnything
from app.services.targets.case_indicators import CaseIndicators
from tests.bench.many_cases import fill
from tests.bench.report import cost_of, p95_ms, report
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
FEW, CASES = 1000, int(os.environ.get("HUIMIN_BENCH_CASES", "20000"))
ROUNDS, YEARS = 15, 20
ASKED: tuple[tuple[str, Any, float], ...] = (
    ("due list", CaseList(is_due_only=True, sort="due"), 1.5),
    ("register by name", CaseList(words="李桂花"), 1.5),
    ("register by number", CaseList(words="援字〔2022〕第7号"), 1.5),
    ("Ctrl+K by name", FindAnything("李桂花"), 1.5),
    ("Ctrl+K by last four", FindAnything("4321"), 1.5),
    ("indicators of a year", CaseIndicators("2021"), 5.0),
)
"""What is asked, and how many times as much it may cost among twenty times as many cases."""


@pytest.mark.bench
def test_twenty_times_as_many_cases(county: Desk) -> None:
    """Medians of processor time; the ratio is many against few."""
    fill(county, FEW, years=YEARS)
    few = _measured(county)
    fill(county, CASES - FEW, years=YEARS, given=FEW)
    for name, (cost, slow, statements) in _measured(county).items():
        wanted = next(most for title, _, most in ASKED if title == name)
        figures = {"few_ms": few[name][0], "many_ms": cost, "p95_ms": slow, "statements": statements}
        report(f"{CASES} cases: {name}", figures, ratio=cost / few[name][0], wanted=wanted)


def _measured(desk: Desk) -> dict[str, tuple[float, float, int]]:
    found = {}
    for name, query, _ in ASKED:
        desk.ask(query)
        costs = [
            cost_of(lambda query=query: desk.ask(query), desk.office.database.reader) for _ in range(ROUNDS)
        ]
        median = round(statistics.median(one.processor for one in costs) * 1000, 2)
        found[name] = (median, p95_ms([one.seconds for one in costs]), costs[-1].statements)
    return found
