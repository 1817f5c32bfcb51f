"""Shows what all benchmarks of a run measured as one table at its end.

At the default sizes all of them take some quarter of an hour on two cores; bigger or smaller ones are given by
HUIMIN_BENCH_ROWS, _RECORDS, _CASES, _DUTIES, _ENTRIES, _BUNDLES and _ROUNDS, as each file says.
"""

from __future__ import annotations

from typing import Any

from tests.bench.report import MEASURED, table_text


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a measurement: what was measured, its floor, their ratio and the one wanted."""
    if MEASURED:
        terminalreporter.section("measured")
        terminalreporter.write(table_text())
