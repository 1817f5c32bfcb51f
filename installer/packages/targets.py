"""Says for which systems packages are built, and what each of them may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = "3.11"
"""The Python inside every package; the wheels are chosen for it."""
_OLD = (*(f"manylinux_2_{minor}" for minor in range(5, 29)), "manylinux1", "manylinux2010", "manylinux2014")


@dataclass(frozen=True)
class Target:
    """A system with a processor.

    system: as in an update's manifest. arch: Debian's word for it. machine: the word in a wheel's name. glibc: the
    newest C library that any file may ask for. tags: platforms of the wheels that may be taken. pinned: versions
    other than the lock file's, where the locked one asks for more than the target has.
    """

    system: str
    arch: str
    machine: str
    glibc: tuple[int, int]
    tags: tuple[str, ...]
    pinned: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As in file names: linux-amd64."""
        return f"{self.system}-{self.arch}"


def _linux(arch: str, machine: str, tags: tuple[str, ...], pinned: dict[str, str]) -> Target:
    platforms = (*(f"{tag}_{machine}" for tag in tags), f"linux_{machine}")
    return Target("linux", arch, machine, (2, 36), platforms, pinned)


AMD64 = _linux("amd64", "x86_64", _OLD, {})
"""Debian 12's C library: its Python asks for it. Every wheel asks for 2.28 or less."""
ARM64 = _linux(
    "arm64",
    "aarch64",
    (*_OLD, *(f"manylinux_2_{minor}" for minor in range(29, 32))),
    {"pyside6-essentials": "6.8.0.2", "shiboken6": "6.8.0.2"},
)
"""The last PySide6 that asks for no more than 2.31 on this processor."""
WINDOWS = Target("windows", "amd64", "amd64", (0, 0), ("win_amd64",))
TARGETS = {target.name: target for target in (AMD64, ARM64, WINDOWS)}
