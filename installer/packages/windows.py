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
NOT_USED = ("python.cat", "sqlite3.dll", "_sqlite3.pyd", "_msi.pyd", "winsound.pyd")
"""Of that archive: its maker's list of signatures, and modules that the program does not load."""
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
    lighten_python(folder)


def lighten_python(folder: Path) -> None:
    """Drop what is not used, and lay the standard library unpacked in its zip: the setup packs it better than the zip does."""
    for name in NOT_USED:
        (folder / name).unlink(missing_ok=True)
    for packed in sorted(folder.glob("python*.zip")):
        loose = packed.with_suffix(".loose")
        with zipfile.ZipFile(packed) as old, zipfile.ZipFile(loose, "w", zipfile.ZIP_STORED) as new:
            for part in old.infolist():
                new.writestr(zipfile.ZipInfo(part.filename, part.date_time), old.read(part))
        loose.replace(packed)


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


def file_list(tree: Path) -> str:
    """The tree as lines of a setup script: the same order on every machine, like beside like, which packs best."""
    lines, place = [], ""
    files = [(path.suffix, path.relative_to(tree)) for path in tree.rglob("*") if path.is_file()]
    for _, path in sorted(files):
        folder = "".join(f"\\{part}" for part in path.parent.parts)
        if folder != place or not lines:
            lines.append(f'SetOutPath "$INSTDIR{folder}"')
            place = folder
        lines.append(f'File "{tree / path}"')
    return "\n".join(lines) + "\n"


def _write_setup(build: Path, tree: Path, made: Path, seconds: int) -> None:
    files = build / "files.nsh"
    files.write_text(file_list(tree), encoding="utf-8")
    defines = {"VERSION": __version__, "FILES": str(files), "ICONS": str(tree / "icons"), "OUT": str(made)}
    call = [
        "makensis",
        "-V2",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={value}" for name, value in defines.items()),
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
    subprocess.run([*call, str(HERE / "setup.nsi")], check=True, env=environment, cwd=build)
