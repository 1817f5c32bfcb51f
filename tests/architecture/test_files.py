"""Nothing in the repository ties it to one machine or one package index."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.tree import ROOT

# written apart so that this file does not hold what it looks for
INDEXES = tuple(
    "".join(parts) for parts in (("pypi", ".org"), ("python", "hosted"), ("/sim", "ple/"), ("test.", "pypi"))
)
MACHINE = re.compile(
    "|".join(("(?<![\\w.])/(?:" + "ho" + "me|ro" + "ot|wo" + "rk|op" + "t)/\\w", "[A-Z]:\\\\" + "Users"))
)
FOLDERS = ("app", "resources", "installer", "tests", ".ci")
BINARY = {".png", ".ico", ".ttf", ".otf", ".xlsx", ".pdf", ".hmb", ".db", ".svg"}


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Path and text of every file that belongs to the repository."""
    paths = [path for path in _listed() if path.suffix not in BINARY and (ROOT / path).is_file()]
    return tuple((path.as_posix(), (ROOT / path).read_text(encoding="utf-8")) for path in paths)


def _listed() -> list[Path]:
    """What git knows or would add; without git, the files of the source folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        call = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
        listed = subprocess.run(call, cwd=ROOT, check=True, capture_output=True).stdout.decode()
        return [Path(name) for name in listed.split("\0") if name]
    found = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]
    return [path.relative_to(ROOT) for path in [*found, *ROOT.glob("*.*")]]


def lines_with(pattern: re.Pattern[str]) -> Iterator[str]:
    """Path, line number and line of every match."""
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: {line.strip()[:160]}"


def test_no_address_of_a_package_index() -> None:
    faults = list(lines_with(re.compile("|".join(map(re.escape, INDEXES)))))
    assert not faults, "\n".join(["", *faults])


def test_no_path_of_one_machine() -> None:
    faults = list(lines_with(MACHINE))
    assert not faults, "\n".join(["", *faults])


def test_every_locked_distribution_has_one_exact_version() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    wrong = [line for line in pinned if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.!+]*( ; [\w\"<=. ]+)?", line)]
    assert not wrong, wrong
    names = [line.partition("==")[0] for line in pinned]
    assert names == sorted(set(names))
