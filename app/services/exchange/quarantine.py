"""Keeps copies of bundle files under the name of their hash, whole and synced, and clears away what nobody waits for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from app.bundle.faults import TooBig
from app.bundle.limits import FILE_BYTES, MIB
from app.errors import Refused
from app.safe_write import open_safely
from app.text import told_name

LOCK = "turn.lock"
_INCOMING = "incoming"


def kept_file(folder: Path, sha256: str) -> Path:
    """Where the copy with this hash lies."""
    return folder / f"{sha256}.hmb"


def take_in(file: Path, folder: Path) -> str:
    """Copy a file in, so that the medium may be pulled and its name means nothing; the copy's SHA-256.

    Raises Refused E734 (cannot be read), TooBig, and E502 with the MB needed when the disk is full.
    """
    with _opened(file) as source:
        size = os.fstat(source.fileno()).st_size
        if size > FILE_BYTES:
            raise TooBig("文件大小")
        digest, incoming = hashlib.sha256(), folder / _INCOMING
        with open_safely(incoming, needed=size, is_private=True) as copy:
            for chunk in _chunks(source, file):
                digest.update(chunk)
                copy.write(chunk)
    incoming.replace(kept_file(folder, digest.hexdigest()))
    return digest.hexdigest()


def clear(folder: Path, waiting: Iterable[str]) -> None:
    """Remove every copy but those that wait, torn ones of a killed import included; only in one's own turn."""
    kept = {kept_file(folder, sha256) for sha256 in waiting}
    for path in folder.iterdir():
        if path not in kept and path.name != LOCK and path.is_file():
            path.unlink()


def unreadable(path: Path) -> Refused:
    """E734: a file or stick that cannot be read."""
    return Refused("E734", f"读不到文件“{told_name(path)}”，请检查 U 盘是否插好。")


def _opened(file: Path) -> BinaryIO:
    """A plain file, never a device or a pipe that would not end."""
    try:
        if file.is_file():
            return file.open("rb")
    except OSError as error:
        raise unreadable(file) from error
    raise unreadable(file)


def _chunks(source: BinaryIO, file: Path) -> Iterable[bytes]:
    """The file's bytes, no more than a bundle may have, whatever the medium said of its size."""
    done = 0
    while True:
        try:
            chunk = source.read(MIB)
        except OSError as error:
            raise unreadable(file) from error
        done += len(chunk)
        if done > FILE_BYTES:
            raise TooBig("文件大小")
        if not chunk:
            return
        yield chunk
