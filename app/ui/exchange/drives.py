"""Finds the sticks that are plugged in, so that a clerk picks one by its name."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

MOUNT_PLACES = ("/media/", "/run/media/", "/mnt/")
_WINDOWS_REMOVABLE = 2
_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


@dataclass(frozen=True)
class Drive:
    """A stick: where it is, what it is called, its free bytes."""

    path: Path
    title: str
    free: int

    @property
    def words(self) -> str:
        """Name and free room."""
        return f"{self.title}　剩余 {size_words(self.free)}"


def drives() -> list[Drive]:
    """The removable drives that can be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        path = Path(volume.rootPath())
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and is_removable(path):
            name = volume.displayName() or path.name
            found.append(Drive(path, _title(name, path), volume.bytesAvailable()))
    return found


def is_removable(path: Path) -> bool:
    """Whether what is mounted there can be pulled out."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(str(path)) == _WINDOWS_REMOVABLE)
    return f"{path.as_posix()}/".startswith(MOUNT_PLACES)


def size_words(size: int) -> str:
    """Bytes as 3.2 GB, 11 MB."""
    for unit, word in _UNITS:
        if size >= unit:
            whole = size / unit
            return f"{whole:.1f} {word}" if whole < 10 else f"{whole:.0f} {word}"
    return f"{size} B"


def _title(name: str, path: Path) -> str:
    if sys.platform == "win32":
        return f"{name}（{path.as_posix().rstrip('/')}）"
    return path.name if name == path.as_posix() else name
