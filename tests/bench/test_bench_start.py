"""From the start of the process to a window that can be used, and its memory, against a bare window with an engine."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from app.clock import SystemClock
from app.paths import DataDir
from app.services.office.office import Office
from app.services.office.set_up import NewOffice, make_office
from tests.bench.report import report

ROUNDS = 5
CHILD = "tests.bench.window_child"
NEW = NewOffice(
    code="140802",
    name="盐湖区司法局",
    level="县",
    parent="1408",
    pack="yuncheng-2022",
    admin="admin",
    password="Yanhu-2022",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(DataDir(tmp_path / "office"), NEW, SystemClock())
    yield made.office
    made.office.close()


def measure(kind: str, office: Office) -> tuple[float, float]:
    """Median seconds and megabytes over some rounds."""
    call = [sys.executable, "-m", CHILD, kind, str(office.data.root), office.safe.key.hex()]
    seconds, memory = [], []
    for _ in range(ROUNDS):
        began = perf_counter()
        child = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert child.stdout is not None
        line = child.stdout.readline()
        seconds.append(perf_counter() - began)
        memory.append(json.loads(line)["resident_kb"] / 1024)
        child.communicate(timeout=60)
    return statistics.median(seconds), statistics.median(memory)


@pytest.mark.bench
def test_start_to_usable_window_and_its_memory(office: Office) -> None:
    found = {kind: measure(kind, office) for kind in ("bare", "login", "office")}
    bare = found["bare"]
    for kind in ("login", "office"):
        seconds, memory = found[kind]
        figures = {
            "seconds": round(seconds, 2),
            "bare_seconds": round(bare[0], 2),
            "mb": round(memory),
            "bare_mb": round(bare[1]),
        }
        report(f"start: {kind} window, time", figures, ratio=seconds / bare[0], wanted=2.0)
        report(f"start: {kind} window, memory", figures, ratio=memory / bare[1], wanted=2.0)
