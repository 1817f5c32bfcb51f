"""Brings a database to the newest schema: sets up a new one, upgrades an older, refuses a newer."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from sqlalchemy import Connection, inspect, text

from app.errors import Refused
from app.models.engine import Database
from app.models.migrations import versions
from app.models.schema import triggers

HEAD = max(module.name[1:5] for module in iter_modules(versions.__path__))
"""Revision of the newest migration, from the names of the files: m0001_first_tables.py is 0001."""


def bring_up_to_date(database: Database) -> None:
    """Make the schema current. Raises Refused E908 for a file of a newer program."""
    with database.reader.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    if found > HEAD:
        raise Refused(
            "E908",
            f"数据库由更新的程序写成（{found}），本程序（{HEAD}）不能打开。"
            "请升级程序；要用本程序，请恢复升级前的备份。",
        )
    upgrade(database)


def revision(connection: Connection) -> str:
    """Revision of the file, "" for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def upgrade(database: Database, to: str = HEAD) -> None:
    """Run the migrations in one transaction, then lay the triggers anew and check every reference.

    On a server the tables begin as they stand now; what comes after is migrated there too.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    is_file = database.writer.dialect.name == "sqlite"
    if is_file:
        raw = database.writer.raw_connection()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.close()
    with database.writer.begin() as connection:
        drop_triggers(connection)
        if is_file or revision(connection):
            config.attributes["connection"] = connection
            command.upgrade(config, to)
        else:
            _server().lay_tables(connection, to)
        lay_triggers(connection)
        if is_file and connection.execute(text("PRAGMA foreign_key_check")).all():
            raise Refused("E909", "数据库升级后检查未通过，已恢复原状。请联系技术人员并保留备份。")
    database.writer.dispose()


def lay_triggers(connection: Connection) -> None:
    """Create every trigger of the one list."""
    if connection.dialect.name != "sqlite":
        _server().lay_server_triggers(connection)
        return
    for one in triggers():
        connection.execute(text(one.sqlite))


def drop_triggers(connection: Connection) -> None:
    """Remove every trigger there is, whoever made it."""
    if connection.dialect.name != "sqlite":
        _server().drop_server_triggers(connection)
        return
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f'DROP TRIGGER "{name}"'))


def triggers_here(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Name → how each trigger stands in this database, and how this program lays it."""
    if connection.dialect.name != "sqlite":
        server = _server()
        return server.laid_triggers(connection), {
            one.name: server.laid_words(one) for one in server.server_triggers()
        }
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in rows}, {one.name: one.sqlite for one in triggers()}


def _server() -> Any:
    """Loaded only where an office's tables are on a server."""
    from app.models.postgres import schema

    return schema
