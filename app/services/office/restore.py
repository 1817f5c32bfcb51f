"""Restores an office from a backup: read strictly, tried with its key in a draft folder, then put in place as a whole."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from app import canonical
from app.bundle.keys import SiteKeys
from app.bundle.limits import KIB, MIB
from app.clock import SystemClock
from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.logins import LoginFile
from app.kernel.slots import KeySlots
from app.models.engine import connect
from app.paths import DataDir
from app.safe_write import check_room, open_safely
from app.services.office.back_up import DATABASE, KEYS, SITE_KEYS
from app.services.office.backup_files import FILES, BadFiles, read_files
from app.services.office.begin_epoch import note_restore
from app.services.office.set_up import office_to_come
from app.text import told_name

PIECE = MIB
"""Most bytes read at once, whatever the file says of itself; so its directory cannot be larger either."""
SMALL = {KEYS: MIB, SITE_KEYS: 64 * KIB}
"""Most bytes of the two key files; the database is bounded by the file it lies in, for nothing in a backup is packed."""
PAGE = 4096
"""Bytes of a page of the encrypted database."""


@dataclass(frozen=True)
class Restored:
    """A backup that is in place. is_opened: it was opened with its key and every page verified."""

    file: str
    is_opened: bool


def restore_backup(data: DataDir, file: Path, secret: str = "") -> Restored:
    """Put a backup into a data directory without an office; killed anywhere, it can simply be run again.

    Its first opening begins a new epoch with a new signing key (see begin_epoch).

    secret: the password of any account in the backup, or its recovery code. With it the restored database is opened
    and every page verified before it is put in place; without it, structure and checksums only.
    Raises Refused E912, E937, E938 of the directory, E915 for a file that is no whole backup, E936 when the secret does
    not open it, E945, E729 when the database or the site's keys in it are damaged, E946 when it cannot be read, E501 … E504 of the disk.
    """
    with office_to_come(data) as draft:
        unpack_backup(file, draft)
        LoginFile(draft.logins).begin(SystemClock().now())
        note_restore(draft)
        if secret:
            check_pages(draft, _key_of(draft, secret, file), file)
    return Restored(told_name(file), bool(secret))


def unpack_backup(file: Path, draft: DataDir) -> None:
    """Read a backup strictly into an empty folder.

    Raises Refused E915 for a file that is no whole backup, E946 when it cannot be read, E501 … E504 of the disk.
    """
    with _opened(file) as source:
        try:
            with zipfile.ZipFile(source) as archive:
                _unpack(archive, draft, source.size, file)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, BadFiles) as error:
            raise _no_backup(file) from error


def check_pages(draft: DataDir, key: bytes, file: Path) -> None:
    """Every page has its own check, so that one flipped bit is found wherever it lies.

    Raises Refused E945 when the database is damaged, E729 when the site's keys are.
    """
    SiteKeys.unwrapped(draft.site_keys.read_bytes(), key)
    try:
        connection = connect(draft.database, key, read_only=True)
        try:
            bad_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlcipher.DatabaseError as error:
        raise _damaged(file) from error
    if bad_pages or found != "ok":
        raise _damaged(file)


class _InPieces(io.BufferedReader):
    """A file nobody can be made to read whole, and whose medium may fail."""

    def __init__(self, file: Path):
        self._file = file
        raw = io.FileIO(file)
        self.size = os.fstat(raw.fileno()).st_size
        super().__init__(raw)

    def read(self, size: int | None = -1, /) -> bytes:
        rest = max(0, self.size - self.tell())
        wanted = rest if size is None or size < 0 else min(size, rest)
        if wanted > PIECE:
            raise zipfile.BadZipFile("more at once than any backup needs")
        try:
            return super().read(wanted)
        except OSError as error:
            raise _unreadable(self._file) from error


@contextmanager
def _opened(file: Path) -> Iterator[_InPieces]:
    """A plain file, never a device or a pipe that would not end."""
    try:
        source = _InPieces(file) if file.is_file() else None
    except OSError as error:
        raise _unreadable(file) from error
    if source is None:
        raise _unreadable(file)
    with source:
        yield source


def _unpack(archive: zipfile.ZipFile, draft: DataDir, size: int, file: Path) -> None:
    """The four members into the draft, under names of ours, the key files first and looked at before the rest."""
    parts = {part.filename: part for part in archive.infolist()}
    needed = sum(part.file_size for part in parts.values())
    if (
        len(archive.infolist()) != len(parts)
        or parts.keys() != {DATABASE, KEYS, SITE_KEYS, FILES}
        or needed > size
    ):
        raise _no_backup(file)
    for name, part in parts.items():
        is_packed = part.compress_type != zipfile.ZIP_STORED or part.compress_size != part.file_size
        if is_packed or part.flag_bits or part.file_size > SMALL.get(name, size):
            raise _no_backup(file)
    if not parts[DATABASE].file_size or parts[DATABASE].file_size % PAGE:
        raise _no_backup(file)
    check_room(draft.root, needed)
    _copy(archive, parts[SITE_KEYS], draft.site_keys)
    _copy(archive, parts[KEYS], draft.keys)
    _check_keys(draft, file)
    with archive.open(parts[FILES]) as scans:
        read_files(scans, draft)
    _copy(archive, parts[DATABASE], draft.database)


def _copy(archive: zipfile.ZipFile, part: zipfile.ZipInfo, target: Path) -> None:
    """Written, synced, its checksum compared; readable by its owner only."""
    with open_safely(target, needed=part.file_size) as out, archive.open(part) as content:
        shutil.copyfileobj(content, out, PIECE)
    target.chmod(0o600)


def _check_keys(draft: DataDir, file: Path) -> None:
    try:
        canonical.decode(draft.site_keys.read_bytes())
        has_slots = bool(KeySlots(draft.keys).names())
    except (ValueError, KeyError, TypeError, RecursionError, Refused) as error:
        raise _no_backup(file) from error
    if not has_slots:
        raise _no_backup(file)


def _key_of(draft: DataDir, secret: str, file: Path) -> bytes:
    """The database key by anybody's password, else by the recovery code. Raises Refused E915, E936."""
    slots = KeySlots(draft.keys)
    tries = [("account", name, secret) for name in slots.names()]
    tries.append((key_slots.RECOVERY, "", key_slots.normal_recovery_code(secret)))
    try:
        key = next(filter(None, (slots.open(*one) for one in tries)), None)
    except (ValueError, KeyError, TypeError) as error:
        raise _no_backup(file) from error
    if key is None:
        raise Refused(
            "E936",
            f"这个密码或恢复码打不开备份“{told_name(file)}”，没有恢复任何数据。请换备份那时的密码再试。",
        )
    return key


def _unreadable(file: Path) -> Refused:
    return Refused("E946", f"读不到备份文件“{told_name(file)}”，请检查 U 盘是否插好，文件是否还在。")


def _no_backup(file: Path) -> Refused:
    return Refused("E915", f"“{told_name(file)}”不是完好的备份文件，没有恢复任何数据。请换一份备份。")


def _damaged(file: Path) -> Refused:
    return Refused("E945", f"备份“{told_name(file)}”里的数据库已损坏，没有恢复任何数据。请换一份更早的备份。")
