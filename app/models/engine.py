"""Opens the encrypted database: one writing and one reading engine over the same keyed file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.errors import Refused
from app.models.table_use import note_table_use
from app.models.trouble import Trouble, trouble_of
from app.private_files import make_private_file

BUSY_TIMEOUT_MS = 60_000
"""How long a connection waits while another program writes."""
READING_KIB, WRITING_KIB = 16_384, 131_072
"""Most memory for pages of the file. Who writes has room for a large sheet's pages, so that none is encrypted twice."""

_REMEDIES = {
    Trouble.full: "清理磁盘空间",
    Trouble.busy: "关闭其他窗口",
    Trouble.medium: "检查磁盘",
    Trouble.closed: "检查数据目录的权限",
    Trouble.away: "检查网络和服务器",
    Trouble.other: "联系技术人员检查",
}


@dataclass(frozen=True)
class Database:
    """The two ways into one database: writer holds it for itself from its beginning, reader cannot write.

    place: the file, or the server's address without a password.
    """

    place: str
    writer: Engine
    reader: Engine

    @property
    def path(self) -> Path:
        """The file; of an office that has one."""
        return Path(self.place)

    def close(self) -> None:
        """The writer last, so that its going leaves everything in the one file."""
        self.reader.dispose()
        self.writer.dispose()


def open_database(path: Path, key: bytes) -> Database:
    """Open the file with its 32-byte key; an absent file is made empty.

    Raises Refused E902 when the key does not fit the file or the file is damaged, E920 where the disk is in the way.
    """
    try:
        connect(path, key).close()
    except sqlcipher.DatabaseError as error:
        kind = trouble_of(error)
        if kind is Trouble.damaged:
            raise Refused(
                "E902", f"数据库打不开：密钥不符或文件已损坏（{path.name}）。请用备份恢复。"
            ) from error
        raise Refused(
            "E920",
            f"数据库现在打不开（{path.name}）：{kind.value}，数据没有丢失。请{_REMEDIES[kind]}后再试。",
        ) from error
    return Database(str(path), _engine(path, key, read_only=False), _engine(path, key, read_only=True))


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A keyed DB-API connection with the settings every connection has; a file it makes is the owner's only.

    The engine's own log stays silent: it goes to stderr, which belongs to sentences for people.
    """
    if not read_only:
        with suppress(OSError):  # where the place is in the way, the engine says so below
            make_private_file(path)
    connection = sqlcipher.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is removed, personal values above all, must not stay behind in free pages.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA cache_size = -{READING_KIB if read_only else WRITING_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def fits(path: Path, key: bytes) -> bool:
    """Whether the file opens with the key; SQLCipher does not complain on stderr when it does not."""
    connection = sqlcipher.connect(str(path))
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return False
    finally:
        connection.execute("PRAGMA cipher_log_level = ERROR")
        connection.close()
    return True


def _engine(path: Path, key: bytes, *, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        hide_parameters=True,
        module=sqlcipher,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=3 if read_only else 1,
        max_overflow=4 if read_only else 0,
    )
    # A transaction that reads first and writes later fails at once, without waiting, where another process wrote in
    # between; IMMEDIATE waits for its turn at the beginning.
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    note_table_use(engine)
    return engine
