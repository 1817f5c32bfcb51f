"""Lets one program at a time do what two at once would spoil; the operating system frees the turn of a killed one."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.private_files import make_private_folder, private

_PAUSE_SECONDS = 0.1


@contextmanager
def own_turn(file: Path, refusal: Refused, patience: float) -> Iterator[None]:
    """Hold the lock file while the block lasts; waits up to `patience` seconds. Raises the refusal after that."""
    make_private_folder(file.parent)
    # The file stays when the turn ends: were it removed, two programs could hold locks on two files of one name.
    with open(file, "ab", opener=private) as held:
        end = time.monotonic() + patience
        while not _lock(held):
            if time.monotonic() >= end:
                raise refusal
            time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            _unlock(held)


if sys.platform == "win32":
    import msvcrt

    def _lock(held: BinaryIO) -> bool:
        held.seek(0)
        try:
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(held: BinaryIO) -> None:
        held.seek(0)
        msvcrt.locking(held.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(held: BinaryIO) -> bool:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(held: BinaryIO) -> None:
        fcntl.flock(held, fcntl.LOCK_UN)
