"""Names what the program does each day without being asked, so that opening an office loads nothing of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BackUpDaily:
    """Do today's backup, unless there is one or the office does not want it; then try a restore, when that is due."""
