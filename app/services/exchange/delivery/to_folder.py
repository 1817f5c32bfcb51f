"""Delivers to a network folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.services.exchange.delivery.carrying import BLOCK, digest_of, name_taken, not_taken, unreachable


class FolderCarrier:
    """A folder as the system shows it; gone while the network is."""

    def __init__(self, folder: str):
        self._folder = Path(folder)

    def digest(self, name: str) -> str | None:
        """SHA-256 of a file there; None where there is none."""
        if not self._folder.is_dir():
            raise unreachable()
        try:
            with (self._folder / name).open("rb") as file:
                return digest_of(_blocks(file))
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise _trouble(fault) from fault

    def put(self, file: Path, name: str) -> None:
        """Go on at the end of what is there, and sync."""
        try:
            with file.open("rb") as source, (self._folder / name).open("ab") as out:
                source.seek(out.tell())
                for block in _blocks(source):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
        except OSError as fault:
            raise _trouble(fault) from fault

    def rename(self, old: str, new: str) -> None:
        """Only where the name is free."""
        if (self._folder / new).exists():
            raise name_taken(new)
        try:
            (self._folder / old).rename(self._folder / new)
        except OSError as fault:
            raise _trouble(fault) from fault

    def remove(self, name: str) -> None:
        """Take a file away."""
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as fault:
            raise _trouble(fault) from fault

    def close(self) -> None:
        """Nothing is held."""


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(BLOCK), b"")


def _trouble(fault: OSError) -> Refused:
    return not_taken(os.strerror(fault.errno) if fault.errno else "磁盘出错")
