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
    "Y11": "groups of people by document",
    "Y12": "which cases count",
    "Y13": "means stated, or exempt with proof",
    "G02": "the threshold and who is exempt",
    "A03": "household income against the standard",
    "A02": "matters that a document lists",
    "G03": "matters that a document leaves out",
    "G09": "special hardship: any matter, fees reduced",
    "G17": "organisations that may apply",
    "G08": "papers missing, undertakings, dishonesty",
    "J08": "accepted and assigned at once, card holders exempt",
    "G10": "a case moves without being lost or doubled",
    "G11": "townships approve, villages receive",
    "A04": "tiers and cases given to the other office",
    "A08": "places whose cases another county handles",
    "J03": "the recipient chooses the handler",
    "G14": "named lawyers, mentors, refusals",
    "G15": "lawyers by speciality",
    "Y14": "who handles cases",
    "Y07": "before, during and after a case",
    "Y15": "reviews by offices and peers",
    "G12": "each case is reviewed once",
    "J09": "grades decide the subsidy",
    "A07": "files, hearings, courts, follow-up",
    "G13": "major cases: discussed, tracked, heard, supervised",
    "G06": "after closing: judgment, enforcement, assets",
    "J10": "complaints with their periods",
    "A10": "promises, periods, complaints",
    "G07": "key people's files",
    "J04": "the focus roster is kept current",
    "J15": "defenders at trial",
    "Y19": "case subsidies",
    "Y20": "the calendar of the fund",
    "Y25": "what the special fund pays",
    "Y21": "use of the fund is reported",
    "A05": "a ledger of its own, matched by local money",
    "A12": "named project funds",
    "J07": "money a head",
    "G01": "recipients and consultations",
    "A01": "cases by county",
    "A06": "ratios of cases",
    "A09": "figures of each county",
    "J14": "cases and other matters",
}
"""Clause → what it asks."""


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_is_named_by_a_test(clause: str) -> None:
    wanted = re.compile(rf"def test_\w*(?<![a-z0-9]){clause.lower()}_")
    named = [path.name for path in TESTS.rglob("test_*.py") if wanted.search(path.read_text("utf-8"))]
    assert named, f"{clause} ({CLAUSES[clause]}) is in no test's name"
