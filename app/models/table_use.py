"""Tells which tables a statement reads and which it writes, from its words alone, however it was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Engine, event

from app.models.schema import metadata
from app.models.use_option import OPTION

UNNOTED: Mapping[str, Any] = MappingProxyType({OPTION: None})
"""The options of a statement that is no reading of the request's own."""

SCRATCH = frozenset({"pending", "unindexed"})
"""Empty again at the end of every transaction, so nobody ever sees it change."""


_WRITTEN = re.compile(r'\b(?:INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_NAMED = re.compile(r'\bAS\s+"?\w+"?|(?<![\w.":])"?([a-z]\w*)"?(?![\w".(])', re.IGNORECASE)
"""A word that stands by itself: no column behind or before a dot, no alias, no function, no parameter."""


@cache
def every_table() -> frozenset[str]:
    """All of them but the scratch ones."""
    return frozenset(metadata.tables) - SCRATCH


@dataclass
class TableUse:
    """The tables that one query or one command has read and written so far.

    written: table → which of the writing statements was the last that wrote it. writes: how many there were.
    """

    read: set[str] = field(default_factory=set)
    written: dict[str, int] = field(default_factory=dict)
    writes: int = 0

    def take(self, statement: str) -> None:
        """Add what a statement reads and writes."""
        read, written = tables_of(statement)
        self.read |= read
        if written:
            self.writes += 1
            self.written.update(dict.fromkeys(written, self.writes))


@lru_cache(maxsize=4096)
def tables_of(statement: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tables a statement reads, and those it writes; rather one too many than one too few.

    A table is read where its name stands by itself, since a statement must name it so in FROM or JOIN, whether
    the ORM, the core or a person wrote it. A written table counts among the read ones too.
    """
    written = every_table().intersection(_WRITTEN.findall(statement))
    return every_table().intersection(_NAMED.findall(statement)), written


def note_table_use(engine: Engine) -> None:
    """From now on every statement is noted in the `TableUse` among the options of whoever executes it."""
    event.listen(engine, "before_cursor_execute", _note)


def _note(
    _connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    use = context.execution_options.get(OPTION)
    if use is not None:
        use.take(statement)
