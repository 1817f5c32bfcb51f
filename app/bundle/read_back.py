"""Reads a written bundle back from its medium and compares, because sticks lie."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from app.bundle.drafts import WrittenBundle
from app.bundle.faults import ReadBackFailed
from app.bundle.keys import SiteKeys
from app.bundle.limits import MIB
from app.bundle.manifest import SENDER
from app.bundle.reading import Step, open_bundle
from app.errors import Refused


def read_back(path: Path, keys: SiteKeys, written: WrittenBundle, step: Step | None = None) -> None:
    """Verify a synced file against what was written, byte by byte, encrypted and plain; the sender's own key is enough.

    The lines in it were checked while they were written.

    Raises `ReadBackFailed`, or the medium's OSError.
    """
    with path.open("rb") as file:
        _forget_cached(file)
        if _digest(file) != (written.size, written.sha256):
            raise ReadBackFailed("E703")
        try:
            contract = written.manifest.least_reader
            open_bundle(file, keys, contract=contract, role=SENDER).verify_contents(step)
        except Refused as fault:
            raise ReadBackFailed(fault.code) from fault


def _digest(file: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(MIB):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def _forget_cached(file: BinaryIO) -> None:
    """Ask the system to read the medium itself, not its memory of it, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
