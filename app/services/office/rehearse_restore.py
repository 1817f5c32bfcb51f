"""Tries whether a backup would bring the office back: unpacked beside the data, opened, read whole, then removed again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.bundle.faults import WrongOfficeKey
from app.clock import local
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.cases import LegalCase
from app.models.duties import Duty
from app.models.engine import open_database
from app.models.records import ChangeEntry, JournalEntry
from app.models.service_desk import Consultation
from app.paths import DataDir
from app.private_files import make_private_folder
from app.services.office.backups import Backups, backups
from app.services.office.log_check import StreamFound, read_logs
from app.services.office.restore import check_pages, unpack_backup
from app.text import told_name
from app.turns import own_turn

_COUNTED = (("咨询", Consultation), ("值班", Duty), ("案件", LegalCase))
_STEPS = 4


@dataclass(frozen=True)
class RehearseRestore:
    """Try a restore of one backup, of the newest in the office's folder unless one is named."""

    file: Path | None = None


@dataclass(frozen=True)
class Rehearsed:
    """A backup that would restore. last_work: naive local time of the last thing done that it holds.

    counts: (what, number in the backup, number now).
    """

    file: str
    last_work: datetime | None
    counts: tuple[tuple[str, int, int], ...]

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        held = "、".join(f"{what} {then:,}（现有 {now:,}）" for what, then, now in self.counts)
        until = f"到 {self.last_work:%Y-%m-%d %H:%M} 为止；" if self.last_work else ""
        return f"{self.file} 能恢复。{until}有{held}。"


@performs(RehearseRestore, title="恢复演练", permission=Permission.KEEP_OFFICE)
def rehearse_restore(task: Task, request: RehearseRestore) -> Rehearsed:
    """What a restore from the file would bring back; nothing of the office is touched.

    Raises Refused E947 without a backup, E948 for one made before the database key was changed, E949 when what it holds
    does not agree with itself or is no earlier state of this office, E918 while another backup or rehearsal runs, and
    those of unpack_backup and check_pages.
    """
    with task.look() as look:
        data, key = look.safe.data, look.safe.key
        file = request.file or _newest(look)
    busy = Refused("E918", "另一个窗口或程序正在备份，请等它完成后再试。")
    with own_turn(data.root / "backup.lock", busy, 0), _beside(data) as trial:
        task.progress.step(0, _STEPS, "正在取出备份")
        unpack_backup(file, trial)
        task.progress.step(1, _STEPS, "正在逐页核对")
        try:
            check_pages(trial, key, file)
        except WrongOfficeKey as error:
            raise Refused(
                "E948", f"备份“{told_name(file)}”是更换数据库密钥以前的，这里打不开。请先备份一次，再演练。"
            ) from error
        database = open_database(trial.database, key)
        try:
            with database.reader.connect() as connection, task.look() as look:
                task.progress.step(2, _STEPS, "正在核对流水")
                _check_logs(look, connection, file)
                task.progress.step(3, _STEPS, "正在清点")
                found = _counted(look, connection, file)
        finally:
            database.close()
    task.do(NoteRehearsal(found.words))
    task.progress.step(_STEPS, _STEPS, "演练完成")
    return found


@dataclass(frozen=True)
class NoteRehearsal:
    """A restore was tried and would succeed."""

    words: str


@handles(NoteRehearsal, title="恢复演练", permission=Permission.KEEP_OFFICE)
def note_rehearsal(work: Work, command: NoteRehearsal) -> None:
    """Only the journal keeps it."""
    work.why = command.words


def _newest(look: Look) -> Path:
    found = backups(look, Backups())
    if not found.files:
        raise Refused("E947", "备份文件夹里还没有备份，不能演练。请先备份一次。")
    return Path(found.folder) / found.files[0].id


@contextmanager
def _beside(data: DataDir) -> Iterator[DataDir]:
    """An empty folder beside the data; what a killed rehearsal left in it goes first."""
    trial = data.root / "rehearsal"
    shutil.rmtree(trial, ignore_errors=True)
    make_private_folder(trial)
    try:
        yield DataDir(trial)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _check_logs(look: Look, connection: Connection, file: Path) -> None:
    """Every chain holds, and each own stream ends in an entry that the office still has."""
    logs = read_logs(connection)
    broken = [one for one in (*logs.own, *logs.received) if one.fault]
    if broken or not all(_is_held(look, connection, one) for one in logs.own):
        told = broken[0].fault if broken else "里面的流水不是本单位以前的流水"
        raise Refused("E949", f"备份“{told_name(file)}”核对不上：{told}。请换一份备份演练，并马上重新备份。")


def _is_held(look: Look, connection: Connection, stream: StreamFound) -> bool:
    """The stream's last entry in the backup stands in the office under the same hash."""
    newest = select(ChangeEntry.seq, ChangeEntry.hash).where(ChangeEntry.stream == stream.stream)
    last = connection.execute(newest.order_by(ChangeEntry.seq.desc()).limit(1)).one_or_none()
    if last is None:
        return True
    held = select(ChangeEntry.hash).where(ChangeEntry.stream == stream.stream, ChangeEntry.seq == last.seq)
    return bool(look.session.scalar(held) == last.hash)


def _counted(look: Look, connection: Connection, file: Path) -> Rehearsed:
    counts = []
    for what, kept in _COUNTED:
        query = select(func.count()).select_from(kept.__table__)
        counts.append((what, connection.execute(query).scalar() or 0, look.session.scalar(query) or 0))
    at = connection.execute(select(func.max(JournalEntry.at))).scalar()
    return Rehearsed(told_name(file), local(at) if at else None, tuple(counts))
