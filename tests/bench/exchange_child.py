"""Imports bundles in a process of its own, so that its memory and its lock are nobody else's, and says what each took."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time


def import_each(folder: str, key: str, files: list[str]) -> list[dict[str, object]]:
    """What each file cost, one after the other; the first loads what the first one loads."""
    from app.clock import SetClock, local_to_utc
    from app.paths import DataDir
    from app.services.exchange.receive import ImportBundles
    from app.services.office.office import Office
    from tests.bench.test_bench_import import Held
    from tests.office_copies import START

    office = Office(DataDir(Path(folder)), bytes.fromhex(key), SetClock(local_to_utc(START)))
    actor, told = office.actor_of("admin"), []
    for file in files:
        before, held, began = _peak_mb(), Held(office), process_time()
        [outcome] = office.do(ImportBundles((Path(file),)), actor).value
        took = process_time() - began
        told.append(
            {
                "outcome": str(outcome.outcome),
                "applied": outcome.applied,
                "cpu_s": round(took, 3),
                "lock_s": round(held.longest, 3),
                "statements": held.statements,
                "peak_mb": _peak_mb(),
                "more_mb": _peak_mb() - before,
            }
        )
    office.close()
    return told


def _peak_mb() -> int:
    """Of this process alone: what getrusage says begins with its parent's."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(import_each(sys.argv[1], sys.argv[2], sys.argv[3:])))
