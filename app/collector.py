"""Spares Python's collector of cycles what it need not look through: very many plain rows, and all that is loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 50_000
"""New objects between two searches; a search among so many takes a few milliseconds."""


@contextmanager
def collector_waiting() -> Iterator[None]:
    """Nothing is searched for cycles within the block; where it waits already, it goes on waiting afterwards."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()


def collect_young() -> None:
    """Search what was made since the last search; what a long task leaves behind step by step does not pile up while
    the collector waits."""
    gc.collect(0)


def collect_seldom() -> None:
    """Search once in many new objects: nearly all that a program makes while it loads stays."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


def spare_what_is_loaded() -> None:
    """Modules, classes and mappers stay until the program ends, so no search looks through them again; once a program,
    for windows that come later are to be searched."""
    if not gc.get_freeze_count():
        gc.freeze()


def leave_all() -> None:
    """The program ends: what it holds goes with its process, and the interpreter's last search looks through nothing."""
    gc.freeze()
