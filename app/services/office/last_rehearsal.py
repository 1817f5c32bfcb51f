"""Tells when a restore was last tried, and whether it is time to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.clock import local
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.services.office.when_done import first_done, last_done


def last_rehearsal(look: Look) -> datetime | None:
    """When a restore was last tried and would have succeeded, local time; None for never."""
    at = last_done(look, "NoteRehearsal")
    return local(at) if at else None


def is_rehearsal_due(look: Look) -> bool:
    """No backup was tried for as many days as the setting says, counted from the first backup."""
    days = int(setting_value(look, "rehearsal_days"))
    since = last_done(look, "NoteRehearsal") or first_done(look, "NoteBackup")
    return since is not None and look.now.at - since >= timedelta(days=days)
