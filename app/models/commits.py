"""Tells whoever listens which tables every commit touched, this process's at once and any other's within a second."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, Protocol

import orjson
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


class Watch(Protocol):
    """One connection that notices when somebody committed; it holds no transaction between two looks."""

    def is_moved(self, closing: threading.Event) -> bool:
        """Whether somebody committed, after waiting for it a while or until `closing` is set."""

    def journal_since(self, last: int) -> Sequence[tuple[int, str, str]]:
        """Number, seat and tables of the journal's lines after that one."""

    def close(self) -> None:
        """Let go of the database."""


class FileWatch:
    """Asks a file for its `data_version`, which moves with every commit of another connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._known = self._version()

    def is_moved(self, closing: threading.Event) -> bool:
        """Asked once a second; the write-ahead log can be emptied meanwhile."""
        if closing.wait(EVERY_SECONDS):
            return False
        before, self._known = self._known, self._version()
        return self._known != before

    def journal_since(self, last: int) -> Sequence[tuple[int, str, str]]:
        """As the file has them now."""
        found: Sequence[tuple[int, str, str]] = self._connection.execute(_SINCE, (last,)).fetchall()
        return found

    def close(self) -> None:
        """The connection is this thread's own."""
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class Commits:
    """The commits of one office's database, as far as they concern who has the office open here.

    seat: marks the journal rows of this opening. Other openings, in this process or another, are noticed by a thread
    that runs while somebody listens: a watch on one kept connection tells that somebody committed, and only then the
    journal is asked for its new rows.
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
        """Open the one connection, and again if the database was out of reach."""
        while not self._closing.is_set():
            try:
                with closing(self._watch()) as watch:
                    self._follow(watch)
            except (DBAPIError, self._engine.dialect.loaded_dbapi.Error):
                # Busy, or the disk or server out of reach: who saves or asks is told so; here the next second tries again.
                self._closing.wait(EVERY_SECONDS)

    def _watch(self) -> Watch:
        """On a connection for this thread alone, outside the pool."""
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if self._engine.dialect.name == "sqlite":
            return FileWatch(connection)
        from app.models.postgres.watch import ServerWatch

        return ServerWatch(connection)

    def _follow(self, watch: Watch) -> None:
        is_moved = False
        while True:
            self._look(watch, is_moved=is_moved)
            while not watch.is_moved(self._closing):
                if self._closing.is_set():
                    return
            is_moved = True

    def _look(self, watch: Watch, *, is_moved: bool) -> None:
        """Tell of the other openings' rows; a commit that left no row may have touched anything."""
        rows = watch.journal_since(self._last)
        if rows:
            self._last = rows[-1][0]
            others = [orjson.loads(tables) for _id, seat, tables in rows if seat != self.seat]
            self.tell(frozenset().union(*others))
        elif is_moved:
            self.tell(every_table())
