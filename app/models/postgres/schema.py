"""Lays the office's tables on a server, its triggers and its indexes, and tells which triggers stand there."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from app.models.case_words import CASE_WORDS
from app.models.postgres.functions import drop_functions, lay_functions
from app.models.schema import UNTOUCHABLE, metadata, shared_classes, triggers
from app.models.search_words import WORDS
from app.models.triggers import Trigger

CHANNEL = "huimin"
"""Whoever has the office open listens here for commits."""
_LAID = text(
    "SELECT t.tgname AS name, c.relname AS tbl, t.tgtype AS kind, t.tgenabled AS state, p.prosrc AS source, "
    "(SELECT string_agg(a.attname, ',' ORDER BY a.attname) FROM pg_attribute a "
    "WHERE a.attrelid = c.oid AND a.attnum = ANY(t.tgattr)) AS named "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY t.tgname"
)


def lay_tables(connection: Connection, revision: str) -> None:
    """All tables as the program declares them, in an empty database."""
    _give_conditions()
    metadata.create_all(connection)
    # Rows are logged in the order they were noted; a file knows it by itself.
    connection.execute(text("ALTER TABLE pending ADD COLUMN rowid BIGSERIAL"))
    WORDS.create(connection)
    CASE_WORDS.create(connection)
    lay_functions(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})


def _give_conditions() -> None:
    """An index over some rows is over the same rows here. Tables say which for a file only: naming a server's words
    there would load its whole dialect for everybody who opens a file."""
    for table in metadata.tables.values():
        for index in table.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


def clear_server(connection: Connection) -> None:
    """Remove every table of the office, once its rows are elsewhere, and all that was laid with them."""
    drop_server_triggers(connection)
    for name in inspect(connection).get_table_names():
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
    drop_functions(connection)


def server_triggers() -> list[Trigger]:
    """The program's triggers, and what only a server needs: emptying a table at once is refused, commits are told."""
    kept = [*sorted(shared_classes()), *UNTOUCHABLE]
    return [
        *triggers(),
        *(_untruncated(name) for name in kept),
        _tell("journal", "INSERT"),
        _tell("pending", "INSERT"),
    ]


def lay_server_triggers(connection: Connection) -> None:
    """Create every trigger with its function."""
    for one in server_triggers():
        for statement in one.postgres:
            connection.exec_driver_sql(statement)


def drop_server_triggers(connection: Connection) -> None:
    """Remove every trigger there is, whoever made it, and the functions of ours."""
    for row in connection.execute(_LAID).all():
        connection.execute(text(f'DROP TRIGGER "{row.name}" ON "{row.tbl}"'))
        connection.execute(text(f'DROP FUNCTION IF EXISTS "{row.name}"()'))


def laid_triggers(connection: Connection) -> dict[str, str]:
    """Name → what stands on the server, in the words of `laid_words`."""
    return {
        row.name: f"{row.tbl} {row.kind} {row.state} {row.named or ''}\n{row.source}"
        for row in connection.execute(_LAID)
    }


def laid_words(trigger: Trigger) -> str:
    """A trigger as `laid_triggers` finds it where nobody changed it."""
    return f"{trigger.table} {trigger.kind} O {','.join(sorted(trigger.columns))}\n{trigger.source}"


def _untruncated(name: str) -> Trigger:
    return Trigger(name=f"keep_{name}_truncate", table=name, time="BEFORE", verb="TRUNCATE")


def _tell(name: str, verb: str) -> Trigger:
    """Tell whoever listens, once the transaction stands: of a command by its line of the journal, of anybody else by
    what waits to be logged. One that says the same again in a transaction is told once."""
    return Trigger(
        name=f"tell_{name}_{verb.lower()}",
        table=name,
        time="AFTER",
        verb=verb,
        action=f"PERFORM pg_notify('{CHANNEL}', '')",
    )
