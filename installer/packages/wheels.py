"""Brings the wheels that the program needs at run time, in the versions of the lock file, for a target."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer.lock import closure
from installer.packages.targets import PYTHON, ROOT, Target

_LINE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)")


def runtime_pins(target: Target) -> dict[str, str]:
    """Distribution → version, for all that the program needs on the target and nothing that only its makers need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    system = "win32" if target.system == "windows" else "linux"
    needed = closure((system, PYTHON), [Requirement(text) for text in project["dependencies"]])
    locked = locked_versions()
    return {name: target.pinned.get(name, locked[name]) for name in sorted(needed)}


def locked_versions() -> dict[str, str]:
    """Distribution → version, as the lock file has them."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = filter(None, map(_LINE.match, lines))
    return {canonicalize_name(one["name"]): one["version"] for one in found}


def bring_wheels(target: Target, folder: Path) -> list[Path]:
    """The wheels in the folder, one a distribution; those that are there are not brought again."""
    folder.mkdir(parents=True, exist_ok=True)
    pins = runtime_pins(target)
    missing = [f"{name}=={version}" for name, version in pins.items() if not _have(folder, name, version)]
    if missing:
        platforms = [word for tag in target.tags for word in ("--platform", tag)]
        call = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--only-binary=:all:"]
        call += ["--python-version", PYTHON, "--implementation", "cp"]
        call += ["--abi", "cp311", "--abi", "abi3", "--abi", "none"]
        subprocess.run([*call, *platforms, "--dest", str(folder), *missing], check=True)
    return [_have(folder, name, version)[0] for name, version in pins.items()]


def unpack_wheels(wheels: list[Path], site: Path) -> None:
    """Lay the wheels out as an installed environment has them, without scripts."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for part in archive.infolist():
                top, _, rest = part.filename.partition("/")
                place = part.filename
                if top.endswith(".data"):
                    kind, _, place = rest.partition("/")
                    if kind not in ("purelib", "platlib"):
                        continue
                if not part.is_dir():
                    target = site / place
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(part))


def _have(folder: Path, name: str, version: str) -> list[Path]:
    return [
        one
        for one in sorted(folder.glob("*.whl"))
        if canonicalize_name(one.name.split("-")[0]) == name and one.name.split("-")[1] == version
    ]
