"""The program as started by hand: the windows open, are usable, and close."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import opens_window


def huimin(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    call = [sys.executable, "-m", "app", "--data-dir", str(folder), "--json", *arguments]
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    wanted = {name: value for name, value in given.items() if value}
    return subprocess.run(call, env=wanted, capture_output=True, encoding="utf-8", timeout=120, check=False)


def window_of(folder: Path) -> Any:
    found = huimin(folder, "check", "--windows")
    assert found.returncode == 0, found.stderr
    assert "Traceback" not in found.stderr
    return json.loads(found.stdout)


def test_p_s_the_first_start_shows_the_wizard_and_then_the_login(tmp_path: Path) -> None:
    office = tmp_path / "办公 点"
    assert window_of(office)["window"] == "wizard"
    made = huimin(
        office,
        "init",
        "--pack",
        "yuncheng-2022",
        "--site",
        "140802",
        "--admin",
        "admin",
        HUIMIN_PASSWORD="Yanhu-2022",
    )
    assert made.returncode == 0, made.stderr
    assert window_of(office)["window"] == "login"


def test_without_a_screen_one_sentence_says_so(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    found = huimin(tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("E961 ") and found.stderr.count("\n") == 1


@pytest.mark.parametrize(("arguments", "is_window"), [
    ((), True), (("--data-dir", "x"), True), (("--data-dir=x", "--user", "a"), True), (("kiosk",), False),
    (("--data-dir", "x", "check"), False), (("--help",), False), (("--json", "check"), False),
])  # fmt: skip
def test_commands_are_loaded_only_when_one_is_named(arguments: tuple[str, ...], is_window: bool) -> None:
    assert opens_window(arguments) is is_window
