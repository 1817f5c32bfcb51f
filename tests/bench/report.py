"""Measures time, processor time and statements, and shows what a benchmark measured beside its floor."""

from __future__ import annotations

import json
import math
import os
import statistics
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from sqlalchemy import Engine, event

MEASURED: list[dict[str, object]] = []
"""Every measurement of this run, for the table at its end."""


@dataclass
class Cost:
    """What one thing costs: seconds by the wall's clock and of the processor, and statements sent to the database."""

    seconds: float
    processor: float
    statements: int = 0


def cost_of(run: Callable[[], object], engine: Engine | None = None) -> Cost:
    """What a call costs in this process; statements are counted where an engine is given."""
    with counted(engine) as statements:
        wall, worked = perf_counter(), process_time()
        run()
        return Cost(perf_counter() - wall, process_time() - worked, len(statements))


@contextmanager
def counted(engine: Engine | None) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters that the engine sends while the block lasts."""
    sent: list[tuple[str, Any]] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        sent.extend((statement, one) for one in (parameters if many else [parameters]))

    if engine is not None:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        if engine is not None:
            event.remove(engine, "before_cursor_execute", note)


def peak_mb(run: Callable[[], object]) -> float:
    """Megabytes that this process held at most during a call, over what it held before it (Linux)."""
    before, most, ended = _held_mb(), [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.01):
            most[0] = max(most[0], _held_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        run()
    finally:
        ended.set()
        watcher.join()
    return round(most[0] - before, 1)


def _held_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def timed(run: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = perf_counter()
    run()
    return perf_counter() - began


def worked(run: Callable[[], object]) -> float:
    """Seconds of the processor that a call takes in this thread."""
    began = thread_time()
    run()
    return thread_time() - began


def median_ms(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 2)


def p95_ms(seconds: Sequence[float]) -> float:
    """What 95 of a hundred stay below, in milliseconds."""
    return round(sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))] * 1000, 2)


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """How a cost grows with the size: 1 as the size, 2 as its square, 0 not at all (least squares of the logarithms)."""
    x, y = [math.log(size) for size in sizes], [math.log(max(cost, 1e-9)) for cost in costs]
    mx, my = statistics.mean(x), statistics.mean(y)
    across = sum((one - mx) * (other - my) for one, other in zip(x, y, strict=True))
    return round(across / sum((one - mx) ** 2 for one in x), 2)


def report(
    name: str, figures: dict[str, object], *, ratio: float | None = None, wanted: float | None = None
) -> None:
    """One measurement; a ratio stands beside the one wanted and fails nothing.

    Collected for the table, and appended as one JSON line to the file that HUIMIN_BENCH_OUT names.
    """
    whole: dict[str, object] = {"bench": name, **figures}
    if ratio is not None:
        whole |= {"ratio": round(ratio, 2), "wanted": wanted}
    MEASURED.append(whole)
    if target := os.environ.get("HUIMIN_BENCH_OUT"):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(json.dumps(whole, ensure_ascii=False) + "\n")


def table_text() -> str:
    """All measurements, one a line: what it took, its floor, their ratio and the one wanted, how it grows; then the rest."""
    rows = [[title for title, _ in _TABLE] + ["further"], *(_cells(one) for one in MEASURED)]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(_TABLE))]
    lines = []
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines) + "\n"


def _cells(one: dict[str, object]) -> list[str]:
    """The figures by column; what has no column stands at the end under its name."""
    left, found = dict(one), []
    for _, names in _TABLE:
        name = next((name for name in names if name in left), "")
        found.append(_with_unit(name, left.pop(name)) if name else "")
    return [*found, ", ".join(f"{name} {figure}" for name, figure in left.items() if figure is not None)]


def _with_unit(name: str, figure: object) -> str:
    """The figure with the unit that its name ends in."""
    unit = next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")
    return f"{'' if figure is None else figure}{unit}"


def _width(text: str) -> int:
    """Columns on a terminal, where Chinese signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


_UNITS = {"_ms": " ms", "_s": " s", "mb": " MB"}
_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("measurement", ("bench",)),
    ("wall", ("wall_s", "wall_ms", "p95_ms", "longest_other_save_s")),
    ("cpu or memory", ("cpu_s", "cpu_ms", "many_ms", "mb", "grown_mb")),
    ("statements", ("statements",)),
    ("floor", ("bare_cpu_s", "floor_cpu_s", "driver_cpu_ms", "bare_read_ms", "few_ms", "bare_mb", "floor_ms", "wanted_s", "most_mb")),
    ("ratio", ("ratio",)),
    ("wanted", ("wanted",)),
    ("exponent", ("exponent",)),
)  # fmt: skip
"""Column → the figures that it shows, the first of them that a measurement has."""
