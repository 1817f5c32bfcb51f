"""Real offices for tests, set up once in a test run and copied for each test, since a set-up is slow on purpose."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from app.clock import SetClock, local_to_utc
from app.models.engine import connect
from app.paths import DataDir
from app.services.office.office import Office
from app.services.office.set_up import Made, NewOffice, make_office

START = datetime(2022, 5, 10, 9, 0)
ON_SERVER = "HUIMIN_TEST_ON_SERVER"
"""Name of the environment variable that, where it is set, lets every such office have its tables on a PostgreSQL server."""


def copied_office(new: NewOffice, folder: Path, clock: SetClock) -> Made:
    """An office exactly as make_office leaves it at START, in its own folder; its tables on a server where asked for."""
    key, source, recovery, escrow_key = _original(new)
    shutil.copytree(source, folder)
    if os.environ.get(ON_SERVER):
        from tests.server_offices import put_on_server

        put_on_server(DataDir(folder), key, new)
    return Made(Office(DataDir(folder), key, clock), recovery, escrow_key)


@cache
def _original(new: NewOffice) -> tuple[bytes, Path, str, str]:
    above = Path(tempfile.mkdtemp(prefix="huimin-test-"))
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    folder = above / "office"
    made = make_office(DataDir(folder), new, SetClock(local_to_utc(START)))
    key = made.office.safe.key
    made.office.close()
    connection = connect(folder / "office.db", key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return key, folder, made.recovery, made.escrow_key
