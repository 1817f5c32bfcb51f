"""What can come of a bundle file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What came of a bundle file, as the command line names it."""

    applied = "APPLIED"
    noop = "NOOP"
    parked = "PARKED"
    refused = "REFUSED"
    alarm = "ALARM"


WHOLE = (Outcome.applied, Outcome.noop)
"""Every entry of the bundle is here."""


@dataclass(frozen=True, kw_only=True)
class BundleOutcome:
    """One file's outcome; applied counts new entries, summary counts them by table.

    program: which program its sender runs, as the manifest has it; empty where it does not say.
    """

    file: str
    outcome: Outcome
    applied: int
    code: str
    text: str
    sha256: str = ""
    bundle_id: str = ""
    sender: str = ""
    check_code: str = ""
    summary: Mapping[str, int] = field(default_factory=dict)
    program: Mapping[str, Any] = field(default_factory=dict)
