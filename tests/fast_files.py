"""Where the suite keeps what it writes, so that it waits neither for a disk nor for source to be compiled again."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 6 * 1024**3
"""Free bytes above which a run's offices are kept in memory; they take some hundred megabytes at a time."""


def use() -> None:
    """Set for this process and for those it starts: called once, before any test module is read."""
    _keep_compiled()
    _write_to_memory()


def _keep_compiled() -> None:
    """Where compiled files may not lie beside their source they lie elsewhere, or each program compiles all anew."""
    if sys.dont_write_bytecode:
        beside = os.environ.setdefault(
            "PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir(), "huimin-compiled"))
        )
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sys.pycache_prefix, sys.dont_write_bytecode = beside, False


def _write_to_memory() -> None:
    """Offices on a memory file system: the same calls, without a disk to wait for at each commit."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free < ENOUGH:
        return
    tempfile.tempdir = os.environ["TMPDIR"] = str(MEMORY)
