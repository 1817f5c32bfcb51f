"""The register as a workbook against openpyxl's bare write-only pass over the same cells, styles and heights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.many_consultations import fill
from tests.bench.report import exponent, report
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
CHILD = "tests.bench.export_child"
RECORDS = int(os.environ.get("HUIMIN_BENCH_RECORDS", "50000"))
PERIODS = ("2022-03", "2022-Q1", "2021")
"""Of 25 000 records a year: some 2 000, 6 000 and 25 000 rows."""


def child(*words: str) -> dict[str, float]:
    """What a process of its own says it took: processor seconds, megabytes at its peak, rows."""
    done = subprocess.run([sys.executable, "-m", CHILD, *words], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.bench
def test_the_register_as_a_workbook(county: Desk, tmp_path: Path) -> None:
    fill(county, RECORDS, years=2)
    office = (str(county.office.data.root), county.office.safe.key.hex())
    rows, costs, peaks = [], [], []
    for period in PERIODS:
        out = str(tmp_path / f"{period}.xlsx")
        ours = child("export", *office, period, out)
        bare = child("bare", out)
        rows.append(int(ours["rows"]))
        costs.append(ours["cpu_s"])
        peaks.append(ours["peak_mb"])
        figures = {
            "rows": rows[-1],
            "cpu_s": ours["cpu_s"],
            "bare_cpu_s": bare["cpu_s"],
            "peak_mb": peaks[-1],
        }
        report(f"register as a workbook, {period}", figures, ratio=ours["cpu_s"] / bare["cpu_s"], wanted=2.0)
    figures = {"exponent": exponent(rows, costs), "memory_exponent": exponent(rows, peaks)}
    report("register as a workbook, growth", figures)
