"""Goes back to the version before, alone where the data allow it, else together with the backup made before the update."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.paths import DataDir
from app.services.office.put_back import put_back
from app.services.office.written_by import schema_of
from app.services.update.install import PATIENCE_SECONDS, refuse_unwritable
from app.services.update.installation import Installation
from app.turns import own_turn


@dataclass(frozen=True)
class RolledBack:
    """What came of it. aside: where the data that came after the backup were put, "" where they stayed."""

    version: str
    from_version: str
    aside: str


def roll_back(place: Installation, data: DataDir, backup: Path | None, secret: str = "") -> RolledBack:
    """Name the version before to start. Data that the newer version has changed go back to a backup with it.

    secret: a password or the recovery code that opens the backup, "" to check the file only.
    Raises Refused E975 without a version before, E976 when the data are newer and no backup is named, E974, E972, and
    those of restoring a backup.
    """
    refuse_unwritable(place)
    busy = Refused("E972", "另一个更新正在进行，请等它完成后再试。")
    with own_turn(place.base / "updating" / "lock", busy, PATIENCE_SECONDS):
        now, before = place.current(), place.former()
        if before is None:
            raise Refused("E975", "没有可以退回的上一版。要用更旧的版本，请用那一版的安装包。")
        is_newer = schema_of(data) > before.schema
        if is_newer and backup is None:
            raise Refused(
                "E976",
                f"数据已由 {now.version} 升级，{before.version} 打不开。要退回，请连同更新前的备份一起："
                "huimin update rollback --backup 备份文件；备份以后登记的会没有。",
            )
        aside = put_back(data, backup, secret, now.version) if is_newer and backup else None
        place.switch(before.version, "")
    return RolledBack(before.version, now.version, str(aside or ""))
