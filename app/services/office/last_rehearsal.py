"""Tells when a restore was last tried, and whether it is time to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.clock import local
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.records import JournalEntry


def last_rehearsal(look: Look) -> datetime | None:
    """When a restore was last tried and would have succeeded, local time; None for never."""
    at = _when(look, func.max(JournalEntry.at), "NoteRehearsal")
    return local(at) if at else None


def is_rehearsal_due(look: Look) -> bool:
    """No backup was tried for as many days as the setting says, counted from the first backup."""
    days = int(setting_value(look, "rehearsal_days"))
    since = _when(look, func.max(JournalEntry.at), "NoteRehearsal") or _when(
        look, func.min(JournalEntry.at), "NoteBackup"
    )
    return since is not None and look.now.at - since >= timedelta(days=days)


def _when(look: Look, which: object, command: str) -> datetime | None:
    found: datetime | None = look.session.scalar(select(which).where(JournalEntry.command == command))  # type: ignore[call-overload]
    return found
