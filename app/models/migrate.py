"""Brings a database file to the newest schema: sets up a new one, upgrades an older, refuses a newer."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

from sqlalchemy import Connection, inspect, text

from app.errors import Refused
from app.models.engine import Database
from app.models.migrations import versions
from app.models.schema import trigger_statements

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
    """Run the migrations in one transaction, then lay the triggers anew and check every reference."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    raw = database.writer.raw_connection()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.close()
    with database.writer.begin() as connection:
        drop_triggers(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        lay_triggers(connection)
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise Refused("E909", "数据库升级后检查未通过，已恢复原状。请联系技术人员并保留备份。")
    database.writer.dispose()


def lay_triggers(connection: Connection) -> None:
    """Create every trigger of the one list."""
    for statement in trigger_statements():
        connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Remove every trigger there is, whoever made it."""
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
