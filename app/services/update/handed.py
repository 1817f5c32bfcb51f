"""What the bureau above hands down for this machine, and where its file lies; it is verified like any other update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from app import RELEASE
from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.updates import HandedUpdate
from app.services.update.hand_down import is_the_file
from app.services.update.install import own_arch, own_system
from app.services.update.update_file import ENDING


@dataclass(frozen=True)
class UpdateFromAbove:
    """The update that waits for this machine. folders: where its file may lie, besides the folders of the settings."""

    folders: tuple[Path, ...] = ()


@dataclass(frozen=True)
class WaitingUpdate:
    """on: the day it was handed down. file: the very file that the bureau named; None while it is not in reach."""

    version: str
    on: date
    notes: tuple[str, ...]
    size: int
    file: Path | None


@answers(UpdateFromAbove, permission=Permission.KEEP_OFFICE)
def update_from_above(look: Look, query: UpdateFromAbove) -> WaitingUpdate | None:
    """None where nothing newer than the running program was handed down."""
    found = newest_from_above(look)
    if found is None:
        return None
    told = (setting_value(look, "inbox_folder"), setting_value(look, "outbox_folder"))
    folders = [*query.folders, *(Path(str(one)) for one in told if one)]
    return WaitingUpdate(
        found.version,
        local_date(found.handed_at),
        tuple(found.notes.splitlines()),
        found.size,
        _file_of(found, folders),
    )


def newest_from_above(look: Look) -> HandedUpdate | None:
    """The newest for a machine like this one, newer than what runs; of the bureau right above and nobody else."""
    if not look.office.parent:
        return None
    query = (
        select(HandedUpdate)
        .where(HandedUpdate.system == own_system(), HandedUpdate.arch == own_arch())
        .where(HandedUpdate.writer == look.office.parent, HandedUpdate.counter > RELEASE)
        .order_by(HandedUpdate.counter.desc())
        .limit(1)
    )
    return look.session.scalar(query)


def _file_of(found: HandedUpdate, folders: list[Path]) -> Path | None:
    for folder in dict.fromkeys(folders):
        for path in _updates_in(folder):
            if is_the_file(path, found.size, found.digest):
                return path
    return None


def _updates_in(folder: Path) -> list[Path]:
    """By name; nothing of a stick that was pulled out."""
    try:
        return sorted(folder.glob(f"*{ENDING}"))
    except OSError:
        return []
