"""Writes every output file so that a fault leaves the old or the whole new file, and the clerk gets a plain sentence."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.private_files import make_private_folder, private
from app.text import told_name

_MEGABYTE = 1024 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}
_OWNER_MARKS = ("~${name}", "~${tail}", ".~{name}", ".~lock.{name}#")
_TRIES, _PAUSE = 6, 0.15


class CannotWrite(Refused):
    """An output file that was not written; the old file, if any, is as it was.

    second: a name in the same folder that is free, to offer instead; None where another name would not help.
    """

    def __init__(self, code: str, message: str, *, second: Path | None = None):
        super().__init__(code, message, field="path")
        self.second = second


def write_safely(
    path: Path, data: bytes, verify: Callable[[Path], None] | None = None, *, is_private: bool = False
) -> Path:
    """Writes a file whole: `.part` beside it, synced, read back, renamed. Answers the path.

    verify: opens the finished file in its own format and raises when it is not right. is_private: its owner's only.
    Raises CannotWrite: E501 target open elsewhere (with a second name), E502 no room (with the MB needed),
    E503 folder not writable, E504 what was read back differs.
    """
    checked = partial(_check, data=data, verify=verify)
    with open_safely(path, needed=len(data), verify=checked, is_private=is_private) as stream:
        stream.write(data)
    return path


@contextmanager
def open_safely(
    path: Path,
    *,
    needed: int = 0,
    verify: Callable[[Path], None] | None = None,
    is_private: bool = False,
) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file when the block ends well, and leaves no trace when it does not.

    needed: bytes that must be free, where known. is_private: readable by its owner only. Raises CannotWrite as `write_safely` does.
    """
    check_not_open(path)
    check_room(path.parent, needed)
    part = path.with_name(path.name + ".part")
    try:
        with _opened(part, is_private=is_private) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if verify:
            verify(part)
        _put_in_place(part, path)
    except OSError as fault:
        _discard(part)
        raise _refusal(fault, path, needed) from fault
    except BaseException:
        _discard(part)
        raise


def check_not_open(path: Path) -> None:
    """Refuses with E501 when Excel, WPS or LibreOffice has left its owner mark beside the file, or a folder has its name."""
    marks = (mark.format(name=path.name, tail=path.name[2:]) for mark in _OWNER_MARKS)
    if path.is_dir() or any(path.with_name(mark).is_file() for mark in marks):
        raise _in_use(path)


def check_room(folder: Path, needed: int) -> None:
    """Refuses with E502 when the disk of a folder has less room than the bytes needed."""
    if not folder.is_dir():
        raise CannotWrite("E503", f"找不到文件夹“{told_name(folder)}”，请重新选择保存位置")
    if shutil.disk_usage(folder).free < needed:
        raise _no_room(folder, needed)


def make_folder(folder: Path, *, is_private: bool = False) -> None:
    """Makes a folder and those above it; is_private: it is its owner's only. Refuses with E503 where that cannot be."""
    try:
        if is_private:
            make_private_folder(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotWrite("E503", f"不能建立文件夹“{told_name(folder)}”，请换一个位置") from fault


def second_name(path: Path) -> Path:
    """The first free name of the kind `名称 (2).xlsx` in the same folder."""
    number = 2
    while (found := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return found


def _opened(part: Path, *, is_private: bool) -> BinaryIO:
    try:
        return open(part, "wb", opener=private if is_private else None)
    except OSError as fault:
        if fault.errno in _NOT_WRITABLE:
            raise CannotWrite(
                "E503", f"不能写入文件夹“{told_name(part.parent)}”（没有权限或为只读），请换一个保存位置"
            ) from fault
        raise


def _check(part: Path, data: bytes, verify: Callable[[Path], None] | None) -> None:
    if part.read_bytes() != data:
        raise not_right(part)
    if verify:
        check_written(part, verify)


def check_written(part: Path, verify: Callable[[Path], None]) -> None:
    """Opens a written file in its own format; refuses with E504 where that fails, whatever the fault."""
    try:
        verify(part)
    except CannotWrite:
        raise
    except Exception as fault:
        raise not_right(part) from fault


def _put_in_place(part: Path, path: Path) -> None:
    """Renames; on Windows a scanner may hold the file for a moment, so try again before saying so (P54)."""
    for left in reversed(range(_TRIES)):
        try:
            part.replace(path)
            break
        except PermissionError:
            if not left or sys.platform != "win32":
                raise
            time.sleep(_PAUSE)
    if sys.platform != "win32":
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _discard(part: Path) -> None:
    if part.is_file() or part.is_symlink():
        part.unlink()


def _refusal(fault: OSError, path: Path, needed: int) -> CannotWrite:
    if fault.errno in _NO_ROOM:
        return _no_room(path.parent, needed)
    if fault.errno in _IN_USE:
        return _in_use(path)
    return CannotWrite(
        "E504", f"“{told_name(path)}”没有写完（磁盘或 U 盘出错），原文件未动，请检查后重试或换一个位置"
    )


def _in_use(path: Path) -> CannotWrite:
    second = second_name(path)
    message = f"“{told_name(path)}”正被 Excel 或 WPS 打开，或不允许改写；请关闭后重试，或另存为“{told_name(second)}”"
    return CannotWrite("E501", message, second=second)


def _no_room(folder: Path, needed: int) -> CannotWrite:
    free = shutil.disk_usage(folder).free // _MEGABYTE
    need = max(1, -(-needed // _MEGABYTE))
    return CannotWrite("E502", f"磁盘剩余 {free} MB，需要 {need} MB；请清理后重试，或换一个磁盘")


def not_right(part: Path) -> CannotWrite:
    """E504: what was read back is not what was written; for a `verify` that finds it so."""
    name = told_name(part).removesuffix(".part")
    return CannotWrite("E504", f"“{name}”写入后核对不符，原文件未动，请重试或换一个磁盘")
