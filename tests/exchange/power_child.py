"""Takes a bundle in and answers it in a process of its own, so that its file operations can be recorded."""

from __future__ import annotations

import sys
from pathlib import Path


def work(root: str, key: str, bundle: str, stick: str) -> None:
    """An import, and the export of the reply that acknowledges it."""
    from app.clock import SetClock, local_to_utc
    from app.paths import DataDir
    from app.services.exchange.export import ExportBundles
    from app.services.exchange.receive import ImportBundles
    from app.services.office.office import Office
    from tests.office_copies import START

    office = Office(DataDir(Path(root)), bytes.fromhex(key), SetClock(local_to_utc(START)))
    actor = office.actor_of("admin")
    [outcome] = office.do(ImportBundles((Path(bundle),)), actor).value
    assert outcome.outcome == "APPLIED", outcome.text
    office.do(ExportBundles(Path(stick)), actor)
    office.close()


if __name__ == "__main__":
    work(*sys.argv[1:])
