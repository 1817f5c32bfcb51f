"""Records the writes and syncs of a process and builds the disks that a power cut may leave behind, for tests."""

from __future__ import annotations

import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = (
    "openat,creat,lseek,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,rename,renameat,renameat2,unlink,"
    "unlinkat,link,linkat,fsync,fdatasync,sendfile,copy_file_range"
)
UNKNOWN = ("writev", "pwritev", "truncate", "fallocate", "link", "linkat", "sendfile", "copy_file_range")
"""Ways to change a file that the model does not know; a program that takes one makes the test fail, not pass."""
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += +(-?\d+)(?:<(.*)>)?(?: .*)?$")
_HALF = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_REST = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2}|[^\\>])*)>")


def can_record() -> bool:
    """Whether strace, which must be here, may see a process's file operations."""
    return (
        subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True).returncode
        == 0
    )


@dataclass(frozen=True)
class Step:
    """One operation: write, size or sync of a file (by number), or make, move, remove or settle of names."""

    kind: str
    file: int = -1
    at: int = 0
    data: bytes = b""
    path: str = ""
    to: str = ""


@dataclass
class Recording:
    """What a process did to the files below some folders. files: number → content before, as it lay on the disk."""

    roots: Sequence[Path]
    steps: list[Step] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    content: list[bytes] = field(default_factory=list)

    def known(self, path: str) -> int:
        """A new number for a file that begins empty."""
        self.content.append(b"")
        self.steps.append(Step("make", len(self.content) - 1, path=path))
        return len(self.content) - 1


