"""From the start of the process to a window that can be used, and its memory, each against a bare one of its kind; and
from the Enter behind a password to a filled 今日."""

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
CHILD, TYPED = "tests.bench.window_child", "tests.bench.password_child"
FLOORS = {"login": "window", "office": "engine"}
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


def measure(kind: str, office: Office, byte_code: Path, child: str = CHILD) -> dict[str, float]:
    """Medians: seconds by the wall and of the processor, megabytes, and what else the child tells; the wall's clock
    runs from the start of the process where the child has none. The first round only writes the byte code."""
    call = [sys.executable, "-m", child, kind, str(office.data.root), office.safe.key.hex(), NEW.password]
    told: list[dict[str, float]] = []
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(byte_code)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for _ in range(ROUNDS + 1):
        began = perf_counter()
        process = subprocess.Popen(
            call,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
        )
        assert process.stdout is not None
        line = json.loads(process.stdout.readline())
        told.append({"wall_s": perf_counter() - began, **line, "mb": line["resident_kb"] / 1024})
        process.communicate(timeout=60)
    return {name: statistics.median(one[name] for one in told[1:]) for name in told[0]}


def tell_time(name: str, found: dict[str, float], bare: dict[str, float], **more: object) -> None:
    """The time of one against its floor's; the ratio is that of processor time."""
    figures = {
        "wall_s": round(found["wall_s"], 2),
        "cpu_s": round(found["processor_s"], 2),
        "bare_wall_s": round(bare["wall_s"], 2),
        "bare_cpu_s": round(bare["processor_s"], 2),
        **more,
    }
    report(name, figures, ratio=found["processor_s"] / bare["processor_s"], wanted=2.0)


@pytest.mark.bench
def test_start_to_usable_window_and_its_memory(office: Office, tmp_path: Path) -> None:
    for kind, floor in FLOORS.items():
        found, bare = (measure(one, office, tmp_path / "code") for one in (kind, floor))
        tell_time(f"start: {kind} window, time", found, bare)
        sizes = {"mb": round(found["mb"]), "bare_mb": round(bare["mb"])}
        report(f"start: {kind} window, memory", sizes, ratio=found["mb"] / bare["mb"], wanted=2.0)


@pytest.mark.bench
def test_password_to_a_filled_today(office: Office, tmp_path: Path) -> None:
    """From Enter in the login that has stood open for a while, against two floors: the whole process of a bare window
    with an engine and the password checked, and in a bare window that stands open the same from Enter on."""
    found = measure("office", office, tmp_path / "code", TYPED)
    whole = measure("argon2", office, tmp_path / "code")
    strict = measure("bare", office, tmp_path / "code", TYPED)
    turn = {"longest_turn_ms": round(found["turn_ms"])}
    tell_time("password to 今日, floor a whole process", found, whole, **turn)
    tell_time("password to 今日, floor from Enter too", found, strict, **turn)
    sizes = {"mb": round(found["mb"]), "bare_mb": round(whole["mb"])}
    report("password to 今日, memory", sizes, ratio=found["mb"] / whole["mb"], wanted=2.0)
