"""All tables together, and the triggers that note changes and protect records."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import Table

import app.models
from app.models.base import Base, Shared

CONTRACT = 1
"""Version of what change log entries mean between offices; not the number of a migration.

Raised with every change of the travelling columns; a test compares them with what was last agreed (tests/data).
"""

metadata = Base.metadata


def shared_classes() -> dict[str, type[Shared]]:
    """Table name → mapped class, for every table whose rows enter the change log."""
    return {
        str(mapper.local_table.description): mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Shared)
    }


def table(name: str) -> Table:
    """The table of that name."""
    return metadata.tables[name]


def table_title(name: str) -> str:
    """The Chinese name of a shareable table's records; 其他记录 for one that this version does not know."""
    return shared_classes()[name].title if name in shared_classes() else "其他记录"


UNTOUCHABLE = ("change_entry", "received_entry", "journal", "payee_change", "payee_confirmation")
"""Tables whose rows are neither changed nor deleted by anybody."""

RAW_EVENTS = ("punch",)
"""Tables whose rows are never edited; undoing an import removes them whole."""


def trigger_statements() -> list[str]:
    """Every trigger, as CREATE statements; the only list there is, used at set-up and after migrations."""
    statements = []
    for name in sorted(shared_classes()):
        statements += _noting(name)
    for name in UNTOUCHABLE:
        statements += _forbidding(name, ("UPDATE", "DELETE"))
        statements.append(_no_replace(name))
    for name in RAW_EVENTS:
        statements += _forbidding(name, ("UPDATE",))
    return statements


def _noting(name: str) -> list[str]:
    """Note each row this office itself wrote and changed, whoever changed it and however."""
    return [
        f"CREATE TRIGGER note_{name}_{verb.lower()} AFTER {verb} ON {name} "
        f"WHEN {row}.writer = (SELECT code FROM office) "
        f"BEGIN INSERT INTO pending (tbl, row_id) VALUES ('{name}', {row}.id) ON CONFLICT DO NOTHING; END"
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    ]


def _forbidding(name: str, verbs: tuple[str, ...]) -> list[str]:
    return [
        f"CREATE TRIGGER keep_{name}_{verb.lower()} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{name} rows are kept as they are'); END"
        for verb in verbs
    ]


def _no_replace(name: str) -> str:
    keys = " AND ".join(f"{column.name} = NEW.{column.name}" for column in table(name).primary_key)
    return (
        f"CREATE TRIGGER keep_{name}_insert BEFORE INSERT ON {name} "
        f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {keys}) "
        f"BEGIN SELECT RAISE(ABORT, '{name} rows are kept as they are'); END"
    )


for _module in iter_modules(app.models.__path__):  # at the end, since some of them need the names above
    if not _module.ispkg:
        import_module(f"{app.models.__name__}.{_module.name}")
