"""Writes requirements.lock from the environment at hand, so that every machine installs what was tested."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EDITABLE_BUILD = "editables"  # what the build backend needs for an editable install
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    "win32": {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
}
Place = tuple[str, str]
PLACES: tuple[Place, ...] = tuple((system, python) for system in SYSTEMS for python in PYTHONS)
HEADING = "# Pinned with all that they need; written by `make lock` (installer/lock.py), installed with --no-deps.\n"


def main() -> int:
    """Write the lock file and name what changed its size."""
    needed: dict[str, set[Place]] = {}
    for place in PLACES:
        for name in closure(place, list(_roots())):
            needed.setdefault(name, set()).add(place)
    lines = [_line(name, places) for name, places in sorted(needed.items())]
    (ROOT / "requirements.lock").write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"requirements.lock: {len(lines)} distributions\n")
    return 0


def closure(place: Place, roots: list[Requirement]) -> set[str]:
    """Canonical names of everything that the roots need at a place, themselves included."""
    found: set[str] = set()
    waiting = [root for root in roots if _applies(root, place, "")]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        found.add(key[0])
        waiting += [need for need in _needs(key[0]) if _wanted(need, place, requirement.extras)]
    return found


def _roots() -> Iterator[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    yield from map(Requirement, [*texts, *project["build-system"]["requires"], EDITABLE_BUILD])


def _wanted(requirement: Requirement, place: Place, extras: set[str]) -> bool:
    return any(_applies(requirement, place, extra) for extra in ("", *extras))


def _applies(requirement: Requirement, place: Place, extra: str) -> bool:
    if requirement.marker is None:
        return True
    system, python = place
    environment = {**default_environment(), **SYSTEMS[system], "extra": extra}
    environment |= {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_machine": "x86_64",
    }
    return requirement.marker.evaluate(environment)


def _needs(name: str) -> list[Requirement]:
    try:
        return [Requirement(text) for text in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []


def _line(name: str, places: set[Place]) -> str:
    return f"{name}=={_version(name)}{_marker(places)}"


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return _newest(name)


def _newest(name: str) -> str:
    """The version pip would install of a distribution that this system does not need."""
    call = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--no-deps",
        "--report",
        "-",
        name,
    ]
    report = json.loads(subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout)
    return str(report["install"][0]["metadata"]["version"])


def _marker(places: set[Place]) -> str:
    systems = {system for system, _ in places}
    pythons = {python for _, python in places}
    parts = []
    if len(systems) == 1:
        parts.append(f'sys_platform == "{systems.pop()}"')
    if len(pythons) < len(PYTHONS):
        later = next(python for python in PYTHONS if python not in pythons)
        parts.append(f'python_version < "{later}"')
    return " ; " + " and ".join(parts) if parts else ""


if __name__ == "__main__":
    raise SystemExit(main())
