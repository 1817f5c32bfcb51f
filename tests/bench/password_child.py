"""Types a password into a window that has been open for a while and says what passes until the next one is filled."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from tests.bench.window_child import bare_engine, bare_window, live, opened, resident_kb

TYPED_S = 1.5


def main() -> None:
    """Arguments: office or bare, the data directory, the key as hex, the password."""
    kind, folder, key, typed = sys.argv[1:5]
    {"office": office, "bare": bare}[kind](Path(folder), key, typed)


def office(folder: Path, _key: str, typed: str) -> None:
    """The login window with all that it loads ahead; then Enter, until 今日 shows its answers and nothing is asked."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    app, windows = opened(folder)
    start = windows.window
    live(app, lambda: not start.start.runner.is_busy)
    line = start.view.password.line
    QTest.keyClicks(line, typed)
    live(app, _a_while())
    measured(app, lambda: QTest.keyClick(line, Qt.Key.Key_Return), lambda: _is_filled(windows.window))
    windows.close()


def bare(folder: Path, key: str, typed: str) -> None:
    """A line in a shown window, its libraries loaded; then Enter, until the password is checked and one query answered."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from app.kernel.slots import ACCOUNT, KeySlots
    from app.paths import DataDir

    app, shown = bare_window()
    bare_engine(folder, key).dispose()
    line = shown.layout().itemAt(0).widget()
    QTest.keyClicks(line, typed)
    live(app, _a_while())
    found: list[Any] = []

    def check() -> None:
        assert KeySlots(DataDir(folder).keys).keys(ACCOUNT, "admin", line.text())
        found.append(bare_engine(folder, key))

    line.returnPressed.connect(check)
    measured(app, lambda: QTest.keyClick(line, Qt.Key.Key_Return), lambda: bool(found))
    found[0].dispose()


def measured(app: Any, press: Callable[[], object], is_done: Callable[[], bool]) -> None:
    """Press and say what passed until it was done, the longest turn of the window's own thread among it."""
    wall, worked, longest = perf_counter(), process_time(), [0.0]
    began = thread_time()
    press()
    longest.append(thread_time() - began)
    live(app, is_done, longest)
    told = {
        "wall_s": perf_counter() - wall,
        "processor_s": process_time() - worked,
        "resident_kb": resident_kb(),
        "turn_ms": max(longest) * 1000,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _a_while() -> Callable[[], bool]:
    """So long somebody takes to type the password, at the least."""
    until = perf_counter() + TYPED_S
    return lambda: perf_counter() > until


def _is_filled(window: Any) -> bool:
    """Whether the shell shows a whole page and has asked all that it asks."""
    desk = getattr(window, "desk", None)
    view = window.view() if desk is not None else None
    return view is not None and view.building.is_done and view.isVisible() and not desk.runner.is_busy


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
