"""Takes from a watched folder what has come whole and was not taken before, as a person who chooses the files would."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.errors import Problem
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.models.bundle_files import ReceivedBundle
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.quarantine import unreadable
from app.services.exchange.receive import FOR_NOW, ImportBundles

_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class TakeFromInbox:
    """Look into the folder once. What is still being brought has another name; the files stay where they are."""

    folder: Path

    def problems(self) -> Iterable[Problem]:
        """A folder that is there."""
        if not self.folder.is_dir():
            yield Problem("folder", "找不到收件文件夹，请检查路径和网络。", "E763")


@performs(TakeFromInbox, title="从收件文件夹接收", permission=Permission.EXCHANGE)
def take_from_inbox(task: Task, request: TakeFromInbox) -> tuple[BundleOutcome, ...]:
    """One outcome a new file, none where nothing came; what this computer's own trouble stopped is new again.

    Raises Refused as an import does, E734, E763."""
    with task.look() as look:
        known = set(
            look.session.scalars(select(ReceivedBundle.sha256).where(ReceivedBundle.code.not_in(FOR_NOW)))
        )
    new = tuple(
        path
        for path in sorted(request.folder.glob("*.hmb"))
        if path.is_file() and not path.is_symlink() and _sha256(path) not in known
    )
    outcomes: tuple[BundleOutcome, ...] = task.do(ImportBundles(new)) if new else ()
    return outcomes


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as fault:
        raise unreadable(path) from fault
    return digest.hexdigest()
