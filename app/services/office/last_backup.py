"""Tells when this office was last backed up, without checking anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.services.office.when_done import last_done


@dataclass(frozen=True)
class LastBackup:
    """When the newest backup was made."""


@dataclass(frozen=True)
class BackupAge:
    """at: local time, None for never. is_old: none, or older than the days of the setting."""

    at: datetime | None
    is_old: bool


@answers(LastBackup, permission=Permission.LOOK)
def last_backup(look: Look, query: LastBackup) -> BackupAge:
    """From the journal."""
    at = last_done(look, "NoteBackup")
    days = int(setting_value(look, "backup_days"))
    return BackupAge(local(at) if at else None, at is None or (look.now.at - at).days >= days)
