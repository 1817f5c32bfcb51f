"""Runs the real command line in a process of its own, as IT staff would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Run:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


@dataclass
class OfficeRunner:
    """One office's data directory and password."""

    data: Path
    password: str

    def __call__(self, *words: object, as_json: bool = True, expect: int | None = 0) -> Run:
        """Run `huimin …` here; expect is the exit code, None for any."""
        options = ["--data-dir", str(self.data), *(["--json"] if as_json else [])]
        command = [sys.executable, "-m", "app", *options, *(str(word) for word in words)]
        environment = {**os.environ, "HUIMIN_PASSWORD": self.password, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, check=False, timeout=120
        )
        run = Run(done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in run.err, run.err
        if expect is not None:
            assert run.code == expect, f"{words}: {run.code}\n{run.out}\n{run.err}"
        return run


def write_sheet(path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """A workbook as an office would send it."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(headings)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
