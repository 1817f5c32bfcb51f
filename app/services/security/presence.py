"""Knows who has an office open: any number of programs side by side, or one that has it alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.private_files import private

_PAUSE_SECONDS = 0.05


class Presence:
    """One program's stay in an office; the operating system ends that of a killed one."""

    def __init__(self, file: Path):
        self._held: BinaryIO | None = open(file, "ab", opener=private)  # noqa: SIM115 - held until leave()

    def enter(self, refusal: Refused, patience: float) -> None:
        """Be there beside others. Raises the refusal when somebody had it alone for longer than `patience` seconds."""
        end = time.monotonic() + patience
        while self._held is not None and not _share(self._held):
            if time.monotonic() >= end:
                self.leave()
                raise refusal
            time.sleep(_PAUSE_SECONDS)

    def be_alone(self) -> bool:
        """Have the office alone, if nobody else is there."""
        return self._held is not None and _own(self._held)

    def leave(self) -> None:
        """Be there no longer; closing the file gives up its lock."""
        if self._held is not None:
            self._held.close()
            self._held = None


@contextmanager
def alone(file: Path) -> Iterator[bool]:
    """Whether the office is one's own for the block: nobody else has it open, and nobody gets in meanwhile."""
    presence = Presence(file)
    try:
        yield presence.be_alone()
    finally:
        presence.leave()


if sys.platform == "win32":
    import msvcrt

    _SEATS = 64
    """Windows locks bytes for one program only: who shares takes one of these, who wants to be alone takes all."""

    def _share(held: BinaryIO) -> bool:
        return any(_lock(held, seat, 1) for seat in range(_SEATS))

    def _own(held: BinaryIO) -> bool:
        return _lock(held, 0, _SEATS)

    def _lock(held: BinaryIO, start: int, length: int) -> bool:
        held.seek(start)
        try:
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, length)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _share(held: BinaryIO) -> bool:
        return _lock(held, fcntl.LOCK_SH)

    def _own(held: BinaryIO) -> bool:
        return _lock(held, fcntl.LOCK_EX)

    def _lock(held: BinaryIO, how: int) -> bool:
        try:
            fcntl.flock(held, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
