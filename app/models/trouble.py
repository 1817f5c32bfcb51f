"""Names what is wrong when a database engine fails, from the engine's own error names."""

from __future__ import annotations

from enum import Enum
from typing import Any


class Trouble(Enum):
    """What stands in the way of the database file."""

    full = "磁盘已满"
    busy = "被另一个程序占用"
    damaged = "文件已损坏"
    medium = "磁盘读写出错"
    closed = "没有读写权限"
    away = "数据库服务器连不上"
    other = "数据库出错"


_STARTS = {
    "SQLITE_FULL": Trouble.full,
    "SQLITE_BUSY": Trouble.busy,
    "SQLITE_LOCKED": Trouble.busy,
    "SQLITE_CORRUPT": Trouble.damaged,
    "SQLITE_NOTADB": Trouble.damaged,
    "SQLITE_IOERR": Trouble.medium,
    "SQLITE_READONLY": Trouble.closed,
    "SQLITE_CANTOPEN": Trouble.closed,
    "SQLITE_PERM": Trouble.closed,
}
"""An error of the encryption (a page that does not verify) comes as SQLITE_CORRUPT, on the first page as NOTADB."""


_STATES = {
    "53100": Trouble.full,
    "55P03": Trouble.busy,
    "57014": Trouble.busy,
    "57P01": Trouble.away,
    "XX001": Trouble.damaged,
    "XX002": Trouble.damaged,
    "58030": Trouble.medium,
    "42501": Trouble.closed,
    "25006": Trouble.closed,
}
"""The states of PostgreSQL. Without one the server cannot be reached."""
_NO_SERVER = object()


_WORDS = {
    "disk is full": Trouble.full,
    "locked": Trouble.busy,
    "malformed": Trouble.damaged,
    "not a database": Trouble.damaged,
    "disk I/O error": Trouble.medium,
    "readonly": Trouble.closed,
    "unable to open": Trouble.closed,
}
"""The engine's sentences; a fault while pages are copied from one file to another comes without a name."""


def trouble_of(error: BaseException | None) -> Trouble:
    """The kind of a DB-API error; extended names such as SQLITE_IOERR_WRITE count as what they begin with."""
    state: Any = getattr(error, "sqlstate", _NO_SERVER)
    if state is not _NO_SERVER:
        return _STATES.get(state, Trouble.other) if state else Trouble.away
    name = str(getattr(error, "sqlite_errorname", ""))
    by_name = next((kind for start, kind in _STARTS.items() if name.startswith(start)), None)
    return by_name or next((kind for words, kind in _WORDS.items() if words in str(error)), Trouble.other)
