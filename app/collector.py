"""Lets Python's collector of cycles wait while very many plain rows are held, for it would look through them all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
