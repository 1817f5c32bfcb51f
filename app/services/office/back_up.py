"""Backs the office up into one encrypted file, read back before it counts, and restores one."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.clock import local
from app.errors import Refused
from app.kernel.dispatcher import Task, Work, handles, performs
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.models.engine import connect
from app.paths import DataDir
from app.safe_write import check_room, make_folder, open_safely
from app.services.office.set_up import discard_office
from app.turns import own_turn

ENDING = ".hmbak"
PATIENCE_SECONDS = 20.0
DATABASE, KEYS, SITE_KEYS = "office.db", "keys.json", "site-keys.json"


@dataclass(frozen=True)
class BackUp:
    """Write a backup; into the data directory's own folder unless told otherwise."""

    folder: Path | None = None


@dataclass(frozen=True)
class BackedUp:
    """A backup that was written and read back."""

    file: str
    size: int


@performs(BackUp, permission=Permission.KEEP_OFFICE)
def back_up(task: Task, request: BackUp) -> BackedUp:
    """Raises Refused E501 … E504 of the medium, E914 when what was read back is not the database, E918."""
    with task.look() as look:
        data, key = look.safe.data, look.safe.key
        chosen = str(setting_value(look, "backup_folder"))
        folder = request.folder or (Path(chosen) if chosen else data.backups)
        mine = f"huimin-{look.office.code}-"
        name = f"{mine}{local(look.now.at):%Y%m%d-%H%M%S}{ENDING}"
        keep = int(str(setting_value(look, "backup_keep")))
    make_folder(folder)
    target = folder / name
    busy = Refused("E918", "另一个窗口或程序正在备份，请等它完成后再试。")
    with own_turn(data.root / "backup.lock", busy, PATIENCE_SECONDS), _scratch(data.root) as scratch:
        copy = scratch / DATABASE
        task.progress.step(0, 2, "正在复制数据库")
        _copy_database(data.database, copy, key)
        task.progress.step(1, 2, "正在写备份")
        with (
            open_safely(
                target, needed=copy.stat().st_size, verify=lambda part: _check(part, key, scratch)
            ) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.write(copy, DATABASE)
            archive.write(data.keys, KEYS)
            archive.write(data.site_keys, SITE_KEYS)
    if request.folder is None:
        _prune(folder, mine, keep)
    task.do(NoteBackup(name))
    task.progress.step(2, 2, "备份完成")
    return BackedUp(str(target), target.stat().st_size)


@dataclass(frozen=True)
class NoteBackup:
    """A backup was made."""

    file: str


@handles(NoteBackup, permission=Permission.KEEP_OFFICE)
def note_backup(work: Work, command: NoteBackup) -> None:
    """Only the journal keeps it."""
    work.why = command.file


def restore_backup(data: DataDir, file: Path) -> str:
    """Put a backup into an empty data directory; the name of the restored file.

    Raises Refused E912 when the directory holds an office, E915 for a file that is no backup, E502, E503 of the disk.
    """
    if data.database.exists() or data.keys.exists():
        raise Refused("E912", "这个数据目录里已有办公点，不能再次初始化。请换一个空目录，或直接登录。")
    try:
        with zipfile.ZipFile(file) as archive:
            if sorted(archive.namelist()) != sorted((DATABASE, KEYS, SITE_KEYS)) or archive.testzip():
                raise zipfile.BadZipFile("content")
            make_folder(data.root)
            check_room(data.root, sum(part.file_size for part in archive.infolist()))
            for name, target in ((SITE_KEYS, data.site_keys), (KEYS, data.keys), (DATABASE, data.database)):
                target.write_bytes(archive.read(name))
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        discard_office(data)
        raise Refused("E915", f"“{file.name}”不是完好的备份文件，没有恢复任何数据。请换一份备份。") from error
    return file.name


def _copy_database(source: Path, target: Path, key: bytes) -> None:
    """A consistent copy while others go on working."""
    reading, writing = connect(source, key, read_only=True), connect(target, key)
    try:
        reading.backup(writing)
    finally:
        writing.execute("PRAGMA journal_mode = DELETE")
        writing.close()
        reading.close()


@contextmanager
def _scratch(root: Path) -> Iterator[Path]:
    """An empty folder for the copy; what a killed backup left in it is removed by the next one."""
    folder = root / "backup-scratch"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(part: Path, key: bytes, scratch: Path) -> None:
    read_back = scratch / "read-back"
    with zipfile.ZipFile(part) as archive:
        archive.extract(DATABASE, read_back)
    connection = connect(read_back / DATABASE, key, read_only=True)
    try:
        found = connection.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        connection.close()
    if found != "ok":
        raise Refused("E914", "备份读回核对不符，没有留下这份备份。请检查磁盘后重试。")


def _prune(folder: Path, mine: str, keep: int) -> None:
    """Only this office's own; several offices may share a folder."""
    for old in sorted(folder.glob(f"{mine}*{ENDING}"))[:-keep]:
        old.unlink()


def free_bytes(folder: Path) -> int:
    """Free bytes of the disk a folder is on."""
    return shutil.disk_usage(folder).free
