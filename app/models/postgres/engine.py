"""Opens an office's database on a server: one writer at a time over all seats, readers that see one state."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.types.numeric import IntLoader
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.pool import QueuePool

from app.errors import Refused
from app.models.engine import BUSY_TIMEOUT_MS, Database
from app.models.postgres.dialect import say_in_driver_words
from app.models.server_address import ServerAddress
from app.models.table_use import note_table_use

CONNECT_SECONDS = 10
WRITE_LOCK = 0x48554D
"""Whoever writes holds this lock of the database until its transaction ends, as `BEGIN IMMEDIATE` holds a file: so
commits follow one another, and the log's chain stays one line."""
_TAKE_LOCK = f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"
_WRITING = f"-c lock_timeout={BUSY_TIMEOUT_MS} -c client_min_messages=error"
_READING = (
    "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on "
    "-c client_min_messages=error"
)

registry.register("postgresql.office", "app.models.postgres.dialect", "OfficeDialect")


class WholeNumber(IntLoader):
    """Sums of whole numbers, which the server gives as a kind of its own."""


def open_server(address: ServerAddress, password: str) -> Database:
    """The database at the address. Raises Refused E987 out of reach, E988 not let in, E989 of another encoding."""
    try:
        with server_connection(address, password) as connection:
            encoding = connection.execute("SHOW server_encoding").fetchone()
    except psycopg.OperationalError as error:
        raise _unreachable(address, error) from error
    if encoding != ("UTF8",):
        raise Refused("E989", f"数据库“{address.database}”的字符编码不是 UTF8，不能使用。请按手册重新建库。")
    return Database(
        str(address),
        _engine(address, password, read_only=False),
        _engine(address, password, read_only=True),
    )


def server_connection(
    address: ServerAddress, password: str, *, read_only: bool = False
) -> psycopg.Connection[Any]:
    """A connection with the settings every connection has."""
    options: dict[str, Any] = dict(address.options)
    connection = psycopg.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        password=password or None,
        dbname=address.database,
        connect_timeout=CONNECT_SECONDS,
        application_name="huimin",
        options=_READING if read_only else _WRITING,
        **options,
    )
    connection.adapters.register_loader("numeric", WholeNumber)
    return connection


def _engine(address: ServerAddress, password: str, *, read_only: bool) -> Engine:
    engine = create_engine(
        "postgresql+office://",
        hide_parameters=True,
        creator=lambda: server_connection(address, password, read_only=read_only),
        poolclass=QueuePool,
        pool_size=3 if read_only else 1,
        max_overflow=4 if read_only else 0,
        pool_pre_ping=True,
        use_native_hstore=False,
    )
    if not read_only:
        event.listen(engine, "begin", _take_lock)
    event.listen(engine, "before_cursor_execute", say_in_driver_words, retval=True)
    note_table_use(engine)
    return engine


def _take_lock(connection: Connection) -> None:
    connection.exec_driver_sql(_TAKE_LOCK)


def _unreachable(address: ServerAddress, error: psycopg.OperationalError) -> Refused:
    if (error.sqlstate or "").startswith("28") or "password" in str(error):
        return Refused(
            "E988", f"数据库服务器（{address.host}）不让用户“{address.user}”进入。请核对用户和密码。"
        )
    return Refused(
        "E987",
        f"连不上数据库“{address.database}”（{address.host}）。请检查网络和服务器是否开着，数据没有丢失。",
    )
