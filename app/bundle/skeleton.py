"""The ZIP around a bundle's members, written and rebuilt byte by byte because no ZIP reader is strict enough."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from app.bundle.faults import Altered, Incomplete, NotABundle, TooBig
from app.bundle.limits import FILE_BYTES, MANIFEST_BYTES, PIECE_BYTES, SEALING_BYTES, SEGMENTS

MANIFEST_NAME = b"manifest.age"

_COMMON = struct.pack("<HHHHH", 20, 0, 0, 0, (1 << 5) | 1)
"""Version 20, no flags, stored, midnight of 1980-01-01."""
_LOCAL = b"PK\x03\x04" + _COMMON
_CENTRAL = b"PK\x01\x02" + struct.pack("<H", (3 << 8) | 20) + _COMMON
_MODE = 0o100600 << 16
_HEADER_BYTES = 30


@dataclass(frozen=True)
class Member:
    """One member: its name, the place of its bytes in the file, their number and their CRC-32."""

    name: bytes
    offset: int
    length: int
    crc: int


def segment_name(n: int) -> bytes:
    """0001.age for segment 1."""
    return b"%04d.age" % n


def local_header(name: bytes, length: int, crc: int) -> bytes:
    """What stands before a member's bytes."""
    return _LOCAL + struct.pack("<IIIHH", crc, length, length, len(name), 0) + name


def directory(members: Sequence[Member]) -> bytes:
    """The central directory and its end record: everything after the last member's bytes."""
    entries = b"".join(_central_header(member) for member in members)
    last = members[-1]
    end = struct.pack(
        "<HHHHIIH", 0, 0, len(members), len(members), len(entries), last.offset + last.length, 0
    )
    return entries + b"PK\x05\x06" + end


def _central_header(member: Member) -> bytes:
    start = member.offset - _HEADER_BYTES - len(member.name)
    sizes = struct.pack("<III", member.crc, member.length, member.length)
    rest = struct.pack("<HHHHHII", len(member.name), 0, 0, 0, 0, _MODE, start)
    return _CENTRAL + sizes + rest + member.name


class SkeletonWriter:
    """Writes members to a binary file in one pass; knows size and SHA-256 of what it wrote."""

    def __init__(self, out: BinaryIO):
        self._out = out
        self._digest = hashlib.sha256()
        self.members: list[Member] = []
        self.size = 0

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of everything written so far."""
        return self._digest.hexdigest()

    def add(self, name: bytes, data: bytes) -> None:
        """Append one member."""
        crc = zlib.crc32(data)
        header = local_header(name, len(data), crc)
        self.members.append(Member(name, self.size + len(header), len(data), crc))
        self._write(header)
        self._write(data)

    def close(self) -> None:
        """Append the directory; the file itself stays open."""
        self._write(directory(self.members))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self.size += len(data)


def read_skeleton(file: BinaryIO) -> tuple[Member, ...]:
    """The members of a bundle, segments first and the manifest last, without reading their bytes.

    Walks from the front, rebuilds each header and the directory from names and lengths and compares bytes.
    Raises `NotABundle`, `Incomplete` (ends early), `Altered` (anything else) or `TooBig`.
    """
    if file.seek(0, 2) > FILE_BYTES:
        raise TooBig("文件大小")
    start = _read_at(file, 0, len(_LOCAL))
    if not _LOCAL.startswith(start):
        raise NotABundle
    members = _walk(file)
    end = members[-1].offset + members[-1].length
    expected = directory(members)
    rest = _read_at(file, end, len(expected) + 1)
    if rest == expected:
        return members
    raise Incomplete if expected.startswith(rest) else Altered


def read_member(file: BinaryIO, member: Member) -> bytes:
    """A member's bytes, compared with its CRC-32; raises `Incomplete` or `Altered`."""
    data = _read_at(file, member.offset, member.length)
    if len(data) != member.length:
        raise Incomplete
    if zlib.crc32(data) != member.crc:
        raise Altered("成员 " + member.name.decode("ascii"))
    return data


def _walk(file: BinaryIO) -> tuple[Member, ...]:
    """The members; one said to end beyond the file is seen at what must follow it, which is not there."""
    members: list[Member] = []
    at = 0
    while True:
        member = _member_at(file, at, len(members) + 1)
        at = member.offset + member.length
        members.append(member)
        if member.name == MANIFEST_NAME:
            return tuple(members)


def _member_at(file: BinaryIO, at: int, n: int) -> Member:
    header = _read_at(file, at, _HEADER_BYTES + len(MANIFEST_NAME))
    if len(header) < _HEADER_BYTES:
        raise Incomplete if _LOCAL.startswith(header[: len(_LOCAL)]) else Altered
    crc, length, _, name_length, _ = struct.unpack_from("<IIIHH", header, len(_LOCAL))
    name = MANIFEST_NAME if name_length == len(MANIFEST_NAME) else segment_name(n)
    expected = local_header(name, length, crc)
    if header[: len(expected)] != expected:
        if expected.startswith(header):
            raise Incomplete
        raise NotABundle if at == 0 else Altered
    if name != MANIFEST_NAME and n > SEGMENTS:
        raise TooBig("分段数量")
    if length > (MANIFEST_BYTES if name == MANIFEST_NAME else PIECE_BYTES) + SEALING_BYTES:
        raise TooBig("分段大小")
    return Member(name, at + len(expected), length, crc)


def _read_at(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)
