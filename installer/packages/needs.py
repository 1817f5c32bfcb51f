"""Works out which Debian packages a tree needs, from the libraries that its compiled files load."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable

from installer.packages.elf import ElfFile, NotRight

_PLACE = re.compile(r"^(?P<package>[\w.+-]+)(:\w+)?(, .*)?: /(usr/)?lib/")


def missing_libraries(files: Iterable[ElfFile]) -> set[str]:
    """File names of the libraries that the tree loads and does not hold."""
    files = list(files)
    held = {one.path.name for one in files}
    return {name for one in files for name in one.needed} - held


def packages_of(libraries: Iterable[str]) -> list[str]:
    """The packages that bring the libraries, as this machine's system names them. Raises NotRight for one nobody brings."""
    found = {_package_of(name) for name in libraries if not name.startswith("ld-linux")}
    return sorted(found - {"libc6", "libgcc-s1"} | {"libc6", "libgcc-s1"})


def _package_of(library: str) -> str:
    done = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        match = _PLACE.match(line)
        if match and line.endswith(f"/{library}"):
            return match["package"]
    raise NotRight(
        f"no package on this machine brings {library}; install what brings it, or leave out what loads it"
    )
