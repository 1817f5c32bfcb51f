"""Where the installed program lies: versions side by side, and one file that names the one to start and the one before."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.paths import program_base
from app.safe_write import CannotWrite, write_safely
from app.services.update.release import Release, read_release

PART = ".part"
"""Ending of the folder of a version that is not whole yet."""


@dataclass(frozen=True)
class Installation:
    """The program's folder. `current` has two lines: the version that is started, and the one before it or nothing."""

    base: Path

    @property
    def versions(self) -> Path:
        return self.base / "versions"

    @property
    def incoming(self) -> Path:
        """Where an update is copied off the stick and verified; only an administrator writes here."""
        return self.base / "incoming"

    @property
    def pointer(self) -> Path:
        return self.base / "current"

    def folder(self, version: str) -> Path:
        """The folder of a version, there or not."""
        return self.versions / version

    def named(self) -> tuple[str, str]:
        """The version that is started and the one before, "" where there is none. Raises Refused E964."""
        try:
            lines = self.pointer.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as fault:
            raise _not_installed() from fault
        names = [*lines, "", ""]
        return names[0], names[1]

    def current(self) -> Release:
        """The version that is started. Raises Refused E964."""
        found = read_release(self.folder(self.named()[0]))
        if found is None:
            raise _not_installed()
        return found

    def former(self) -> Release | None:
        """The version before, if it is still there."""
        name = self.named()[1]
        return read_release(self.folder(name)) if name else None

    def switch(self, version: str, before: str) -> None:
        """Name another version to start: one file takes the place of another, so that either is named and never none."""
        write_safely(self.pointer, f"{version}\n{before}\n".encode())

    def choose(self, packaged: str) -> str:
        """After a package was installed: name its version to start, unless a stick has brought a later one; which it is.

        Raises Refused E964 where the packaged version is not there.
        """
        release = read_release(self.folder(packaged))
        if release is None:
            raise _not_installed()
        named = self.named()[0] if self.pointer.exists() else ""
        there = read_release(self.folder(named)) if named else None
        if there is not None and there.counter > release.counter:
            return named
        self.switch(packaged, named if there is not None and named != packaged else "")
        return packaged

    def clear(self) -> None:
        """Remove what a killed update left, and versions that nobody can go back to; what is started stays."""
        shutil.rmtree(self.incoming, ignore_errors=True)
        kept = set(self.named())
        for folder in sorted(self.versions.iterdir()):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def is_writable(self) -> bool:
        """Whether whoever runs this may change the program."""
        try:
            write_safely(self.base / "may-write", b"")
            (self.base / "may-write").unlink()
        except (CannotWrite, OSError):
            return False
        return True


def installation(base: Path | None = None) -> Installation:
    """The installed program that is running, or the one in a folder. Raises Refused E964 where there is none."""
    found = base or program_base()
    if found is None:
        raise _not_installed()
    place = Installation(found)
    place.current()
    return place


def _not_installed() -> Refused:
    return Refused(
        "E964", "本程序不是用安装包装的，或安装不完整，不能这样更新或退回。请用安装包重新安装，数据不受影响。"
    )
