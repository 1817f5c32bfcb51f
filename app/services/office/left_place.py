"""Finishes what a kill left between two renames: a restored office takes the place that its forerunner has left."""

from __future__ import annotations

from pathlib import Path

from app.paths import DataDir

READY = "whole"
"""Lies in a restored office that may take its place."""


def coming_place(data: DataDir) -> Path:
    """Where an office waits that is to take the place of the one in the data directory."""
    return data.root.with_name(data.root.name + ".putting-back")


def finish_putting_back(data: DataDir) -> None:
    """Put a whole restored office in the place that its forerunner has left; nothing where none waits."""
    coming = coming_place(data)
    if (coming / READY).exists() and not data.root.exists():
        coming.rename(data.root)
    (data.root / READY).unlink(missing_ok=True)
