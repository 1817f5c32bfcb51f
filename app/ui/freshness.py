"""Keeps what is shown in step with the data: stale once a table that was read is touched, then asked for anew."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.ui.runner import Job, Runner

REST_MS = 1000
"""What is shown asks anew at most once in this time, however fast commits follow each other."""


class Freshness(QObject):
    """Watches over what one owner asked the runner for.

    refresh: asks for all of it anew. is_seen: while False it only becomes stale, until `show` is called.
    is_held: while True it waits, for what stands there is being answered.
    """

    def __init__(
        self,
        owner: QObject,
        runner: Runner,
        refresh: Callable[[], object],
        *,
        is_seen: Callable[[], bool] = lambda: True,
        is_held: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(owner)
        self.is_stale = True
        self._owner, self._refresh, self._is_seen, self._is_held = owner, refresh, is_seen, is_held
        self._read: dict[str, frozenset[str]] = {}
        self._asked_at = float("-inf")
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._follow)
        runner.answered.connect(self._take)
        runner.changed.connect(self._changed)

    def tables(self) -> frozenset[str]:
        """The tables that the answers now shown were read from."""
        return frozenset().union(*self._read.values())

    @property
    def is_waiting(self) -> bool:
        """Whether it will ask anew by itself, once it may."""
        return self._later.isActive()

    def show(self) -> None:
        """It comes into view: ask if it is stale."""
        if self.is_stale:
            self._ask()

    def _take(self, job: Job) -> None:
        if job.owner is self._owner:
            self._read[job.slot] = frozenset(job.read)
            self._changed(frozenset(job.missed & job.read))

    def _changed(self, tables: frozenset[str]) -> None:
        if any(not tables.isdisjoint(read) for read in self._read.values()):
            self.is_stale = True
            self._follow()

    def _follow(self) -> None:
        """Ask now, or as soon as it may."""
        if not self.is_stale or not self._is_seen() or self._later.isActive():
            return
        rest = self._asked_at + REST_MS / 1000 - time.monotonic()
        if rest > 0 or self._is_held():
            self._later.start(max(int(rest * 1000) + 1, 100) if rest > 0 else REST_MS)
        else:
            self._ask()

    def _ask(self) -> None:
        self.is_stale = False
        self._asked_at = time.monotonic()
        self._refresh()
