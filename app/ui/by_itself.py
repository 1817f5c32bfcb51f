"""Backs up once a day beside the work, a while after opening and then whenever a new day has begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.errors import Cancelled
from app.ui.runner import Job, Runner

FIRST_MS, EVERY_MS = 60_000, 30 * 60_000
"""Not at once, for the first minute of the morning belongs to who opened the window."""


class DailyBackup(QObject):
    """At work as long as its window; closing the window stops it, and nothing half written is left.

    tell(words) says at the window's edge what is going on, "" for nothing; fail(error) that it was not done, once for
    each cause, for a stick that is not there is not there for hours.
    """

    def __init__(
        self,
        parent: QObject,
        runner: Runner,
        tell: Callable[[str], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._tell, self._fail = runner, tell, fail
        self._job: Job | None = None
        self._said: set[str] = set()
        self._often = QTimer(self, interval=EVERY_MS)
        self._often.timeout.connect(self.run)
        self._often.start()
        QTimer.singleShot(FIRST_MS, self, self.run)
        runner.progressed.connect(self._progressed)
        runner.ended.connect(self._ended)

    def run(self) -> None:
        """Do what is due, unless it is being done."""
        if self._job is None:
            office: Any = self._runner.office
            self._job = self._runner.work(office.back_up_daily, failed=self._failed, is_beside=True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled) and str(error) not in self._said:
            self._said.add(str(error))
            if self._fail is not None:
                self._fail(error)

    def _progressed(self, job: Job) -> None:
        if job is self._job:
            self._say(f"自动备份：{job.text}")

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._say("")

    def _say(self, words: str) -> None:
        if self._tell is not None:
            self._tell(words)
