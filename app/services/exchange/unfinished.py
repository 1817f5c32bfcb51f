"""Remembers which files an export began, so that what a power cut left on a stick is removed by the next one."""

from __future__ import annotations

import re
from pathlib import Path

from app.kernel.slots import write_private

NAME = re.compile(r"[0-9a-f]{8}\.hmb")
MOST = 50
"""Names kept, for a stick that never comes back."""


class UnfinishedFiles:
    """A small side file of names; a name says nothing about the office."""

    def __init__(self, root: Path):
        self._file = root / "exports-begun.txt"

    def note(self, name: str) -> None:
        """A file of this name is about to be written somewhere."""
        write_private(self._file, "\n".join([*self._names(), name][-MOST:]).encode())

    def clear(self, folder: Path) -> None:
        """Remove the beginnings that lie in this folder, and nobody else's."""
        for name in self._names():
            part = folder / f"{name}.part"
            if part.is_file():
                part.unlink()

    def _names(self) -> list[str]:
        """The names on file; a torn line is no name, and names nothing outside the folder."""
        if not self._file.exists():
            return []
        lines = self._file.read_bytes().decode("ascii", "replace").split()
        return [line for line in lines if NAME.fullmatch(line)]
