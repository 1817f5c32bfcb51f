"""A sign-in's commit with journal and change log against a bare commit of one row into the same encrypted file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.kernel.permissions import KIOSK
from app.models.duties import KioskCredential
from app.services.kiosk.pins import Proof
from app.services.kiosk.sign_in import RecordSignIn, SignIn
from app.services.office.office import Office
from tests.bench.report import median_ms, report, timed
from tests.services.conftest import Desk, county, make_desk
from tests.services.kiosk_desk import PIN, KioskDesk

__all__ = ["county", "make_desk"]
PEOPLE, DAYS, WARM = 5, range(11, 28), 5


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """Five people on duty every morning of some weeks."""
    made = KioskDesk(county)
    made.at(10, "08:00")
    for day in DAYS:
        for number in range(PEOPLE):
            made.duty(day, who=f"值班人{number}")
    made.publish()
    return made


class BareRows:
    """Commits one row at a time into a table of its own, over the very connection the program writes with."""

    def __init__(self, office: Office) -> None:
        self._engine, self._rows = office.database.writer, 0
        with self._borrowed() as connection:
            connection.execute("CREATE TABLE bench_bare (id TEXT PRIMARY KEY, at TEXT, words TEXT)")

    def commit(self, connection: Any) -> None:
        """One row, one commit."""
        self._rows += 1
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO bench_bare VALUES (?, '2022-05-11T00:58:00Z', 'x')", (f"row-{self._rows}",)
        )
        connection.execute("COMMIT")

    def timed_commit(self) -> float:
        """Seconds of one."""
        with self._borrowed() as connection:
            return timed(lambda: self.commit(connection))

    def _borrowed(self) -> Any:
        return closing(self._engine.raw_connection())


class WriteWatch:
    """Notes when a command's first row goes to the database: from there on it writes, logs, journals and commits."""

    def __init__(self, office: Office) -> None:
        self._first = 0.0
        event.listen(office.database.writer, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not self._first and statement.startswith("INSERT"):
            self._first = perf_counter()

    def timed(self, run: Callable[[], object]) -> tuple[float, float]:
        """Seconds of the whole command, and of its writing and commit."""
        self._first, began = 0.0, perf_counter()
        run()
        ended = perf_counter()
        return ended - began, ended - self._first


@pytest.mark.bench
def test_commit_of_a_sign_in(kiosk: KioskDesk) -> None:
    office = kiosk.desk.office
    with Session(office.database.reader) as session:
        proofs = [Proof(row.person_id, row.pin_hash) for row in session.scalars(select(KioskCredential))]
    rows = BareRows(office)
    watch, bare, spent = WriteWatch(office), [], []
    for day in DAYS:
        kiosk.at(day, "08:58")
        for proof in proofs:
            kiosk.wait(seconds=2)
            bare.append(rows.timed_commit())
            tap = RecordSignIn(proof, "", kiosk.desk.clock.now())
            spent.append(watch.timed(lambda tap=tap: office.do(tap, KIOSK)))
        kiosk.at(day, "13:00")
        for name in kiosk.people:
            kiosk.sign_out(name)
    whole, commit = (median_ms(part[WARM:]) for part in zip(*spent, strict=True))
    figures = {"command_ms": whole, "commit_ms": commit, "bare_ms": median_ms(bare[WARM:])}
    report("sign-in: row, log, journal, commit", figures, ratio=commit / figures["bare_ms"], wanted=4.0)
    report("sign-in: the whole command", figures, ratio=whole / figures["bare_ms"], wanted=4.0)


@pytest.mark.bench
def test_a_sign_in_with_its_pin(kiosk: KioskDesk) -> None:
    office = kiosk.desk.office
    spent = []
    for day in DAYS[:4]:
        kiosk.at(day, "08:58")
        for person in kiosk.people.values():
            kiosk.wait(seconds=2)
            spent.append(timed(lambda person=person: office.do(SignIn(person, PIN), KIOSK)))
        kiosk.at(day, "13:00")
        for name in kiosk.people:
            kiosk.sign_out(name)
    report("sign-in: PIN and commit", {"sign_in_ms": median_ms(spent[WARM:])})
