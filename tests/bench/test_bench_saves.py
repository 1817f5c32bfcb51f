"""What a save costs, a consultation's and a sign-in's, against the same statements by the bare driver."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.permissions import KIOSK
from app.models.duties import KioskCredential
from app.services.kiosk.pins import Proof
from app.services.kiosk.sign_in import RecordSignIn, SignIn
from tests.bench.replayed import Replay
from tests.bench.report import median_ms, report, timed
from tests.services.conftest import Desk, county, make_desk
from tests.services.consultation_desk import go_to, lawyer, on_duty, record
from tests.services.kiosk_desk import PIN, KioskDesk

__all__ = ["county", "make_desk"]
PEOPLE, DAYS, WARM = 5, range(11, 20), 5


def tell(name: str, replay: Replay) -> None:
    """The medians of all but the first few, which load what they need."""
    commands, floors = replay.commands[WARM:], replay.floors[WARM:]
    cost, floor = statistics.median(one.processor for one in commands), statistics.median(floors)
    figures = {
        "wall_ms": median_ms([one.seconds for one in commands]),
        "cpu_ms": round(cost * 1000, 2),
        "statements": commands[-1].statements,
        "driver_cpu_ms": round(floor * 1000, 2),
    }
    report(name, figures, ratio=cost / floor, wanted=2.0)


@pytest.mark.bench
def test_saving_a_consultation(county: Desk, tmp_path: Path) -> None:
    on_duty(county, (lawyer(county), "09:00-17:00"))
    go_to(county, "09:30")
    replay = Replay(county.office, tmp_path)
    for _ in range(40):
        replay.measure(lambda: record(county))
    tell("consultation: the whole save", replay)


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """Some people on duty every morning of some days."""
    made = KioskDesk(county)
    made.at(10, "08:00")
    for day in DAYS:
        for number in range(PEOPLE):
            made.duty(day, who=f"值班人{number}")
    made.publish()
    return made


def every_morning(kiosk: KioskDesk, tap: Callable[[str], object]) -> None:
    """Each of the people in turn taps before the duty and signs out after it."""
    for day in DAYS:
        kiosk.at(day, "08:58")
        for person in kiosk.people.values():
            kiosk.wait(seconds=2)
            tap(person)
        kiosk.at(day, "13:00")
        for name in kiosk.people:
            kiosk.sign_out(name)


@pytest.mark.bench
def test_a_sign_in(kiosk: KioskDesk, tmp_path: Path) -> None:
    office = kiosk.desk.office
    with Session(office.database.reader) as session:
        proofs = {
            row.person_id: Proof(row.person_id, row.pin_hash)
            for row in session.scalars(select(KioskCredential))
        }
    replay = Replay(office, tmp_path)

    def tap(person: str) -> None:
        came = RecordSignIn(proofs[person], "", kiosk.desk.clock.now())
        replay.measure(lambda: office.do(came, KIOSK))

    every_morning(kiosk, tap)
    tell("sign-in: the database's part", replay)


@pytest.mark.bench
def test_a_sign_in_with_its_pin(kiosk: KioskDesk) -> None:
    spent: list[float] = []
    every_morning(
        kiosk, lambda person: spent.append(timed(lambda: kiosk.desk.office.do(SignIn(person, PIN), KIOSK)))
    )
    report("sign-in: PIN and commit", {"wall_ms": median_ms(spent[WARM:])})
