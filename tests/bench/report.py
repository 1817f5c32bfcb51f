"""Shows what a benchmark measured as a table, and as one JSON line that HUIMIN_BENCH_OUT collects."""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter


def timed(run: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    began = perf_counter()
    run()
    return perf_counter() - began


def median_ms(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 2)


def report(
    name: str, figures: dict[str, object], *, ratio: float | None = None, wanted: float | None = None
) -> None:
    """One benchmark's figures; a ratio stands beside the one wanted and fails nothing."""
    whole = {"bench": name, **figures}
    if ratio is not None:
        whole |= {"ratio": round(ratio, 2), "wanted": wanted}
    out = sys.stdout
    out.write(f"\n{name}\n")
    for key, value in whole.items():
        if key != "bench":
            out.write(f"  {key:<28}{value}\n")
    line = json.dumps(whole, ensure_ascii=False)
    out.write(f"{line}\n")
    if target := os.environ.get("HUIMIN_BENCH_OUT"):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
