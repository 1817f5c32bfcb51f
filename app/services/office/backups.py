"""Lists the backups that lie in the office's backup folder, with their age."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.services.office.back_up import ENDING
from app.services.office.last_backup import BackupAge, LastBackup, last_backup


@dataclass(frozen=True)
class Backups:
    """The backups in the folder of the setting, else in the data directory."""


@dataclass(frozen=True)
class BackupFile:
    """One file. at: naive local, from its name; size in bytes; days: its age."""

    id: str
    at: datetime
    size: int
    days: int

    @property
    def age(self) -> str:
        """今天, 昨天 or so many days."""
        return {0: "今天", 1: "昨天"}.get(self.days, f"{self.days} 天前")


@dataclass(frozen=True)
class BackupFolder:
    """files: newest first. is_chosen: by the setting, not the data directory's own. is_there: the folder can be read.

    last: the newest backup wherever it was written, a stick for instance.
    """

    folder: str
    is_chosen: bool
    is_there: bool
    keep: int
    last: BackupAge
    files: tuple[BackupFile, ...]


@answers(Backups, permission=Permission.KEEP_OFFICE)
def backups(look: Look, query: Backups) -> BackupFolder:
    """Only this office's own; several offices may share a folder."""
    chosen = str(setting_value(look, "backup_folder"))
    folder = Path(chosen) if chosen else look.safe.data.backups
    named = re.compile(rf"huimin-{re.escape(look.office.code)}-(\d{{8}}-\d{{6}}){re.escape(ENDING)}")
    now = local(look.now.at)
    found = sorted(
        (_file(path, named, now) for path in _content(folder, named)), key=lambda one: one.at, reverse=True
    )
    is_there = folder.is_dir() or not chosen
    return BackupFolder(
        str(folder),
        bool(chosen),
        is_there,
        int(setting_value(look, "backup_keep")),
        last_backup(look, LastBackup()),
        tuple(found),
    )


def _content(folder: Path, named: re.Pattern[str]) -> list[Path]:
    return [path for path in folder.iterdir() if named.fullmatch(path.name)] if folder.is_dir() else []


def _file(path: Path, named: re.Pattern[str], now: datetime) -> BackupFile:
    found = named.fullmatch(path.name)
    assert found is not None
    at = datetime.strptime(found[1], "%Y%m%d-%H%M%S")
    return BackupFile(path.name, at, path.stat().st_size, max(0, (now.date() - at.date()).days))
