"""What can come of a bundle file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

APPLIED, NOOP, PARKED, REFUSED, ALARM = "APPLIED", "NOOP", "PARKED", "REFUSED", "ALARM"

WORDS = {APPLIED: "已接收", NOOP: "无新内容", PARKED: "待补前包", REFUSED: "未接收", ALARM: "警报"}
"""Outcome → its Chinese word on screen."""


@dataclass(frozen=True, kw_only=True)
class BundleOutcome:
    """One file's outcome; applied counts new entries, summary counts them by table."""

    file: str
    outcome: str
    applied: int
    code: str
    text: str
    sha256: str = ""
    bundle_id: str = ""
    sender: str = ""
    check_code: str = ""
    summary: Mapping[str, int] = field(default_factory=dict)
