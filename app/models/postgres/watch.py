"""Hears from the server that another seat committed, at once and without asking."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import psycopg

from app.models.postgres.schema import CHANNEL

PATIENCE_SECONDS = 0.2
"""How long one wait lasts; closing the office waits no longer."""
_SINCE = "SELECT id, seat, tables FROM journal WHERE id > %s ORDER BY id"


class ServerWatch:
    """A connection that listens; what triggers tell in a transaction comes when it is committed, and once."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")

    def is_moved(self, closing: threading.Event) -> bool:
        """Whether anything was told within the patience."""
        told = list(self._connection.notifies(timeout=PATIENCE_SECONDS, stop_after=1))
        return bool(told) and not closing.is_set()

    def journal_since(self, last: int) -> Sequence[tuple[int, str, str]]:
        """As the server has them now."""
        return self._connection.execute(_SINCE, (last,)).fetchall()

    def close(self) -> None:
        """The connection is this thread's own."""
        self._connection.close()
