"""Kills processes for tests: one that works in a real office dies at a chosen statement, file operation or moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

KILLS = int(os.environ.get("HUIMIN_TEST_KILLS", "20"))
"""How often a test of kills kills; `make test-long` has it do so more often."""
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kills a forked process; this system cannot fork"
)
FILE_STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")
STATEMENT_STEPS = ("begin", "before_cursor_execute", "commit", "rollback")


def put_aside(folder: Path, saved: Path) -> Callable[[], None]:
    """Copy a folder aside; what is given back puts it back as it is now, for every work that is to be killed."""
    shutil.copytree(folder, saved)

    def again() -> None:
        shutil.rmtree(folder)
        shutil.copytree(saved, folder)

    return again


def forked(work: Callable[[], None]) -> int:
    """A process of its own that does the work and ends; its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return child


def killed_after(seconds: float, work: Callable[[], None]) -> bool:
    """Do the work in a process that is killed after a while; whether it was killed before it was done."""
    child = forked(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def seconds_of(work: Callable[[], None]) -> float:
    """How long the work takes in a process of its own."""
    begun = time.monotonic()
    os.waitpid(forked(work), 0)
    return time.monotonic() - begun


def killed_at(step: int, root: Path, work: Callable[[], None]) -> tuple[bool, int]:
    """Do the work in a process that kills itself before its step of that number (0: never).

    A step is a statement of SQL, the beginning or end of a transaction, or an operation on a file below root.
    Returns whether it was killed, and how many steps it has if not. Fails when the work fails by itself.
    """
    reading, writing = os.pipe()

    def counted() -> None:
        seen = [0]

        def count(*_: Any, **__: Any) -> None:
            seen[0] += 1
            if seen[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name in FILE_STEPS and str(root) in str(arguments[0]):
                count()

        for name in STATEMENT_STEPS:
            event.listen(Engine, name, count)
        sys.addaudithook(watch)
        work()
        os.write(writing, str(seen[0]).encode())

    status = os.waitpid(forked(counted), 0)[1]
    os.close(writing)
    with os.fdopen(reading) as told:
        steps = int(told.read() or 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status), steps


def kills(
    root: Path, work: Callable[[], None], prepare: Callable[[], None], times: int = KILLS
) -> Iterator[bool]:
    """Do the work so many times, prepared anew each time, killed at random steps and every fourth time at a random
    moment; whether it was killed. The first is killed at the last step, when all is done. What is left lies there
    when this yields."""
    chance = random.Random(times)
    prepare()
    _, steps = killed_at(0, root, work)
    prepare()
    whole = seconds_of(work)
    assert steps > 10
    for turn in range(times):
        prepare()
        if turn % 4 == 3:
            yield killed_after(chance.uniform(0, whole), work)
        else:
            yield killed_at(chance.randint(1, steps) if turn else steps, root, work)[0]
