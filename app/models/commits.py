"""Tells whoever listens which tables every commit touched, this process's at once and any other's within a second."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import orjson
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.models.table_use import every_table

EVERY_SECONDS = 1.0
BUSY_MS = 200

Heard = Callable[[frozenset[str]], None]
_LAST = text("SELECT max(id) FROM journal")
_TOUCHED = text("SELECT tables FROM journal WHERE id > :last")
_SINCE = "SELECT id, seat, tables FROM journal WHERE id > ? ORDER BY id"


def last_commit(connection: Connection) -> int:
    """The number of the newest commit that the connection's transaction sees."""
    return int(connection.execute(_LAST).scalar() or 0)


def touched_since(connection: Connection, last: int) -> frozenset[str]:
    """The tables that commits after that one touched, as far as the connection's transaction sees them."""
    rows = connection.execute(_TOUCHED, {"last": last}).scalars()
    return frozenset().union(*map(orjson.loads, rows))


class Commits:
    """The commits of one office's file, as far as they concern who has the office open here.

    seat: marks the journal rows of this opening. Other openings of the file, in this process or another, are noticed by
    a thread that runs while somebody listens: one kept connection asks for `data_version`, and only when that moved,
    for the journal's new rows. It holds no transaction between two looks, so the write-ahead log can be emptied.
    """

    def __init__(self, engine: Engine) -> None:
        self.seat = secrets.token_hex(4)
        self._engine = engine
        self._listeners: list[Heard] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        with engine.connect() as connection:
            self._last = last_commit(connection)

    def listen(self, heard: Heard) -> Callable[[], None]:
        """From now on heard(tables) is called after every commit, from any thread; call the result to stop."""
        with self._lock:
            self._listeners.append(heard)
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="huimin-commits", daemon=True)
                self._thread.start()
        return lambda: self._forget(heard)

    def tell(self, tables: frozenset[str]) -> None:
        """These tables were touched by a commit."""
        with self._lock:
            listeners = tuple(self._listeners)
        for heard in listeners if tables else ():
            heard(tables)

    def close(self) -> None:
        """Stop looking and let go of the file."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _forget(self, heard: Heard) -> None:
        with self._lock:
            if heard in self._listeners:
                self._listeners.remove(heard)

    # the thread

    def _run(self) -> None:
        """Open the one connection, and again if the file was out of reach."""
        while not self._closing.is_set():
            try:
                with closing(self._connection()) as connection:
                    self._watch(connection)
            except (DBAPIError, sqlcipher.DatabaseError):
                # Busy, or the disk out of reach: who saves or asks is told so; here the next second tries again.
                self._closing.wait(EVERY_SECONDS)

    def _connection(self) -> Any:
        """A connection for this thread alone, outside the pool."""
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        assert connection is not None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        return connection

    def _watch(self, connection: Any) -> None:
        known = None
        while True:
            version = connection.execute("PRAGMA data_version").fetchall()
            if version != known:
                self._look(connection, is_moved=known is not None)
                known = version
            if self._closing.wait(EVERY_SECONDS):
                return

    def _look(self, connection: Any, *, is_moved: bool) -> None:
        """Tell of the other openings' rows; a commit that left no row may have touched anything."""
        rows = connection.execute(_SINCE, (self._last,)).fetchall()
        if rows:
            self._last = rows[-1][0]
            others = [orjson.loads(tables) for _id, seat, tables in rows if seat != self.seat]
            self.tell(frozenset().union(*others))
        elif is_moved:
            self.tell(every_table())
