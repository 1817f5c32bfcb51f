"""How long the window is held up at most while a page is visited for the first time, against the 50 ms of a key stroke."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from time import sleep, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.collector import collect_seldom, spare_what_is_loaded
from app.kernel.handlers import load_services
from app.paths import DataDir
from app.services.office.office import Office
from app.services.office.set_up import make_office
from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui.application import application
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
from tests.bench.report import report
from tests.bench.test_bench_start import NEW

LONGEST = 0.050
QUIET_TURNS = 25


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(DataDir(tmp_path / "office"), NEW, SystemClock())
    yield made.office
    made.office.close()


def turns(app: QApplication, shell: Shell) -> Iterator[float]:
    """Seconds of this thread in each turn of the event loop, until the page is whole, filled and painted."""
    quiet = 0
    while quiet < QUIET_TURNS:
        began = thread_time()
        app.processEvents()
        took = thread_time() - began
        view = shell.view()
        is_done = view is not None and view.building.is_done and not shell.desk.runner.is_busy
        quiet = quiet + 1 if is_done and took < 0.003 else 0
        yield took
        sleep(0.004)


@pytest.mark.bench
def test_first_visits_hold_nothing_up(office: Office) -> None:
    load_services()
    collect_seldom()
    spare_what_is_loaded()  # as the program's own start does
    app, actor = application(office.data), office.actor_of(NEW.admin)
    runner = Runner(office, actor)
    settings, accounts = office.ask(Settings(), actor), office.ask(Accounts(), actor)
    shell = Shell(desk_of(runner, settings, accounts, office.data, SystemClock()))
    shell.resize(1366, 698)
    shell.show()
    worst: dict[str, float] = {}
    for page in shell.pages:
        began = thread_time()
        shell.go(page.key)
        worst[page.key] = max(thread_time() - began, *turns(app, shell))
    shell.close()
    longest = round(max(worst.values()) * 1000, 1)
    figures: dict[str, object] = {"cpu_ms": longest, "floor_ms": LONGEST * 1000}
    figures |= {f"{key} ms": round(took * 1000, 1) for key, took in worst.items()}
    report("first visit: longest turn", figures, ratio=max(worst.values()) / LONGEST, wanted=1.0)
