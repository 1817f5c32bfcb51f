"""Notices, when an office is opened, that a bundle was taken in only in part when the program last ended."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.kernel.permissions import SYSTEM, Permission


@dataclass(frozen=True)
class FinishImports:
    """Take in the rest of every bundle of which a part is here; the exchange carries it out."""


FINISHER = replace(SYSTEM, permissions=SYSTEM.permissions | {Permission.EXCHANGE})
"""The program itself, going on with what somebody who may had begun."""
