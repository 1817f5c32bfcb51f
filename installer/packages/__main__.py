"""`make packages`: builds what this machine can build, and says plainly what it could not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from app import __version__
from installer.packages.archive import write_archive
from installer.packages.debian_package import write_deb
from installer.packages.desktop import write_share
from installer.packages.elf import NotRight, check_elf_files
from installer.packages.needs import missing_libraries, packages_of
from installer.packages.program import LAUNCHER, make_version, set_times, write_program
from installer.packages.targets import AMD64, ARM64, ROOT, Target
from installer.packages.windows import build_windows

BUILD, OUT = ROOT / "build", ROOT / "dist"
MEGABYTE = 1024 * 1024
LIMITS = {".exe": 70 * MEGABYTE, ".deb": 120 * MEGABYTE}
"""The greatest size of each kind of package."""


def main(wanted: list[str]) -> int:
    """Build the targets that are named, or all; 1 where one of them could not be built."""
    OUT.mkdir(exist_ok=True)
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or _last_change())
    steps: dict[str, Callable[[], list[Path]]] = {
        "amd64": lambda: _build_linux(AMD64, seconds),
        "windows": lambda: build_windows(BUILD, OUT, seconds),
        "arm64": lambda: _build_linux(ARM64, seconds),
    }
    made: list[Path] = []
    failed = 0
    for name in wanted or steps:
        try:
            made += steps[name]()
        except (NotRight, subprocess.CalledProcessError, OSError) as fault:
            failed += 1
            sys.stderr.write(f"{name}: not built: {fault}\n")
    for path in made:
        failed += _tell_size(path)
    return 1 if failed else 0


def _build_linux(target: Target, seconds: int) -> list[Path]:
    tree = BUILD / f"huimin-{target.name}"
    shutil.rmtree(tree, ignore_errors=True)
    version = tree / "versions" / __version__
    make_version(target, BUILD, version)
    files = check_elf_files(version, target.machine, target.glibc)
    newest = max(one.glibc for one in files)
    write_program(tree / "huimin", LAUNCHER)
    (tree / "current").write_text(f"{__version__}\n\n", encoding="utf-8")
    share = BUILD / "share"
    write_share(share)
    shutil.copytree(share, tree / "share")
    set_times(tree, seconds)
    depends = packages_of(missing_libraries(files))
    depends[depends.index("libc6")] = f"libc6 (>= {newest[0]}.{newest[1]})"
    sys.stderr.write(f"{target.name}: {len(files)} compiled files, glibc {newest[0]}.{newest[1]}\n")
    return [
        write_deb(target, tree, share, depends, OUT, seconds),
        write_archive(tree, f"huimin-{__version__}-{target.name}", OUT, seconds),
    ]


def _tell_size(path: Path) -> int:
    """Print a package's size; 1 where it is larger than it may be."""
    size = path.stat().st_size
    most = LIMITS.get(path.suffix, 0)
    words = f" (at most {most // MEGABYTE} MB)" if most else ""
    sys.stdout.write(f"{path.name:44} {size / MEGABYTE:7.1f} MB{words}\n")
    return 1 if most and size > most else 0


def _last_change() -> str:
    """When the source was last changed, so that the same source gives the same bytes."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
