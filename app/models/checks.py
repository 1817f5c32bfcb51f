"""Checks and references that the database itself keeps, for tables that never travel; travelling rows may dangle."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """The column holds one of the words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


def at_least(column: str, least: int) -> CheckConstraint:
    """The column holds no number below; an empty one passes."""
    return CheckConstraint(f"{column} >= {least}", name=f"{column}_at_least_{least}")


def local_reference(target: str) -> ForeignKey:
    """A reference to a row of another local table, looked at when the transaction commits: an import writes entries
    before the stream they belong to."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def entry_reference(log: str) -> ForeignKeyConstraint:
    """A side row belongs to an entry (stream, seq) of its log."""
    return ForeignKeyConstraint(
        ["stream", "seq"], [f"{log}.stream", f"{log}.seq"], deferrable=True, initially="DEFERRED"
    )
