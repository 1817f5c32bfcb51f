"""Tells from the journal when the office first and last did something, such as a backup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.kernel.work import Look
from app.models.records import JournalEntry


def first_done(look: Look, command: str) -> datetime | None:
    """When the command of that name was first put on record, UTC; None for never."""
    return look.session.scalar(select(func.min(JournalEntry.at)).where(JournalEntry.command == command))


def last_done(look: Look, command: str) -> datetime | None:
    """When it was last put on record, UTC; None for never."""
    return look.session.scalar(select(func.max(JournalEntry.at)).where(JournalEntry.command == command))
