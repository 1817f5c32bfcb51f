"""The encrypted scans in a backup: one member, file after file, so that its directory stays short whatever their number."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Protocol

from app.bundle.limits import MIB
from app.documents.scan import LARGEST_SCAN
from app.kernel.attachments import TAG_BYTES, attachment_file
from app.paths import DataDir
from app.safe_write import make_folder, open_safely

FILES = "attachments"
_HEAD = struct.Struct(">32sQ")
"""Before each file: the SHA-256 of its plain content, and the bytes of the sealed file that follow."""


class BadFiles(Exception):
    """A member that is not what this program wrote."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def write_files(out: IO[bytes], data: DataDir, digests: Iterable[str]) -> None:
    """The sealed files as they are; one that was erased meanwhile is left out."""
    for digest in digests:
        try:
            source = attachment_file(data, digest).open("rb")
        except FileNotFoundError:
            continue
        with source:
            size = source.seek(0, 2)
            source.seek(0)
            out.write(_HEAD.pack(bytes.fromhex(digest), size))
            shutil.copyfileobj(source, out, MIB)


def read_files(source: _Readable, draft: DataDir) -> int:
    """Put each file in its place in the draft, synced; how many. Raises BadFiles, and CannotWrite of the disk."""
    count = 0
    while head := _exactly(source, _HEAD.size, may_end=True):
        digest, size = _HEAD.unpack(head)
        target = attachment_file(draft, digest.hex())
        if size > LARGEST_SCAN + TAG_BYTES or target.exists():
            raise BadFiles
        _read_file(source, target, size)
        count += 1
    return count


def _read_file(source: _Readable, target: Path, size: int) -> None:
    make_folder(target.parent, is_private=True)
    with open_safely(target, needed=size, is_private=True) as out:
        left = size
        while left:
            block = _exactly(source, min(left, MIB))
            out.write(block)
            left -= len(block)


def _exactly(source: _Readable, size: int, *, may_end: bool = False) -> bytes:
    found = bytearray()
    while len(found) < size:
        block = source.read(size - len(found))
        if not block:
            break
        found += block
    if len(found) != size and (found or not may_end):
        raise BadFiles
    return bytes(found)
