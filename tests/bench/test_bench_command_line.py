"""What a command of the command line costs beyond the bare interpreter, what it must import, and its password."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.report import report
from tests.services.conftest import COUNTY, Desk, county, make_desk

__all__ = ["county", "make_desk"]
ROUNDS = int(os.environ.get("HUIMIN_BENCH_ROUNDS", "7"))
NEEDED = """
import typer, rich, orjson
from pathlib import Path
cli = typer.Typer(add_completion=False)
@cli.callback()
def common(data: Path = typer.Option(None)): pass
@cli.command()
def packs(key: str = typer.Argument('')): typer.echo(key)
cli(['packs'], standalone_mode=False)
"""
"""The least program of typer that takes an option and a command: it loads what typer needs to run."""
OFFICE_NEEDED = (
    NEEDED
    + """
import sys, sqlalchemy.orm, sqlcipher3.dbapi2, cryptography.hazmat.primitives.ciphers.aead, argon2
from app.kernel.slots import KeySlots
assert KeySlots(Path(sys.argv[1])).keys('account', 'admin', sys.argv[2])
"""
)
"""The same, with the libraries of an office and its password checked."""


def processor_s(byte_code: Path, *words: str) -> float:
    """Median seconds of the processor; the first round, which writes the byte code into its folder, is left out."""
    spent, env = [], {**os.environ, "PYTHONPYCACHEPREFIX": str(byte_code)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for _ in range(ROUNDS + 1):
        child = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0, words
        spent.append(used.ru_utime + used.ru_stime)
    return statistics.median(spent[1:])


@pytest.mark.bench
def test_what_a_command_costs(county: Desk, tmp_path: Path) -> None:
    data, word, code = county.office.data, tmp_path / "password", tmp_path / "code"
    word.write_text(COUNTY.password, "utf-8")
    office = ("--data-dir", str(data.root), "--password-file", str(word))
    floors = {
        "bare interpreter": processor_s(code, "-c", "pass"),
        "typer": processor_s(code, "-c", NEEDED),
        "libraries and argon2": processor_s(code, "-c", OFFICE_NEEDED, str(data.keys), COUNTY.password),
    }
    for words, floor, wanted in (
        (("--version",), "bare interpreter", 3.0),
        (("packs",), "typer", 1.5),
        ((*office, "exceptions", "--month", "2022-05"), "libraries and argon2", 1.5),
        ((*office, "settle", "--month", "2022-04"), "libraries and argon2", 1.5),
    ):
        spent = processor_s(code, "-m", "app", *words)
        figures = {"cpu_s": round(spent, 3), "floor_cpu_s": round(floors[floor], 3), "against": floor}
        report(
            f"huimin {words[-3] if len(words) > 3 else words[0]}",
            figures,
            ratio=spent / floors[floor],
            wanted=wanted,
        )
