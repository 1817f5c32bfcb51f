"""One thing checked of the office, as window and command line show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HealthItem:
    """One thing checked, in words."""

    key: str
    title: str
    is_good: bool
    text: str
