"""A plugin of pytest that notes which functions of the program each test calls, and how long it takes."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import CodeType, FrameType

import pytest

NOTES = "HUIMIN_CALLED"
"""Names the folder that the notes are written to."""


class Calls:
    """Test → functions below the watched folders that it called, and its seconds."""

    def __init__(self, root: Path, watched: tuple[str, ...]) -> None:
        self.tests: dict[str, tuple[float, list[str]]] = {}
        self.now: set[CodeType] = set()
        self._places = tuple(str(root / one) for one in watched)
        self._root = root

    def see(self, frame: FrameType, what: str, _: object) -> None:
        """Called at each call of a function; lines are not followed."""
        self.now.add(frame.f_code)

    def note(self, test: str, seconds: float) -> None:
        """Keep what was called since the test began."""
        found = [
            f"{Path(code.co_filename).relative_to(self._root)}:{code.co_firstlineno}"
            for code in self.now
            if code.co_filename.startswith(self._places)
        ]
        self.tests[test] = (seconds, sorted(found))


_CALLS: list[Calls] = []


def pytest_configure(config: pytest.Config) -> None:
    watched = tuple(os.environ["HUIMIN_WATCHED"].split(","))
    _CALLS.append(Calls(config.rootpath, watched))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Set-up and tear-down are the test's too: a fixture may be all that calls a function."""
    calls = _CALLS[0]
    calls.now = set()
    begun = time.process_time()
    sys.settrace(calls.see)
    threading.settrace(calls.see)
    done = yield
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    calls.note(item.nodeid, time.process_time() - begun)
    return done


def pytest_sessionfinish() -> None:
    told: dict[str, dict[str, list[object]]] = defaultdict(dict)
    for test, (seconds, functions) in _CALLS[0].tests.items():
        told[test] = {"seconds": [round(seconds, 3)], "functions": list(functions)}
    (Path(os.environ[NOTES]) / f"{os.getpid()}.json").write_text(json.dumps(told), encoding="utf-8")
