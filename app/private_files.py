"""Makes files and folders that only their owner may read; Windows keeps a user's data folder to the user by itself."""

from __future__ import annotations

import os
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def private(path: str, flags: int) -> int:
    """An opener for open(): what it makes is for the owner only."""
    return os.open(path, flags, FILE_MODE)


def make_private_file(path: Path) -> None:
    """An empty file of the owner's; one that is there stays as it is."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, FILE_MODE))


def make_private_folder(folder: Path) -> None:
    """A folder of the owner's, and those above it as the system makes them; one that is there stays as it is."""
    folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)


def tighten(root: Path) -> None:
    """Close a folder and all in it to others, once: where it is closed already nobody else reaches what lies inside."""
    if os.name == "nt" or not root.stat().st_mode & 0o077:
        return
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
    root.chmod(FOLDER_MODE)
