"""Plays the demonstration whole, once for all tests that look at what it left."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from app.demo.run import DemoOrder, run_demo

LONGEST_WAIT = 300
Played = tuple[Path, dict[str, Any]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A copy of its folder, and its summary: whoever asks first plays it, the other processes of the run wait."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "played-demo"
    ready, failed = shared / "summary.json", shared / "failed"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait_for(ready, failed)
    else:
        _play(shared, ready, failed)
    folder = tmp_path_factory.mktemp("demo") / "out"
    shutil.copytree(shared / "out", folder)
    return folder, json.loads(ready.read_text("utf-8"))


def _play(shared: Path, ready: Path, failed: Path) -> None:
    try:
        told = run_demo(DemoOrder(shared / "out", has_pictures=False), lambda words: None)
    except BaseException:
        failed.touch()
        raise
    part = ready.with_suffix(".part")
    part.write_text(json.dumps(told), "utf-8")
    part.rename(ready)


def _wait_for(ready: Path, failed: Path) -> None:
    for _ in range(LONGEST_WAIT * 10):
        if ready.exists():
            return
        assert not failed.exists(), "the demonstration failed in the process that played it"
        time.sleep(0.1)
    raise AssertionError("the demonstration was not played in time by the process that began it")
