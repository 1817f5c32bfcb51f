"""What many cases cost: lists, search, the page of a case, the indicators of a year, a quarter's list; and the export of a
thick file. HUIMIN_BENCH_CASES: how many."""

from __future__ import annotations

import io
import os
import statistics
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.services.cases.attach_paper import AttachPaper
from app.services.cases.case_card import CaseCard
from app.services.cases.case_file import ExportCaseFile
from app.services.cases.case_list import CaseList
from app.services.cases.settle_cases import CaseQuarter
from app.services.search.everything import FindAnything
from app.services.targets.case_indicators import CaseIndicators
from tests.bench.many_cases import fill, settle_before
from tests.bench.replayed import read_again
from tests.bench.report import cost_of, counted, p95_ms, peak_mb, report
from tests.services.case_desk import CLERK, HEAD, CaseDesk, accountless
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
FEW, CASES = 1000, int(os.environ.get("HUIMIN_BENCH_CASES", "20000"))
ROUNDS, YEARS = 15, 20
DUE = FEW * 5 // 100
"""As many of a few cases wait for something; a page of the due list holds no more of many either, to be comparable."""
ASKED: tuple[tuple[str, Any, float], ...] = (
    ("due list", CaseList(is_due_only=True, sort="due", limit=DUE), 1.5),
    ("page of a case", CaseCard("bench-0000500"), 1.5),
    ("register by name", CaseList(words="李桂花"), 1.5),
    ("register by number", CaseList(words="援字〔2022〕第7号"), 1.5),
    ("Ctrl+K by name", FindAnything("李桂花"), 1.5),
    ("Ctrl+K by last four", FindAnything("4321"), 1.5),
    ("indicators of a year", CaseIndicators("2021"), 5.0),
)
"""What is asked, and how many times as much it may cost among twenty times as many cases."""
QUARTER = "2021-Q4"
SCANS, PAGES_EACH, MOST_MB = 4, 25, 200


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
    _tell_quarter(county)


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


def _tell_quarter(desk: Desk) -> None:
    """`case settle` of a quarter, the earlier ones being final, against its own questions asked by the bare driver."""
    settle_before(desk, QUARTER)
    query, office = CaseQuarter(QUARTER), desk.office
    lines = len(desk.ask(query).lines)
    costs = [cost_of(lambda: desk.ask(query)).processor for _ in range(ROUNDS)]
    with counted(office.database.reader) as sent:
        desk.ask(query)
    bare = statistics.median(read_again(office, sent) for _ in range(ROUNDS))
    cost = statistics.median(costs)
    figures = {
        "lines": lines,
        "cpu_ms": round(cost * 1000, 2),
        "bare_read_ms": round(bare * 1000, 2),
        "statements": len(sent),
    }
    report(f"{CASES} cases: case settle of a quarter", figures, ratio=cost / bare, wanted=3.0)


@pytest.mark.bench
def test_the_file_of_a_hundred_scanned_pages(county: Desk, tmp_path: Path) -> None:
    """Written whole, within so many megabytes over what the program held before."""
    cases, out = CaseDesk(county), tmp_path / "file.pdf"
    cases.today(date(2022, 3, 10))
    case = cases.granted(date(2022, 3, 1))
    for number in range(SCANS):
        content = _scanned() + f"\n%{number}".encode()
        county.do(AttachPaper(case=case, paper=f"证据材料{number}", content=content), accountless(CLERK))
    costs: list[float] = []
    export = ExportCaseFile(case, out)
    grown = peak_mb(lambda: costs.append(cost_of(lambda: county.do(export, accountless(HEAD))).processor))
    figures = {
        "cpu_s": round(costs[0], 2),
        "file_mb": out.stat().st_size // 1_000_000,
        "grown_mb": grown,
        "most_mb": MOST_MB,
    }
    report(f"file of {SCANS * PAGES_EACH} scanned pages", figures, ratio=grown / MOST_MB, wanted=1.0)


def _scanned() -> bytes:
    """Pages of noise at 150 dots per inch, which hardly pack."""
    page, stream = Image.effect_noise((1240, 1754), 60).convert("RGB"), io.BytesIO()
    page.save(
        stream, "PDF", resolution=150, quality=60, save_all=True, append_images=[page] * (PAGES_EACH - 1)
    )
    return stream.getvalue()
