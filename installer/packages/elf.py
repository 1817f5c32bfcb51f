"""Reads what a compiled Linux file asks of the machine: other libraries, and the C library's version."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRINGS, _VERSIONS_NEEDED, _VERSIONS_COUNT = 1, 5, 0x6FFFFFFE, 0x6FFFFFFF
_MACHINES = {0x3E: "x86_64", 0xB7: "aarch64"}


@dataclass(frozen=True)
class ElfFile:
    """One compiled file. needed: file names of the libraries it loads. glibc: the newest C library it asks for.

    is_laid_out: its parts lie where they can be mapped into memory; a file that was changed carelessly fails there.
    """

    path: Path
    machine: str
    needed: tuple[str, ...]
    glibc: tuple[int, int]
    is_laid_out: bool


class NotRight(Exception):
    """Compiled files that would not run on the target, in words."""


def elf_files(folder: Path) -> list[ElfFile]:
    """Every compiled file below a folder, in the order of their names; links are followed once, at their target."""
    paths = (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())
    return [read_elf(path) for path in paths if _is_elf(path)]


def check_elf_files(folder: Path, machine: str, glibc: tuple[int, int]) -> list[ElfFile]:
    """The compiled files below a folder.

    Raises NotRight naming each that asks for a newer C library or another machine, or cannot be mapped into memory.
    """
    found = elf_files(folder)
    wrong = [
        f"{one.path.relative_to(folder)}: {one.machine}, glibc {one.glibc[0]}.{one.glibc[1]}"
        f"{'' if one.is_laid_out else ', parts out of place'}"
        for one in found
        if one.machine != machine or one.glibc > glibc or not one.is_laid_out
    ]
    if wrong:
        raise NotRight(f"not for {machine} with glibc {glibc[0]}.{glibc[1]}:\n" + "\n".join(wrong))
    return found


def read_elf(path: Path) -> ElfFile:
    """What one file asks for. Raises NotRight for one that is not 64-bit and little-endian, or is cut off."""
    data = path.read_bytes()
    if data[4:6] != b"\x02\x01":
        raise NotRight(f"{path.name}: not a 64-bit little-endian file")
    try:
        return _Reader(data).file(path)
    except (struct.error, IndexError, ValueError) as error:
        raise NotRight(f"{path.name}: cut off or damaged") from error


class _Reader:
    def __init__(self, data: bytes):
        self._data = data
        offset, size, count = self._at("<Q", 32)[0], self._at("<H", 54)[0], self._at("<H", 56)[0]
        heads = [self._at("<IIQQQQQQ", offset + number * size) for number in range(count)]
        loads = [head for head in heads if head[0] == _LOAD]
        self._loads = [(start, place, length) for _, _, place, start, _, length, _, _ in loads]
        self._is_laid_out = all(
            (start - place) % (page or 1) == 0 and place + length <= len(data)
            for _, _, place, start, _, length, _, page in loads
        )
        dynamic = [(head[2], head[5]) for head in heads if head[0] == _DYNAMIC]
        self._tags = [
            self._at("<QQ", at) for place, length in dynamic for at in range(place, place + length, 16)
        ]
        self._strings = self._place(self._first(_STRINGS)) if self._tags else 0

    def file(self, path: Path) -> ElfFile:
        machine = self._at("<H", 18)[0]
        needed = tuple(self._text(value) for tag, value in self._tags if tag == _NEEDED)
        versions = [name for name in self._versions() if name.startswith("GLIBC_2.")]
        numbers = [tuple(map(int, name[6:].split(".")))[:2] for name in versions]
        newest = max(numbers, default=(0, 0))
        return ElfFile(
            path,
            _MACHINES.get(machine, f"{machine:#x}"),
            needed,
            (newest[0], newest[1]),
            self._is_laid_out,
        )

    def _versions(self) -> Iterator[str]:
        """Names of the versions that the file needs of its libraries."""
        count = self._first(_VERSIONS_COUNT)
        at = self._place(self._first(_VERSIONS_NEEDED)) if count else 0
        for _ in range(count):
            _, names, _, first, following = self._at("<HHIII", at)
            name = at + first
            for _ in range(names):
                _, _, _, text, after = self._at("<IHHII", name)
                yield self._text(text)
                name += after
            at += following

    def _first(self, wanted: int) -> int:
        return int(next((value for tag, value in self._tags if tag == wanted), 0))

    def _text(self, offset: int) -> str:
        start = self._strings + offset
        return self._data[start : self._data.index(b"\0", start)].decode()

    def _place(self, address: int) -> int:
        """Where in the file something lies that is loaded at an address."""
        for start, place, length in self._loads:
            if start <= address < start + length:
                return int(address - start + place)
        raise ValueError("address outside the file")

    def _at(self, form: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._data, offset)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
