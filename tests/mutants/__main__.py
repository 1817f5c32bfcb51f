"""Plants random faults in what money and proof rest on, one at a time, and counts how many the tests notice.

`python -m tests.mutants --number 300 --seed 1`: the program is copied, the tests are run once to learn which of them call
which function, and each fault meets the tests that call the function it lies in, those of the fewest functions first.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.called import NOTES
from tests.mutants.sites import Fault, faults_of, planted

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("app/bundle", "app/services/exchange", "app/kernel", "app/models/changelog.py", "app/chain.py")
TESTS = ("tests/exchange", "tests/services", "tests/unit")
COPIED = ("app", "tests", "resources", "installer", "pyproject.toml", "README.md")
MOST_SECONDS = 60.0
"""Of tests, by the time they took, that one fault meets; without a bound a survivor in the kernel would meet them all."""
DIED, SURVIVED, UNSEEN = "died", "survived", "not called by any test"


@dataclass
class Map:
    """Function (`file:line`) → tests that call it, the most special first; test → seconds."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, notes: Path) -> Map:
        """From the plugin's notes."""
        made, calls = cls(), defaultdict[str, list[str]](list)
        width = {}
        for file in notes.glob("*.json"):
            for test, told in json.loads(file.read_text(encoding="utf-8")).items():
                made.seconds[test] = told["seconds"][0]
                width[test] = len(told["functions"])
                for function in told["functions"]:
                    calls[function].append(test)
        for function, tests in calls.items():
            made.tests[function] = sorted(tests, key=lambda one: (width[one] * (1 + made.seconds[one]), one))
        return made

    def chosen(self, file: str, fault: Fault) -> list[str]:
        """The tests that a fault meets, in order. One outside any function meets the tests of the whole module."""
        if fault.function:
            tests = self.tests.get(f"{file}:{fault.function}", [])
        else:
            own = [one for name, tests in self.tests.items() if name.startswith(f"{file}:") for one in tests]
            tests = sorted(dict.fromkeys(own), key=lambda one: self.seconds[one])
        found, left = [], MOST_SECONDS
        for test in tests:
            if found and self.seconds[test] > left:
                continue
            left -= self.seconds[test]
            found.append(test)
        return found


def main() -> int:
    """Plant, count, tell; 1 where a smaller part of them died than asked for."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as scratch:
        first = _copy(Path(scratch) / "0")
        known = Map.read(Path(asked.map) if asked.map else _learned(first, Path(scratch) / "notes", asked))
        places = _drawn(asked.number, asked.seed)
        copies: SimpleQueue[Path] = SimpleQueue()
        for copy in [first, *(_copy(Path(scratch) / str(n)) for n in range(1, asked.jobs))]:
            copies.put(copy)

        def meet(place: tuple[str, Fault]) -> str:
            copy = copies.get()
            try:
                return _met(copy, known, *place)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(asked.jobs) as pool:
            outcomes = list(pool.map(meet, places))
    died = outcomes.count(DIED)
    _tell(f"{died} of {len(outcomes)} died: {100 * died / len(outcomes):.1f} %")
    return int(died < asked.least * len(outcomes))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=0.95)
    parser.add_argument("--map", default="", help="a folder of notes of an earlier run")
    parser.add_argument("--tests", nargs="*", default=list(TESTS))
    return parser.parse_args()


def _copy(folder: Path) -> Path:
    folder.mkdir()
    leave = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave)
        else:
            shutil.copyfile(source, folder / name)
    return folder


def _environment(copy: Path, **more: str) -> dict[str, str]:
    own = {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **own, "HUIMIN_TEST_KILLS": "8", **more}


def _learned(copy: Path, notes: Path, asked: argparse.Namespace) -> Path:
    notes.mkdir()
    more = {NOTES: str(notes), "HUIMIN_WATCHED": ",".join(TARGETS)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        str(asked.jobs),
        "-p",
        "tests.mutants.called",
        *asked.tests,
    ]
    subprocess.run(command, cwd=copy, env=_environment(copy, **more), check=True)
    return notes


def _drawn(number: int, seed: int) -> list[tuple[str, Fault]]:
    every = [(str(file.relative_to(ROOT)), fault) for file in _files() for fault in _faults(file)]
    return random.Random(seed).sample(every, min(number, len(every)))


def _files() -> Iterator[Path]:
    for target in TARGETS:
        place = ROOT / target
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _faults(file: Path) -> list[Fault]:
    return faults_of(file.read_text(encoding="utf-8"))


def _met(copy: Path, known: Map, file: str, fault: Fault) -> str:
    """What became of one fault, told at once."""
    tests, begun = known.chosen(file, fault), time.monotonic()
    path = copy / file
    sound = path.read_text(encoding="utf-8")
    try:
        path.write_text(planted(sound, fault), encoding="utf-8")
        outcome = _outcome(copy, tests, sum(known.seconds[one] for one in tests)) if tests else UNSEEN
    finally:
        path.write_text(sound, encoding="utf-8")
    words, seconds = " ".join(fault.words.split()), time.monotonic() - begun
    _tell(f"{outcome}: {file}:{fault.line} {fault.kind}: {words}  ({len(tests)} tests, {seconds:.0f} s)")
    return outcome


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _outcome(copy: Path, tests: Sequence[str], seconds: float) -> str:
    """A fault that makes the tests hang is noticed too."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=_environment(copy),
            capture_output=True,
            check=False,
            timeout=60 + 6 * seconds,
        )
    except subprocess.TimeoutExpired:
        return DIED
    return SURVIVED if done.returncode == 0 else DIED


if __name__ == "__main__":
    sys.exit(main())
