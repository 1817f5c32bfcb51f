"""Run by a newer program in a process of its own: opens an office and does there what the file of steps says.

Takes one JSON object on standard input, gives one on standard output; imports nothing but the program.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.clock import SetClock
from app.kernel.handlers import handles
from app.kernel.permissions import Actor, Permission
from app.kernel.work import Work
from app.paths import DataDir
from app.services.exchange.export import ExportBundles
from app.services.exchange.history import IMPORT, ExchangeHistory
from app.services.exchange.receive import ImportBundles
from app.services.office.office import Office


@dataclass(frozen=True)
class WriteRows:
    """Enter rows as they are stored, and take others back."""

    added: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    removed: list[tuple[str, str]] = field(default_factory=list)


@handles(WriteRows, title="写入各行", permission=Permission.MANAGE_PEOPLE)
def write_rows(work: Work, command: WriteRows) -> None:
    """The triggers note each row for the log."""
    for table, rows in command.added.items():
        for row in rows:
            values = {"writer": work.office.code, **row}
            names, places = (
                ", ".join(f'"{name}"' for name in values),
                ", ".join(f":{name}" for name in values),
            )
            work.session.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})'), values)
    for table, row_id in command.removed:
        work.session.execute(text(f'DELETE FROM "{table}" WHERE id = :id'), {"id": row_id})


def run(office: Office, actor: Actor, steps: dict[str, Any]) -> dict[str, Any]:
    """What the steps gave."""
    told: dict[str, Any] = {"files": [], "outcomes": [], "rows": {}}
    if "added" in steps or "removed" in steps:
        office.do(WriteRows(steps.get("added", {}), steps.get("removed", [])), actor)
    if "take" in steps:
        done = office.do(ImportBundles(tuple(map(Path, steps["take"]))), actor).value
        told["outcomes"] = [(one.outcome, one.text) for one in done]
        told["contents"] = [row.content for row in office.ask(ExchangeHistory(way=IMPORT), actor).rows]
    if "stick" in steps:
        done = office.do(ExportBundles(Path(steps["stick"])), actor).value
        told["files"] = [one.file for one in done]
    with office.database.reader.connect() as connection:
        for table in steps.get("read", ()):
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).mappings()
            told["rows"][table] = [
                {name: value for name, value in row.items() if not isinstance(value, bytes)} for row in rows
            ]
    return told


def main() -> None:
    """Open, do, tell, close."""
    steps = json.load(sys.stdin)
    clock = SetClock(datetime.fromisoformat(steps["at"]))
    office = Office(DataDir(Path(steps["folder"])), bytes.fromhex(steps["key"]), clock)
    try:
        told = run(office, office.actor_of("admin"), steps)
    finally:
        office.close()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
