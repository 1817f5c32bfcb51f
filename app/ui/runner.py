"""Keeps the window alive: commands queue on one writer thread, queries on a reader, answers come back queued."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.errors import Cancelled

Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class JobOutcome(Protocol):
    """What a command gives back."""

    @property
    def value(self) -> Any: ...


class OfficeDoor(Protocol):
    """What the runner needs of the office; do and ask block, and all may be used from any thread."""

    def do(self, command: Any, actor: Any, progress: Any = None) -> JobOutcome: ...

    def ask(self, query: Any, actor: Any, read: set[str] | None = None) -> Any: ...

    def hear_commits(self, heard: Callable[[frozenset[str]], None]) -> Callable[[], None]: ...


class JobProgress:
    """What a long task reports to; `step` is also where a cancelled task stops."""

    def __init__(self, job: Job, report: Callable[[Job], None]) -> None:
        self._job = job
        self._report = report
        self._told = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say how far the task is; raises Cancelled once the person has asked to stop and something is left to do."""
        if self._job.is_cancelled and not 0 < total <= done:
            raise Cancelled()
        self._job.done, self._job.total, self._job.text = done, total, text
        now = time.monotonic()
        if now - self._told > 0.1 or done >= total:
            self._told = now
            self._report(self._job)


@dataclass(eq=False)
class Job:
    """One queued piece of work and how far it is. Times are monotonic seconds.

    read: the tables a query read. missed: those touched by commits that were heard of while it was running.
    """

    run: Callable[[JobProgress], Any]
    then: Then | None = None
    failed: Failed | None = None
    title: str = ""
    is_wanted: Callable[[], bool] = lambda: True
    owner: QObject | None = None
    slot: str = ""
    read: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    has_begun: bool = False
    is_command: bool = False
    is_long: bool = False
    is_quiet: bool = False
    is_beside: bool = False
    is_cancelled: bool = False
    done: int = 0
    total: int = 0
    text: str = ""
    queued_at: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self.is_cancelled = True


