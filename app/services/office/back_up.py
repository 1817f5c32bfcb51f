"""Backs the office up into one encrypted file, read back before it counts."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlcipher3.dbapi2 as sqlcipher

from app.bundle.limits import MIB
from app.clock import local
from app.errors import Refused
from app.kernel.attachments import files_in_place
from app.kernel.database_trouble import engine_trouble
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Work
from app.models.engine import connect
from app.models.trouble import Trouble, trouble_of
from app.paths import DataDir
from app.private_files import make_private_folder
from app.safe_write import check_room, make_folder, open_safely
from app.services.office.backup_files import FILES, write_files
from app.services.office.server_copy import copy_to_file, tables_bytes
from app.turns import own_turn

ENDING = ".hmbak"
PATIENCE_SECONDS = 20.0
DATABASE, KEYS, SITE_KEYS = "office.db", "keys.json", "site-keys.json"
WRITE_BYTES: Literal["w"] = "w"
"""Mode of a member of a zip, which is always bytes."""


@dataclass(frozen=True)
class BackUp:
    """Write a backup; into the data directory's own folder unless told otherwise."""

    folder: Path | None = None


@dataclass(frozen=True)
class BackedUp:
    """A backup that was written and read back."""

    file: str
    size: int


@performs(BackUp, title="备份", permission=Permission.KEEP_OFFICE)
def back_up(task: Task, request: BackUp) -> BackedUp:
    """Raises Refused E501 … E504 of the medium, E914 when the copy or what was read back is not the database, E918."""
    with task.look() as look:
        data, key = look.safe.data, look.safe.key
        chosen = str(setting_value(look, "backup_folder"))
        folder = request.folder or (Path(chosen) if chosen else data.backups)
        mine = f"huimin-{look.office.code}-"
        name = f"{mine}{local(look.now.at):%Y%m%d-%H%M%S}{ENDING}"
        keep = int(str(setting_value(look, "backup_keep")))
        size = tables_bytes(look)
    make_folder(folder, is_private=True)
    target = folder / name
    busy = Refused("E918", "另一个窗口或程序正在备份，请等它完成后再试。")
    with (
        own_turn(data.root / "backup.lock", busy, PATIENCE_SECONDS),
        _scratch(folder / f"{mine}scratch", 2 * size + _scans(data)) as scratch,
    ):
        copy = scratch / DATABASE
        task.progress.step(0, 2, "正在复制数据库")
        if data.server.exists():
            with task.look() as look:
                copy_to_file(look, copy)
        else:
            _copy_database(data.database, copy, key)
        kept = _kept_files(copy, key)
        task.progress.step(1, 2, "正在写备份")
        with (
            open_safely(
                target,
                needed=copy.stat().st_size + _scans(data),
                verify=lambda part: _check(part, copy),
                is_private=True,
            ) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.write(copy, DATABASE)
            archive.write(data.keys, KEYS)
            archive.write(data.site_keys, SITE_KEYS)
            with archive.open(FILES, WRITE_BYTES, force_zip64=True) as scans:
                write_files(scans, data, kept)
    if request.folder is None:
        _prune(folder, mine, keep)
    task.do(NoteBackup(name))
    task.progress.step(2, 2, "备份完成")
    return BackedUp(str(target), target.stat().st_size)


@dataclass(frozen=True)
class NoteBackup:
    """A backup was made."""

    file: str


@handles(NoteBackup, title="备份", permission=Permission.KEEP_OFFICE)
def note_backup(work: Work, command: NoteBackup) -> None:
    """Only the journal keeps it."""
    work.why = command.file


def _copy_database(source: Path, target: Path, key: bytes) -> None:
    """A consistent copy, found whole, while others go on working. Raises Refused E502, E914, and the database's E904 … E906, E939 … E941."""
    try:
        _copy_pages(source, target, key)
    except sqlcipher.DatabaseError as error:
        if trouble_of(error) is Trouble.full:
            check_room(target.parent, 2 * source.stat().st_size)
        raise engine_trouble(error, "没有备份") from error


def _copy_pages(source: Path, target: Path, key: bytes) -> None:
    """Exclusive, so that a medium without shared memory (a network folder) takes the copy too."""
    reading, writing = connect(source, key, read_only=True), connect(target, key, read_only=True)
    try:
        writing.execute("PRAGMA query_only = OFF")
        writing.execute("PRAGMA locking_mode = EXCLUSIVE")
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
        found = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        writing.close()
        reading.close()
    if found != "ok":
        raise Refused("E914", "备份读回核对不符，没有留下这份备份。请检查磁盘后重试。")


def _kept_files(copy: Path, key: bytes) -> list[str]:
    """Digests of the scans whose keys the copy has."""
    connection = connect(copy, key, read_only=True)
    try:
        return [row[0] for row in connection.execute("SELECT digest FROM stored_file ORDER BY digest")]
    finally:
        connection.close()


def _scans(data: DataDir) -> int:
    """Bytes of the scans, which go into the backup as they are."""
    return sum(files_in_place(data).values())


@contextmanager
def _scratch(folder: Path, needed: int) -> Iterator[Path]:
    """An empty folder for the copy, on the disk the backup goes to; what a killed backup left in it is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    check_room(folder.parent, needed)
    make_private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(part: Path, copy: Path) -> None:
    """What the medium gives back is the copy that was found whole, byte for byte."""
    with zipfile.ZipFile(part) as archive, archive.open(DATABASE) as back, copy.open("rb") as kept:
        while block := kept.read(MIB):
            if back.read(MIB) != block:
                raise Refused("E914", "备份读回核对不符，没有留下这份备份。请检查磁盘后重试。")
        if back.read(1) or archive.testzip():
            raise Refused("E914", "备份读回核对不符，没有留下这份备份。请检查磁盘后重试。")


def _prune(folder: Path, mine: str, keep: int) -> None:
    """Only this office's own; several offices may share a folder."""
    for old in sorted(folder.glob(f"{mine}*{ENDING}"))[:-keep]:
        old.unlink()


def free_bytes(folder: Path) -> int:
    """Free bytes of the disk a folder is on."""
    return shutil.disk_usage(folder).free
