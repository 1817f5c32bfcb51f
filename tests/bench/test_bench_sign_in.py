"""A sign-in's commit with journal and change log against a bare commit of one row into the same encrypted file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.duties import KioskCredential
from app.models.engine import connect
from app.services.kiosk.pins import Proof
from app.services.kiosk.sign_in import RecordSignIn, SignIn
from app.services.security.permissions import KIOSK
from tests.bench.report import median_ms, report, timed
from tests.services.conftest import Desk, county, make_desk
from tests.services.kiosk_desk import PIN, KioskDesk

__all__ = ["county", "make_desk"]
PEOPLE, WARM = 40, 5


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """Forty people with duties of the same morning."""
    made = KioskDesk(county)
    made.at(10, "08:00")
    for number in range(PEOPLE):
        made.duty(11, who=f"值班人{number:02d}")
    made.publish()
    made.at(11, "08:58")
    return made


def bare_rows(path: Path, key: bytes) -> Any:
    """A connection with synchronous=FULL as the program has it, and a table of its own in the office's file."""
    connection = connect(path, key)
    connection.execute("CREATE TABLE bench_bare (id TEXT PRIMARY KEY, at TEXT, words TEXT)")
    return connection


def commit_one(connection: Any, number: int) -> None:
    """One row, one commit."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bench_bare VALUES (?, '2022-05-11T00:58:00Z', 'x')", (f"row-{number}",))
    connection.execute("COMMIT")


@pytest.mark.bench
def test_commit_of_a_sign_in(kiosk: KioskDesk) -> None:
    office = kiosk.desk.office
    with Session(office.database.reader) as session:
        proofs = [Proof(row.person_id, row.pin_hash) for row in session.scalars(select(KioskCredential))]
    connection = bare_rows(office.data.database, office.safe.key)
    bare, whole = [], []
    for number, proof in enumerate(proofs):
        kiosk.wait(seconds=2)
        bare.append(timed(lambda number=number: commit_one(connection, number)))
        whole.append(timed(lambda proof=proof: office.do(RecordSignIn(proof, "", kiosk.desk.clock.now()), KIOSK)))
    connection.close()
    figures = {"sign_in_ms": median_ms(whole[WARM:]), "bare_ms": median_ms(bare[WARM:])}
    report("sign-in: commit", figures, ratio=figures["sign_in_ms"] / figures["bare_ms"], wanted=4.0)


@pytest.mark.bench
def test_a_sign_in_with_its_pin(kiosk: KioskDesk) -> None:
    office = kiosk.desk.office
    spent = []
    for person in kiosk.people.values():
        kiosk.wait(seconds=2)
        spent.append(timed(lambda person=person: office.do(SignIn(person, PIN), KIOSK)))
    report("sign-in: PIN and commit", {"sign_in_ms": median_ms(spent[WARM:])})