class Runner(QObject):
    """Runs an office's commands and queries away from the GUI thread; use it from the GUI thread only.

    changed(tables): a commit touched these tables, whichever process made it.
    answered(job): a query's answer arrives; its owner shows what the tables in `read` say.
    saved, unsaved: a command of this window was carried out, or was not; quiet ones say neither.
    started/progressed/ended(job): for the progress dialog and the status bar.
    unheard(error): a failure nobody took.
    """

    changed = Signal(object)
    answered = Signal(object)
    saved = Signal()
    unsaved = Signal()
    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    unheard = Signal(object)
    _posted = Signal(object)

    def __init__(self, office: OfficeDoor, actor: Any = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.actor = actor
        self._newest: dict[tuple[int, str], object] = {}
        self._posted.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._is_open = True
        self._open_jobs: set[Job] = set()
        self._lanes = {name: _Lane(name, self._finish) for name in ("commands", "queries", "work", "beside")}
        self._stop_hearing = office.hear_commits(self._heard)

    def do(
        self,
        command: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        *,
        title: str = "",
        actor: Any = None,
        is_long: bool = False,
        is_quiet: bool = False,
    ) -> Job:
        """Queue a command with the actor of this moment; then(value) or failed(error) on the GUI thread.

        is_long: a task that reads for long and writes through commands of its own; it does not hold up saving.
        is_quiet: nothing that the person did, such as the keeping of a draft.
        """
        who = actor if actor is not None else self.actor
        job = Job(lambda p: self.office.do(command, who, p), then, failed, title)
        job.is_command, job.is_long, job.is_quiet = True, is_long, is_quiet
        return self._queue("work" if is_long else "commands", job)

    def ask(
        self,
        query: Any,
        then: Then,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
        slot: str = "",
        actor: Any = None,
    ) -> Job:
        """Queue a query; with an owner, only the newest answer for (owner, slot or kind of query) arrives."""
        who = actor if actor is not None else self.actor
        job = Job(lambda _p: self.office.ask(query, who, job.read), then, failed)
        job.owner, job.slot = owner, slot or type(query).__name__
        if owner is not None:
            job.is_wanted = self._newest_for(owner, job.slot)
        return self._queue("queries", job)

    def work(
        self,
        task: Callable[[JobProgress], Any],
        then: Then | None = None,
        failed: Failed | None = None,
        *,
        title: str = "",
        owner: QObject | None = None,
        is_beside: bool = False,
    ) -> Job:
        """Queue a long task that is neither command nor query, such as drawing the pages of a preview. is_beside: nobody
        asked for it and nobody waits for it; it holds up no other task and opens no dialog."""
        job = Job(task, then, failed, title)
        job.is_beside = is_beside
        if owner is not None:
            job.is_wanted = lambda: isValid(owner)
        return self._queue("beside" if is_beside else "work", job)

    @property
    def is_busy(self) -> bool:
        """Whether anything is queued or running."""
        return bool(self._open_jobs)

    def close(self, seconds: float = 10.0) -> bool:
        """Finish the commands queued so far, drop the rest, stop the threads; whether all had stopped."""
        self._is_open = False
        self._stop_hearing()
        for job in self._open_jobs:
            if job.is_long or not job.is_command:
                job.cancel()
                job.is_wanted = _no
        stopped = [lane.close(seconds) for lane in self._lanes.values()]
        return all(stopped)

    def _queue(self, lane: str, job: Job) -> Job:
        if not self._is_open:
            return job
        self._open_jobs.add(job)
        self._lanes[lane].put(job, JobProgress(job, self._report))
        self.started.emit(job)
        return job

    def _newest_for(self, owner: QObject, slot: str) -> Callable[[], bool]:
        key, token = (id(owner), slot), object()
        self._newest[key] = token
        return lambda: self._newest.get(key) is token and isValid(owner)

    def _report(self, job: Job) -> None:
        self._post(lambda: self.progressed.emit(job))

    def _heard(self, tables: frozenset[str]) -> None:
        self._post(lambda: self._note(tables))

    def _note(self, tables: frozenset[str]) -> None:
        """A query that is running may not see the commit any more."""
        for job in self._open_jobs:
            if job.has_begun:
                job.missed |= tables
        self.changed.emit(tables)

    def _finish(self, job: Job, result: Any, error: Exception | None) -> None:
        self._post(lambda: self._deliver(job, result, error))

    def _post(self, call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the window is gone while a thread still runs out
            self._posted.emit(call)

    def _deliver(self, job: Job, result: Any, error: Exception | None) -> None:
        self._open_jobs.discard(job)
        self.ended.emit(job)
        if job.is_command:
            self._tell_end(job, error)
            result = result.value if error is None else None
        if not job.is_wanted():
            return
        if job.owner is not None:
            self.answered.emit(job)
        if error is None:
            hand_over(job.then, result)
        elif not hand_over(job.failed, error):
            self.unheard.emit(error)

    def _tell_end(self, job: Job, error: Exception | None) -> None:
        if not job.is_quiet and not isinstance(error, Cancelled):
            (self.saved if error is None else self.unsaved).emit()


class _Lane:
    """One thread that works through its queue in order."""

    def __init__(self, name: str, finish: Callable[[Job, Any, Exception | None], None]) -> None:
        self._finish = finish
        self._jobs: queue.SimpleQueue[tuple[Job, JobProgress] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"huimin-{name}", daemon=True)
        self._thread.start()

    def put(self, job: Job, progress: JobProgress) -> None:
        self._jobs.put((job, progress))

    def close(self, seconds: float) -> bool:
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (entry := self._jobs.get()) is not None:
            self._run_one(*entry)

    def _run_one(self, job: Job, progress: JobProgress) -> None:
        if not job.is_command and not job.is_wanted():
            self._finish(job, None, Cancelled())
            return
        try:
            if job.is_cancelled:
                raise Cancelled()
            job.has_begun = True
            result = job.run(progress)
        except Exception as error:  # noqa: BLE001 - every failure is delivered and becomes a sentence
            self._finish(job, None, error)
        else:
            self._finish(job, result, None)


def _call(call: Callable[[], None]) -> None:
    call()


def _no() -> bool:
    return False


def hand_over(taker: Callable[[Any], None] | None, value: Any) -> bool:
    """Give a value to whoever takes it, unless that widget is gone; False where nobody takes it."""
    if taker is None:
        return False
    owner = getattr(taker, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return True
    taker(value)
    return True
