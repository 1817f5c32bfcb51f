"""Every clause about legal-aid cases and their money is named by a test that asserts what it asks."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
CLAUSES = [
    "A01",
    "A02",
    "A03",
    "A04",
    "A05",
    "A06",
    "A07",
    "A08",
    "A09",
    "A10",
    "A12",
    "G01",
    "G02",
    "G03",
    "G06",
    "G07",
    "G08",
    "G09",
    "G10",
    "G11",
    "G12",
    "G13",
    "G14",
    "G15",
    "G17",
    "J03",
    "J04",
    "J07",
    "J08",
    "J09",
    "J10",
    "J14",
    "J15",
    "J16",
    "Y07",
    "Y11",
    "Y12",
    "Y13",
    "Y14",
    "Y15",
    "Y19",
    "Y20",
    "Y21",
    "Y25",
]


def test_every_clause_about_cases_is_named_where_it_is_asserted() -> None:
    text = "\n".join(
        file.read_text("utf-8") for file in TESTS.rglob("test_*.py") if file.name != Path(__file__).name
    )
    named = {
        word.upper() for word in re.findall(r"(?<![A-Za-z0-9])([agjy]\d\d)(?![0-9])", text, re.IGNORECASE)
    }
    assert not sorted(set(CLAUSES) - named)