def recorded(command: Sequence[str], roots: Sequence[Path], log: Path, cwd: Path) -> Recording:
    """Run a command and record it; what lies below the roots beforehand is taken as safely on the disk."""
    found = Recording([root.resolve() for root in roots])
    for root in found.roots:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                found.before[str(path)] = len(found.content)
                found.content.append(path.read_bytes())
    traced = ["strace", "-f", "-y", "-xx", "-s", "99999999", "-e", f"trace={CALLS}", "-o", str(log), *command]
    done = subprocess.run(traced, check=False, capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, done.stderr
    _Reader(found).read(_whole_lines(log))
    return found


class _Reader:
    """Follows open files, their names and positions through the lines of the recording."""

    def __init__(self, found: Recording):
        self.found = found
        self.names = dict(found.before)
        self.open: dict[int, tuple[int, bool]] = {}
        self.position: dict[int, int] = {}
        self.sizes = {number: len(content) for number, content in enumerate(found.content)}

    def read(self, lines: Iterable[str]) -> None:
        """Every line that succeeded."""
        for line in lines:
            match = _LINE.match(line)
            if match and int(match[3]) >= 0:
                self._take(match[1], match[2], int(match[3]))

    def _take(self, call: str, said: str, result: int) -> None:
        texts = [bytes.fromhex(one.replace("\\x", "")) for one in _TEXT.findall(said)]
        if call in ("openat", "creat"):
            self._open(texts[-1].decode(), said, result)
        elif call.startswith("rename"):
            self._move(texts[0].decode(), texts[1].decode())
        elif call.startswith("unlink"):
            path = texts[0].decode()
            if self._is_ours(path):
                self.names.pop(path, None)
                self.found.steps.append(Step("remove", path=path))
        else:
            self._on_file(call, said, texts, result)

    def _is_ours(self, path: str) -> bool:
        return any(path.startswith(f"{root}/") or path == str(root) for root in self.found.roots)

    def _open(self, path: str, said: str, handle: int) -> None:
        self.open.pop(handle, None)
        if not self._is_ours(path) or Path(path).is_dir() or path.endswith("-shm"):
            return
        if path not in self.names:
            if "O_CREAT" not in said:
                return
            self.names[path] = self.found.known(path)
            self.sizes[self.names[path]] = 0
        number = self.names[path]
        self.open[handle] = number, "O_APPEND" in said
        self.position[handle] = 0
        if "O_TRUNC" in said and self.sizes[number]:
            self._size(number, 0)

    def _move(self, path: str, to: str) -> None:
        if self._is_ours(path):
            self.names[to] = self.names.pop(path)
            self.found.steps.append(Step("move", path=path, to=to))

    def _on_file(self, call: str, said: str, texts: list[bytes], result: int) -> None:
        match = _FILE.match(said)
        if match is None:
            return
        handle, path = int(match[1]), _plain(match[2])
        if call in ("fsync", "fdatasync") and self._is_ours(path) and Path(path).is_dir():
            self.found.steps.append(Step("settle", path=path))
            return
        if handle not in self.open or not self._is_ours(path):
            return
        assert call not in UNKNOWN, f"{call} on {path} is not in the model"
        number, is_appending = self.open[handle]
        if call in ("fsync", "fdatasync"):
            self.found.steps.append(Step("sync", number))
        elif call == "ftruncate":
            self._size(number, int(said.rsplit(",", 1)[1]))
        elif call == "lseek":
            self.position[handle] = result
        elif call == "pwrite64":
            self._write(number, int(said.rsplit(",", 1)[1]), texts[-1][:result])
        elif call == "write":
            at = self.sizes[number] if is_appending else self.position[handle]
            self._write(number, at, texts[-1][:result])
            self.position[handle] = at + result

    def _write(self, number: int, at: int, data: bytes) -> None:
        self.sizes[number] = max(self.sizes[number], at + len(data))
        self.found.steps.append(Step("write", number, at, data))

    def _size(self, number: int, size: int) -> None:
        self.sizes[number] = size
        self.found.steps.append(Step("size", number, size))


def _whole_lines(log: Path) -> Iterator[str]:
    """The lines, those joined that another thread came between."""
    halves: dict[str, str] = {}
    with log.open(encoding="ascii", errors="replace") as file:
        for line in file:
            if half := _HALF.match(line):
                halves[half[1]] = f"{half[1]} {half[2]}"
            elif rest := _REST.match(line):
                yield f"{halves.pop(rest[1])}{rest[2]}"
            else:
                yield line.rstrip("\n")


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


def crash_image(recording: Recording, steps: int, chance: random.Random) -> dict[str, bytes]:
    """Path → content of one disk that a power cut after so many steps may leave.

    What was synced is there. Of the rest each write is there, torn at a sector, or not, whatever came after it; names
    that were not settled change in their order up to some point.
    """
    done = recording.steps[:steps]
    mood = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    synced = {step.file: place for place, step in enumerate(done) if step.kind == "sync"}
    settled = {step.path: place for place, step in enumerate(done) if step.kind == "settle"}
    content = {number: bytearray(held) for number, held in enumerate(recording.content)}
    for place, step in enumerate(done):
        if step.kind in ("write", "size"):
            is_safe = place < synced.get(step.file, -1)
            if is_safe or chance.random() < mood:
                _apply(content[step.file], step, None if is_safe or chance.random() < 0.7 else chance)
    return {
        path: bytes(content[number])
        for path, number in _names(recording, done, settled, chance, mood).items()
    }


def _names(
    recording: Recording, done: Sequence[Step], settled: dict[str, int], chance: random.Random, mood: float
) -> dict[str, int]:
    names, stopped = dict(recording.before), defaultdict[str, bool](bool)
    for place, step in enumerate(done):
        if step.kind not in ("make", "move", "remove"):
            continue
        folder = str(Path(step.path).parent)
        if place >= settled.get(folder, -1):
            stopped[folder] = stopped[folder] or chance.random() >= mood
        if stopped[folder]:
            continue
        if step.kind == "make":
            names[step.path] = step.file
        elif step.kind == "move":
            names[step.to] = names.pop(step.path)
        else:
            names.pop(step.path, None)
    return names


def _apply(held: bytearray, step: Step, torn: random.Random | None) -> None:
    if step.kind == "size":
        del held[step.at :]
        held.extend(bytes(step.at - len(held)))
        return
    for start in range(0, len(step.data), SECTOR):
        if torn is not None and torn.random() < 0.5:
            continue
        part, at = step.data[start : start + SECTOR], step.at + start
        held.extend(bytes(max(0, at + len(part) - len(held))))
        held[at : at + len(part)] = part


def lay_out(image: dict[str, bytes], roots: Sequence[Path]) -> None:
    """Make the folders hold exactly the image's files."""
    for root in roots:
        for path in root.rglob("*"):
            if path.is_file():
                path.unlink()
    for name, content in image.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
