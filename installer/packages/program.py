"""Makes the folder of one version: Python, the trimmed wheels, the program, and how it is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer.packages.debian_python import lay_python
from installer.packages.stripping import strip_symbols
from installer.packages.targets import ROOT, Target
from installer.packages.trimming import trim_site
from installer.packages.wheels import bring_wheels, unpack_wheels

LAUNCHER = """#!/bin/sh
# Starts the version that the file `current` names.
here=$(dirname "$(readlink -f "$0")")
read -r version < "$here/current" || { echo "huimin: $here/current is missing, please install again" >&2; exit 1; }
exec "$here/versions/$version/run" "$@"
"""
RUN = """#!/bin/sh
# Starts this version with its own Python, whatever the machine's is.
here=$(dirname "$(readlink -f "$0")")
exec "$here/python/bin/python" -I -S -X utf8 "$here/start.py" "$@"
"""


def make_version(target: Target, build: Path, folder: Path) -> None:
    """The folder of this version, ready to be started."""
    from app.services.update.release import write_release

    shutil.rmtree(folder, ignore_errors=True)
    site = folder / "site"
    unpack_wheels(bring_wheels(target, build / "wheels" / target.name), site)
    trim_site(site)
    compile_libraries(site)
    lay_program(site)
    if target.system == "linux":
        cache = build / "debian" / target.arch
        cache.mkdir(parents=True, exist_ok=True)
        lay_python(target, cache, folder / "python")
        # Qt's own plugin looks for its libraries here, and desktops of that age lack this one.
        shutil.move(folder / "python/lib/libxcb-cursor.so.0", site / "PySide6/Qt/lib")
        strip_symbols(folder)
        write_program(folder / "run", RUN)
    shutil.copy(Path(__file__).with_name("start.py"), folder / "start.py")
    write_release(folder, system=target.system, arch=target.arch)
    compile_all(folder)


def lay_program(site: Path) -> None:
    """The program and its resources, as its wheel has them."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "DECISIONS.md")
    shutil.copytree(ROOT / "app", site / "app", ignore=ignored)
    shutil.copytree(ROOT / "resources", site / "app/_resources", ignore=ignored)


def compile_all(folder: Path) -> None:
    """Byte code that is trusted as it lies, so that no start looks at the sources' times and none writes."""
    _compile(folder, "")


def compile_libraries(site: Path) -> None:
    """Byte code in the place of the libraries' sources, which nobody reads at an office; the program keeps its own."""
    _compile(site, "legacy=True, ")
    for source in sorted(site.rglob("*.py")):
        if source.with_suffix(".pyc").exists():
            source.unlink()


def _compile(folder: Path, options: str) -> None:
    """By one process: what others compiled before it would change which names the byte code shares."""
    code = (
        "import compileall, sys; from pathlib import Path; root = Path(sys.argv[1]); "
        f"compileall.compile_dir(root, quiet=2, maxlevels=40, stripdir=str(root), {options}"
        "invalidation_mode=__import__('py_compile').PycInvalidationMode.UNCHECKED_HASH)"
    )
    # A hash that changes from run to run would order the sets in the byte code otherwise each time.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONPYCACHEPREFIX", None)
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment)


def write_program(path: Path, text: str) -> None:
    """A script that anybody may run."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def set_times(folder: Path, seconds: int) -> None:
    """One time and plain rights for every file, so that the same input gives the same bytes."""
    for path in (folder, *sorted(folder.rglob("*"))):
        if not path.is_symlink():
            is_program = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
