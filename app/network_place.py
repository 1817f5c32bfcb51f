"""Knows whether a folder lies on another machine, where an office's data may not: locks and power cuts spoil them there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from app.errors import Refused

_MOUNTS = Path("/proc/self/mountinfo")
_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "ceph",
        "9p",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "fuse.davfs2",
    }
)
_REMOTE_DRIVE = 4
_ESCAPED = re.compile(r"\\([0-7]{3})")
"""How the list of mounts writes spaces and the like."""


def refuse_network_place(folder: Path, mounts: Path = _MOUNTS) -> None:
    """Raises Refused E978 for a folder on a network share or a drive that stands for one. It need not be there yet."""
    if is_on_network(folder, mounts):
        raise Refused(
            "E978",
            "数据文件夹在网络上的另一台电脑里，断网或两台同时写会损坏数据，没有打开。"
            "请用 --data-dir 指定本机硬盘上的文件夹；用户文件夹在网络上的，请技术人员改回本机。",
        )


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether the folder lies on another machine's disk, as far as the system tells."""
    if sys.platform == "win32":
        import ctypes

        place = folder.absolute()
        is_remote_drive = ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE
        return is_share(str(place)) or bool(is_remote_drive)
    return _kind_of_mount(folder.resolve(), mounts) in _FILE_SYSTEMS


def is_share(place: str) -> bool:
    """Whether a Windows path names another machine itself."""
    if place.startswith("\\\\?\\"):
        return place.startswith("\\\\?\\UNC\\")
    return place.startswith("\\\\")


def _kind_of_mount(place: Path, mounts: Path) -> str:
    """The kind of the innermost mount that holds a place; "" where the list cannot be read."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found = (-1, "")
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(_ESCAPED.sub(lambda one: chr(int(one[1], 8)), before.split()[4]))
        if place.is_relative_to(point) and len(point.parts) >= found[0]:
            found = (len(point.parts), after.split()[0])
    return found[1]
