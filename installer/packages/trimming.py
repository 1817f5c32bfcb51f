"""Leaves in a tree of unpacked wheels only what the program uses: of Qt a handful of modules and plugins."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from installer.packages.elf import elf_files

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")
"""The Qt modules that the program imports."""
PLUGINS = (
    "platforms/*qxcb*",
    "platforms/*qoffscreen*",
    "platforms/*qwayland-generic*",
    "platforms/qwindows.dll",
    "styles/*",
    "xcbglintegrations/*glx*",
    "wayland-shell-integration/*xdg-shell*",
    "wayland-decoration-client/*bradient*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platformthemes/*xdgdesktopportal*",
    "printsupport/*cups*",
    "iconengines/*svg*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "imageformats/*qico*",
)
TRANSLATIONS = ("qtbase_zh_CN.qm",)
UNUSED = (
    "PIL/_avif.*",
    "PIL/_webp.*",
    "PIL/_imagingtk.*",
    "numpy/_core/_simd.*",
    "numpy/distutils",
    "numpy/f2py",
    "numpy/fft",
    "numpy/ma",
    "numpy/polynomial",
    "numpy/random",
    "numpy/testing",
    "highspy/libhighs.so.*.*",
    "sqlalchemy/dialects/mssql",
    "sqlalchemy/dialects/mysql",
    "sqlalchemy/dialects/oracle",
    "sqlalchemy/testing",
    "alembic/testing",
    "zstandard/_cffi.*",
    "reportlab/fonts/DarkGarden*",
    "reportlab/fonts/*.pfb",
    "holidays/financial/[a-z]*",
    "holidays/locale/[!z]*",
    "stdnum/[a-z][a-z]",
    "stdnum/*.dat",
    "pygments/lexers/[a-oq-z]*",
    "pygments/lexers/p[!y]*",
    "fontTools/colorLib",
    "fontTools/designspaceLib",
    "fontTools/feaLib/lexer.*.*",
    "fontTools/merge",
    "fontTools/mtiLib",
    "fontTools/otlLib",
    "fontTools/qu2cu",
    "fontTools/subset",
    "fontTools/svgLib",
    "fontTools/ufoLib",
    "fontTools/varLib",
    "fontTools/voltLib",
    "*.dist-info/RECORD",
    "*.dist-info/sboms",
)
"""Parts of libraries that the program never loads; what is kept is tried by the self-test of every package."""
KEPT = ("stdnum/cn",)
"""What a pattern of the above would take besides."""
_KEPT_DLLS = (
    "Qt6Core",
    "Qt6Gui",
    "Qt6Widgets",
    "Qt6PrintSupport",
    "Qt6Svg",
    "pyside6.abi3",
    "msvcp",
    "vcruntime",
    "concrt",
)
_KEPT_FOLDERS = {"Qt", "plugins", "translations", "support", "__pycache__"}


def trim_site(site: Path) -> None:
    """Trim Qt and drop what nobody runs: type stubs, tests, headers, programs of other packages."""
    _trim_qt(site / "PySide6")
    for pattern in ("**/*.pyi", "**/*.lib", "**/*.a", "**/*.h", "**/*.pyx", "**/*.pxd", "**/*.c"):
        for found in sorted(site.glob(pattern)):
            found.unlink()
    for found in sorted(site.glob("**/tests")):
        if found.is_dir():
            shutil.rmtree(found)
    _drop_unused(site)
    for name in ("bin", "share", "include"):
        shutil.rmtree(site / name, ignore_errors=True)


def _drop_unused(site: Path) -> None:
    """Remove what UNUSED names, and the libraries of a wheel that nothing kept loads any more."""
    kept = {path for pattern in KEPT for path in site.glob(pattern)}
    for path in sorted({path for pattern in UNUSED for path in site.glob(pattern)}):
        if path in kept:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for folder in site.glob("*.libs"):
        if elf_files(folder):
            _keep_loaded_libraries(site, folder)


def _trim_qt(pyside: Path) -> None:
    qt = pyside / "Qt" if (pyside / "Qt").is_dir() else pyside
    for path in sorted(pyside.iterdir()):
        if path.is_dir() and path.name not in _KEPT_FOLDERS:
            shutil.rmtree(path)
        elif path.is_file() and not _is_kept(path):
            path.unlink()
    _keep(qt / "plugins", PLUGINS)
    _keep(qt / "translations", TRANSLATIONS)
    if (qt / "lib").is_dir():
        for name in ("libexec", "metatypes", "qml"):
            shutil.rmtree(qt / name, ignore_errors=True)
        _keep_loaded_libraries(pyside, qt / "lib")


def _is_kept(path: Path) -> bool:
    if path.suffix == ".py":
        return True
    name = path.name.split(".")[0]
    if path.suffix in (".pyd", ".so"):
        return name in MODULES
    if path.suffix == ".dll":
        return any(path.name.lower().startswith(kept.lower()) for kept in _KEPT_DLLS)
    return path.name.startswith("libpyside6.abi3")


def _keep(folder: Path, patterns: Iterable[str]) -> None:
    """Keep the files of a folder that a pattern names."""
    kept = {path for pattern in patterns for path in folder.glob(pattern)}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path not in kept:
            path.unlink()


def _keep_loaded_libraries(tree: Path, folder: Path) -> None:
    """Keep the libraries that a kept module or plugin loads, directly or through another."""
    needs = {one.path: one.needed for one in elf_files(tree)}
    libraries = {path.name: path for path in folder.iterdir()}
    waiting = [name for path, names in needs.items() if path.parent != folder for name in names]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in libraries and name not in kept:
            kept.add(name)
            waiting += needs[libraries[name]]
    for name, path in libraries.items():
        if name not in kept:
            path.unlink()
