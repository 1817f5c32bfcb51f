"""Says for a test whether the system's tools that it needs are here: elsewhere it is left out, under CI it fails."""

from __future__ import annotations

import os
import shutil

import pytest


def need_tools(*names: str) -> None:
    """Skip where one is missing; with CI=true, where installer/system_libraries.sh installs them, fail."""
    missing = [name for name in names if tool(name) is None]
    if not missing:
        return
    words = f"needs {', '.join(missing)}, not installed here; Debian has packages of these names"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def tool(name: str) -> str | None:
    """Where a tool lies, servers among them; None where it is missing."""
    return shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
