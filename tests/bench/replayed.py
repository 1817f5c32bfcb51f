"""Replays the very statements of a command by the bare driver on a copy of its database: the floor of a save."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from app.models.engine import connect
from app.services.office.office import Office
from tests.bench.report import Cost, cost_of, counted, worked


class Replay:
    """Measures commands of an office against their own statements, each on the file as it was before the command."""

    def __init__(self, office: Office, folder: Path) -> None:
        self._office, self._copy = office, folder / "copy.db"
        self.commands: list[Cost] = []
        self.floors: list[float] = []

    def measure(self, run: Callable[[], object]) -> None:
        """Copy, run, replay; the copy holds what the last commit left, its log being emptied first."""
        with closing(self._office.database.writer.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self._office.database.path, self._copy)
        spent: list[float] = []
        with counted(self._office.database.writer) as sent:
            cost = cost_of(lambda: spent.append(worked(run)))
        self.commands.append(Cost(cost.seconds, spent[0], len(sent)))
        self.floors.append(self._floor(sent))

    def _floor(self, sent: Sequence[tuple[str, Any]]) -> float:
        connection = connect(self._copy, self._office.safe.key)
        try:
            return worked(lambda: _again(connection, sent))
        finally:
            connection.close()


def read_again(office: Office, sent: Sequence[tuple[str, Any]]) -> float:
    """Seconds of the processor that the bare driver needs for the questions among the statements, every row taken."""
    connection = connect(office.database.path, office.safe.key, read_only=True)
    asked = [one for one in sent if one[0].lstrip().startswith(("SELECT", "WITH"))]
    try:
        return worked(lambda: [connection.execute(*one).fetchall() for one in asked])
    finally:
        connection.close()


def _again(connection: Any, sent: Sequence[tuple[str, Any]]) -> None:
    """One transaction of them, every row taken, no object made."""
    for statement, parameters in sent:
        if statement.startswith("BEGIN"):
            continue
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, parameters).fetchall()
    connection.execute("COMMIT")
