"""Puts a backup in the place of an office's data, which stay beside it; a kill in between is finished at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.errors import Refused
from app.paths import DataDir
from app.services.office.left_place import READY, coming_place, finish_putting_back
from app.services.office.restore import restore_backup
from app.services.security.presence import alone


def put_back(data: DataDir, backup: Path, secret: str, version: str) -> Path:
    """Restore a backup beside the data, then let the two change places; where the data went.

    Raises Refused E782 while a window has the office open, and those of restore_backup.
    """
    with alone(data.presence_lock) as is_alone:
        if not is_alone:
            raise Refused("E782", "还有窗口开着这个办公点，没有退回。请关闭所有窗口和签到台再试。")
    coming = coming_place(data)
    shutil.rmtree(coming, ignore_errors=True)
    restore_backup(DataDir(coming), backup, secret)
    (coming / READY).touch()
    number, aside = 1, data.root.with_name(f"{data.root.name}-{version}")
    while aside.exists():
        number += 1
        aside = data.root.with_name(f"{data.root.name}-{version}-{number}")
    data.root.rename(aside)
    finish_putting_back(data)
    return aside
