"""Lays a Python of its own into the program from the system's packages, with the libraries that it loads."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.packages.elf import elf_files
from installer.packages.targets import PYTHON, Target

PACKAGES = (f"python{PYTHON}-minimal", f"libpython{PYTHON}-minimal", f"libpython{PYTHON}-stdlib")
LIBRARIES = {
    "libssl3": ("libssl.so.3", "libcrypto.so.3"),
    "libffi8": ("libffi.so.8",),
    "libexpat1": ("libexpat.so.1",),
    "zlib1g": ("libz.so.1",),
    "libbz2-1.0": ("libbz2.so.1.0",),
    "liblzma5": ("liblzma.so.5",),
    "libuuid1": ("libuuid.so.1",),
    "libxcb-cursor0": ("libxcb-cursor.so.0",),
}
"""Debian package → the libraries that are taken along, so that a bare system and the unpacked archive have them."""
_DROPPED = (
    "test",
    "idlelib",
    "lib2to3",
    "tkinter",
    "ensurepip",
    "turtledemo",
    "distutils",
    "pydoc_data",
    "sqlite3",
    "config-*",
)
_DROPPED_MODULES = (
    "_sqlite3",
    "_curses",
    "_dbm",
    "_gdbm",
    "readline",
    "nis",
    "ossaudiodev",
    "_tkinter",
    "_ctypes_test",
)


def lay_python(target: Target, cache: Path, home: Path) -> None:
    """Python below `home`, its libraries in `home`/lib; every file that loads one of them looks there."""
    unpacked = cache / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    for file in _bring_packages(target, cache):
        subprocess.run(["dpkg-deb", "-x", str(file), str(unpacked)], check=True)
    library = home / "lib" / f"python{PYTHON}"
    shutil.copytree(unpacked / "usr/lib" / f"python{PYTHON}", library, symlinks=False, ignore=_is_dropped)
    shutil.rmtree(library / "__pycache__", ignore_errors=True)
    (home / "bin").mkdir()
    shutil.copy2(unpacked / "usr/bin" / f"python{PYTHON}", home / "bin/python")
    names = {name for names in LIBRARIES.values() for name in names}
    for path in sorted(unpacked.rglob("*.so.*")):
        if path.name in names:
            shutil.copy2(path.resolve(), home / "lib" / path.name)
    for one in elf_files(home):
        if names.intersection(one.needed):
            place = os.path.relpath(home / "lib", one.path.parent)
            subprocess.run(["patchelf", "--set-rpath", f"$ORIGIN/{place}", str(one.path)], check=True)


def _is_dropped(folder: str, names: list[str]) -> list[str]:
    """What of the standard library stays away: tests, other interfaces, what would load libraries that are not there."""
    here = Path(folder)
    dropped = (
        {path.name for pattern in _DROPPED for path in here.glob(pattern)}
        if here.name.startswith("python")
        else set()
    )
    dropped |= {name for name in names if name.startswith(_DROPPED_MODULES) and name.endswith(".so")}
    dropped |= {name for name in names if name in ("__pycache__", "sitecustomize.py", "EXTERNALLY-MANAGED")}
    # Links into /etc of a system whose Python this is not.
    return sorted(
        dropped | {name for name in names if (here / name).is_symlink() and not (here / name).exists()}
    )


def _bring_packages(target: Target, cache: Path) -> list[Path]:
    """The package files of the target's processor, fetched with lists of its own, so that the machine stays as it is."""
    wanted = (*PACKAGES, *LIBRARIES)
    if not all(list(cache.glob(f"{name}_*.deb")) for name in wanted):
        state = cache / "apt"
        for folder in ("lists/partial", "archives/partial"):
            (state / folder).mkdir(parents=True, exist_ok=True)
        (state / "status").touch()
        options = [
            f"APT::Architecture={target.arch}",
            f"APT::Architectures={target.arch}",
            f"Dir::State::Lists={state}/lists",
            f"Dir::State::status={state}/status",
            f"Dir::Cache={state}",
            "Dir::Etc::sourcelist=/etc/apt/sources.list.d/debian.sources",
            "Dir::Etc::sourceparts=-",
            "APT::Sandbox::User=root",
        ]
        apt = ["apt-get", "-qq", *(word for option in options for word in ("-o", option))]
        subprocess.run([*apt, "update"], check=True)
        subprocess.run([*apt, "download", *wanted], check=True, cwd=cache)
    return [sorted(cache.glob(f"{name}_*.deb"))[-1] for name in wanted]
