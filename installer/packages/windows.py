"""Builds the Windows setup: the tree from wheels, two small launchers, icons, and the official Python by path."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from app import __version__
from app.ui.program_icon import KIOSK, OFFICE
from installer.packages.desktop import KINDS, write_ico
from installer.packages.elf import NotRight
from installer.packages.program import make_version, set_times
from installer.packages.targets import WINDOWS

HERE = Path(__file__).resolve().parent
PYTHON_SHA256 = "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b"
"""Of the official embeddable archive of Python 3.11.9 for 64-bit Windows."""
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"


def build_windows(build: Path, out: Path, seconds: int) -> list[Path]:
    """The setup, where the variable PYTHON_ZIP names the official archive; else the tree and a trial of the setup only.

    Raises NotRight where a tool is missing or the archive is another one than was pinned.
    """
    for tool in ("makensis", COMPILER, RESOURCES):
        if shutil.which(tool) is None:
            raise NotRight(f"{tool} is missing; on Debian: apt-get install nsis gcc-mingw-w64-x86-64-win32")
    tree = build / f"huimin-{WINDOWS.name}"
    shutil.rmtree(tree, ignore_errors=True)
    version = tree / "versions" / __version__
    make_version(WINDOWS, build, version)
    _compile_launchers(build, tree)
    archive = os.environ.get("PYTHON_ZIP", "")
    if archive:
        lay_windows_python(Path(archive), version / "python")
    set_times(tree, seconds)
    if archive:
        made = out / f"Huimin-Setup-{__version__}.exe"
        _write_setup(build, tree, made, seconds)
        return [made]
    trial = build / f"setup-without-python-{__version__}.exe"
    _write_setup(build, tree, trial, seconds)
    sys.stderr.write(
        "windows: no setup: PYTHON_ZIP does not name the official embeddable archive of Python 3.11.9 "
        f"(python-3.11.9-embed-amd64.zip). The tree is whole but for it; a trial setup has "
        f"{trial.stat().st_size / 1024 / 1024:.1f} MB.\n"
    )
    return []


def lay_windows_python(archive: Path, folder: Path) -> None:
    """Python, once its archive is known to be the pinned one; what it may import from is said by start.py."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PYTHON_SHA256:
        raise NotRight(f"{archive.name} is not the archive that was pinned (SHA-256 {PYTHON_SHA256})")
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)


def _compile_launchers(build: Path, tree: Path) -> None:
    """huimin-office.exe without a console window, huimin.exe for the command line, and the icons of files."""
    icons = tree / "icons"
    icons.mkdir()
    write_ico(OFFICE, icons / "huimin.ico")
    write_ico(KIOSK, icons / "kiosk.ico")
    for kind, (_, _, symbol) in KINDS.items():
        write_ico(symbol, icons / f"{kind}.ico", is_document=True)
    work = build / "launcher"
    work.mkdir(exist_ok=True)
    (work / "icon.rc").write_text(f'1 ICON "{icons / "huimin.ico"}"\n', encoding="utf-8")
    subprocess.run([RESOURCES, str(work / "icon.rc"), str(work / "icon.o")], check=True)
    for name, options in (("huimin", ["-DCONSOLE"]), ("huimin-office", ["-mwindows"])):
        call = [COMPILER, "-O2", "-s", "-municode", "-Wall", *options, "-Wl,--no-insert-timestamp"]
        files = [str(HERE / "launcher.c"), str(work / "icon.o"), "-o", str(tree / f"{name}.exe")]
        subprocess.run([*call, *files], check=True)


def _write_setup(build: Path, tree: Path, made: Path, seconds: int) -> None:
    defines = {"VERSION": __version__, "TREE": str(tree), "ICONS": str(tree / "icons"), "OUT": str(made)}
    call = [
        "makensis",
        "-V2",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={value}" for name, value in defines.items()),
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
    subprocess.run([*call, str(HERE / "setup.nsi")], check=True, env=environment, cwd=build)
