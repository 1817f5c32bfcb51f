"""Writes the program's folder as one archive, for systems whose packages nobody may install."""

from __future__ import annotations

import lzma
import tarfile
from pathlib import Path


def write_archive(tree: Path, name: str, out: Path, seconds: int) -> Path:
    """The folder as `name`.tar.xz; the same folder gives the same bytes."""
    made = out / f"{name}.tar.xz"
    with lzma.open(made, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for path in sorted(tree.rglob("*")):
            member = archive.gettarinfo(str(path), f"{name}/{path.relative_to(tree).as_posix()}")
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mtime = seconds
            if member.isreg():
                with path.open("rb") as content:
                    archive.addfile(member, content)
            else:
                archive.addfile(member)
    return made
