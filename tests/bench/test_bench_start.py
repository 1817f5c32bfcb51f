"""From the start of the process to a window that can be used, and its memory, each against a bare one of its kind."""

from __future__ import annotations

import json
import os
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

ROUNDS = int(os.environ.get("HUIMIN_BENCH_ROUNDS", "5"))
CHILD = "tests.bench.window_child"
FLOORS = {"login": "window", "office": "engine", "password": "argon2"}
"""What is measured → its floor, which loads what the measured one has loaded by the moment it tells, and no less."""
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


def measure(kind: str, office: Office, byte_code: Path) -> tuple[float, float, float]:
    """Median seconds by the wall and of the processor, and megabytes; the first round only writes the byte code."""
    call = [sys.executable, "-m", CHILD, kind, str(office.data.root), office.safe.key.hex(), NEW.password]
    told = []
    for _ in range(ROUNDS + 1):
        began = perf_counter()
        child = subprocess.Popen(
            call,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPYCACHEPREFIX": str(byte_code)},
        )
        assert child.stdout is not None
        line = json.loads(child.stdout.readline())
        told.append((perf_counter() - began, line["processor_s"], line["resident_kb"] / 1024))
        child.communicate(timeout=60)
    seconds, processor, memory = (statistics.median(part) for part in zip(*told[1:], strict=True))
    return seconds, processor, memory


@pytest.mark.bench
def test_start_to_usable_window_and_its_memory(office: Office, tmp_path: Path) -> None:
    for kind, floor in FLOORS.items():
        (seconds, processor, memory), bare = (
            measure(one, office, tmp_path / "code") for one in (kind, floor)
        )
        figures = {
            "wall_s": round(seconds, 2),
            "cpu_s": round(processor, 2),
            "bare_wall_s": round(bare[0], 2),
            "bare_cpu_s": round(bare[1], 2),
        }
        report(f"start: {kind} window, time", figures, ratio=processor / bare[1], wanted=2.0)
        sizes = {"mb": round(memory), "bare_mb": round(bare[2])}
        report(f"start: {kind} window, memory", sizes, ratio=memory / bare[2], wanted=2.0)
