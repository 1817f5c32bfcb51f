"""Turns every failure into one Chinese sentence with a code; details go to a file, never to the screen."""

from __future__ import annotations

import errno
import logging
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import __version__
from app.errors import Cancelled, Problem, Refused
from app.private_files import make_private_folder, private

_log = logging.getLogger("huimin.ui")
_PLAIN = {
    errno.ENOSPC: Problem("", "磁盘已满，刚才的操作没有完成；请腾出空间后再试一次", "E590"),
    errno.EACCES: Problem("", "没有权限读写这个位置，或文件正被别的程序打开；请关闭它或换一个位置", "E591"),
    errno.EPERM: Problem("", "没有权限读写这个位置，或文件正被别的程序打开；请关闭它或换一个位置", "E591"),
    errno.ENOENT: Problem("", "找不到这个文件或文件夹；请检查 U 盘是否已拔出，再选一次", "E592"),
    errno.EDQUOT: Problem("", "磁盘已满，刚才的操作没有完成；请腾出空间后再试一次", "E590"),
    errno.EIO: Problem(
        "", "磁盘或 U 盘读写出错，刚才的操作没有完成；请检查它是否松动或损坏，换一个再试", "E594"
    ),
    errno.EROFS: Problem("", "这个位置只能读，不能写；请检查 U 盘的写保护开关，或换一个位置", "E593"),
}


@dataclass(frozen=True)
class Said:
    """What a person is told about a failure: a sentence, its code, and problems beside fields."""

    code: str
    text: str
    problems: tuple[Problem, ...] = ()
    is_fault: bool = True

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Diagnostics:
    """Writes unexpected failures below a folder: kinds and places only, no values, no names of people."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    @property
    def place(self) -> Path | None:
        return self.folder / "diagnostics.log" if self.folder else None

    def note(self, error: BaseException) -> str:
        """Write the failure down and return its number; where that cannot be, there is no place any more."""
        number = f"{datetime.now():%m%d-%H%M%S}"
        lines = "\n".join(_frames(error))
        _log.error("unexpected %s %s", number, type(error).__name__)
        if self.place is not None:
            try:
                make_private_folder(self.place.parent)
                with open(self.place, "a", encoding="utf-8", opener=private) as file:
                    file.write(f"{number} {__version__}\n{lines}\n\n")
            except OSError:
                self.folder = None
        return number


def say(error: BaseException, diagnostics: Diagnostics | None = None) -> Said:
    """The sentence for a failure: refusals as they are, known system faults plainly, the rest as E999."""
    if isinstance(error, Refused):
        return Said(error.code, error.message, error.problems)
    if isinstance(error, Cancelled):
        return Said("", error.message, is_fault=False)
    if isinstance(error, OSError) and error.errno in _PLAIN:
        known = _PLAIN[error.errno]
        return Said(known.code, known.message, (known,))
    return _unexpected(error, diagnostics or Diagnostics())


def _unexpected(error: BaseException, diagnostics: Diagnostics) -> Said:
    number = diagnostics.note(error)
    place = f"，详情在 {diagnostics.place}" if diagnostics.place else ""
    text = f"程序遇到没有料到的问题（编号 {number}），刚才的操作没有保存；请再试一次，仍不行时把编号告诉技术人员{place}"
    return Said("E999", text)


def _frames(error: BaseException) -> list[str]:
    """Exception kinds and code places along the chain of causes, without any value."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return lines
