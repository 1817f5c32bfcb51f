"""Every clause of the programme that the program serves so far is shown by a test that bears its id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

CLAUSES = {
    "Y01": "organisation tree: city, counties with their centres, stations",
    "Q21": "a county centre and twelve townships",
    "Y02": "annual targets by county",
    "Q01": "annual targets by township",
    "Y04": "who sits duty when is published in advance",
    "Y05": "daily attendance, reviewed and reported",
    "Y08": "kinds of personnel and who may sit duty",
    "Y09": "hours and frequency of duties, holidays and adjusted working days",
    "Y10": "consultations with their required items",
    "Y16": "duty subsidies",
    "Y17": "deductions",
    "Y18": "paid monthly to the person",
    "Y22a": "changes of a roster with who, when and why",
    "Y23": "roll-call spot checks",
    "Q02": "everything leaves a trace",
}
"""Clause → what it asks."""


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_is_named_by_a_test(clause: str) -> None:
    wanted = re.compile(rf"def test_\w*(?<![a-z0-9]){clause.lower()}_")
    named = [path.name for path in TESTS.rglob("test_*.py") if wanted.search(path.read_text("utf-8"))]
    assert named, f"{clause} ({CLAUSES[clause]}) is in no test's name"
