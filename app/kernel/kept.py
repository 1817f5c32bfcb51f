"""Keeps what is dear to find beyond the request that found it, until a commit touches a table it was read from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
from sqlalchemy.orm import Session

from app.models.records import JournalEntry, SecurityEvent
from app.models.table_use import UNNOTED, TableUse

Key = tuple[Any, ...]
MOST_KEPT = 24
"""Answers held at a time, the newest used; a county's month is some megabytes."""

UNTOLD = frozenset({JournalEntry.__tablename__, SecurityEvent.__tablename__})
"""Tables that are also written without a line of the journal that names them: what reads one is never kept."""

_NEWEST = "SELECT coalesce(max(id), 0), EXISTS (SELECT 1 FROM pending) FROM journal"
_SINCE = "SELECT id, tables FROM journal WHERE id > ? ORDER BY id"


class _Answer(NamedTuple):
    """What was found, from which tables, and the newest commit that was seen then."""

    value: Any
    tables: frozenset[str]
    commit: int


class KeptAnswers:
    """What is kept of one open office, for all its requests; safe from any thread.

    It follows the journal, which every process writes into, and no clock: whoever keeps something makes sure that
    time alone cannot change it, and that nobody changes the value.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._followed = 0
        """The newest commit whose tables were looked at."""

    def follow(self, session: Session) -> tuple[int, bool]:
        """Forget what commits touched meanwhile; the newest commit that the session sees, and whether rows wait to
        be logged."""
        connection = session.connection()
        with self._lock:
            newest, is_waiting = connection.exec_driver_sql(_NEWEST, None, UNNOTED).one()
            if (
                newest < self._followed
            ):  # an older state of the file: what touched it since cannot be told from here
                self._answers.clear()
            since = (min(newest, self._followed),)
            for commit, tables in connection.exec_driver_sql(_SINCE, since, UNNOTED).all():
                self._forget(commit, frozenset(orjson.loads(tables)))
            self._followed = newest
        return newest, bool(is_waiting)

    def find(self, key: Key, commit: int) -> _Answer | None:
        """What is kept under the key and holds in the state that has that newest commit."""
        with self._lock:
            found = self._answers.get(key)
            if found is None or found.commit > commit:
                return None
            self._answers.move_to_end(key)
            return found

    def keep(self, key: Key, value: Any, tables: frozenset[str], commit: int) -> None:
        """Keep what was found in the state that has that newest commit, unless commits after it were followed."""
        with self._lock:
            if commit < self._followed:
                return
            self._answers[key] = _Answer(value, tables, commit)
            self._answers.move_to_end(key)
            while len(self._answers) > MOST_KEPT:
                self._answers.popitem(last=False)

    def clear(self) -> None:
        """Forget all: something was changed that left no line in the journal."""
        with self._lock:
            self._answers.clear()

    def _forget(self, commit: int, touched: frozenset[str]) -> None:
        gone = [key for key, one in self._answers.items() if one.commit < commit and one.tables & touched]
        for key in gone:
            del self._answers[key]


class Keeping:
    """What one session takes from the kept answers and adds to them.

    is_writing: the session holds the file, and may have changed what it reads. use: all that it reads and writes.
    """

    def __init__(self, kept: KeptAnswers, session: Session, use: TableUse, *, is_writing: bool) -> None:
        self._kept, self._session, self._use, self._is_writing = kept, session, use, is_writing
        self._commit: int | None = None
        self._own: dict[Key, tuple[Any, frozenset[str], int]] = {}
        """Found of the session's own changes: value, tables, and how many statements had written by then."""

    def answer(self, key: Key, find: Callable[[], Any]) -> Any:
        """What is kept under the key, else what find() gives. A refusal is not kept."""
        commit = self._followed()
        if self._holds(key):
            return self._own[key][0]
        found = self._kept.find(key, commit)
        if found is not None and not found.tables & self._use.written.keys():
            self._use.read |= found.tables
            return found.value
        value = find()
        # All that the session read so far counts, for find() may use what was found before without asking again.
        tables = frozenset(self._use.read)
        if commit < 0 or tables & UNTOLD:
            return value
        if tables & self._use.written.keys():
            self._own[key] = (value, tables, self._use.writes)
        else:
            self._kept.keep(key, value, tables, commit)
        return value

    def committed(self, commit: int) -> None:
        """The session's transaction stands under that number: what it found of its own changes, and nothing changed
        afterwards, is kept too."""
        for key, (value, tables, _) in self._own.items():
            if self._holds(key):
                self._kept.keep(key, value, tables, commit)

    def _holds(self, key: Key) -> bool:
        """Whether the session found that of its own changes, and has changed nothing of it since."""
        if key not in self._own:
            return False
        _, tables, writes = self._own[key]
        return all(self._use.written.get(table, 0) <= writes for table in tables)

    def _followed(self) -> int:
        """The newest commit of the session's state; -1 where somebody changed rows outside the program."""
        if self._is_writing:
            self._session.flush()
        if self._commit is None:
            newest, is_waiting = self._kept.follow(self._session)
            # Who writes was refused rows left behind when it began; those that wait now are its own.
            self._commit = -1 if is_waiting and not self._is_writing else newest
        return self._commit
