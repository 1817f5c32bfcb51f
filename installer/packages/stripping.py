"""Takes the debugging symbols out of compiled Linux files; many wheels ship them, and nobody reads them at an office."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer.packages.elf import elf_files, read_elf

STRIP = "llvm-strip"
"""Strips files of any processor, the same bytes each time."""


def strip_symbols(folder: Path) -> None:
    """Strip every compiled file below a folder; one that could not be loaded after that stays as it came.

    Wheels change their files when they take libraries along, and stripping some of those breaks their layout.
    """
    for one in elf_files(folder):
        bare = one.path.with_name(f"{one.path.name}.bare")
        subprocess.run([STRIP, "--strip-unneeded", "-o", str(bare), str(one.path)], check=True)
        if read_elf(bare).is_laid_out and bare.stat().st_size < one.path.stat().st_size:
            bare.replace(one.path)
        else:
            bare.unlink()
