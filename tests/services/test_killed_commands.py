"""A power cut during a settlement or a sign-in: none or all of it, nothing stuck, and the next try works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.clock import SetClock, local_to_utc
from app.kernel.permissions import KIOSK, Actor
from app.paths import DataDir
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.money.pay_month import PayMonth
from app.services.money.settle_final import SettleFinal
from app.services.office.health import Health
from app.services.office.office import Office
from tests.killing import KILLS, kills, needs_fork, put_aside
from tests.services.conftest import Desk
from tests.services.kiosk_desk import PIN, KioskDesk
from tests.services.money_book import AFTER_MAY, CENTRE, STATION, Book, paid

TIMES = KILLS // 2
LEDGER = {"database", "chain", "rows", "journal", "guards", "found", "alarms"}


@dataclass
class Shut:
    """A closed office that any process can open; prepare: puts it back as it was before the work."""

    root: Path
    prepare: Callable[[], None]
    key: bytes
    clock: SetClock

    def open(self) -> Office:
        """The office in this process."""
        return Office(DataDir(self.root), self.key, SetClock(self.clock.at, self.clock.mono))

    def doing(self, command: Any, actor: Actor) -> Callable[[], None]:
        """Open, carry out, close."""

        def work() -> None:
            office = self.open()
            office.do(command, actor)
            office.close()

        return work


def shut(desk: Desk, folder: Path) -> Shut:
    desk.office.close()
    root = desk.office.data.root
    return Shut(root, put_aside(root, folder / "saved"), desk.office.safe.key, desk.clock)


def count(office: Office, rows: str) -> int:
    with office.database.reader.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {rows}")).scalar() or 0)


def is_whole(office: Office, actor: Actor) -> bool:
    """Whether the check finds nothing wrong with file and records."""
    bad = [item for item in office.ask(Health(), actor) if item.key in LEDGER and not item.is_good]
    return not bad and count(office, "pending") == 0


@needs_fork
def test_a_killed_settlement_leaves_an_open_month_or_a_settled_one(county: Desk, tmp_path: Path) -> None:
    book = Book(county)
    for day in (10, 11, 12):
        book.worked(day, CENTRE)
        book.worked(day, STATION, "李四")
    book.publish()
    county.clock.at = local_to_utc(AFTER_MAY)
    expected = book.settle()
    lines = len(expected.lines)
    place = shut(county, tmp_path)
    outcomes = set()
    command = SettleFinal("2022-05")
    for _ in kills(place.root, place.doing(command, county.actor), place.prepare, TIMES):
        office = place.open()
        settled = count(office, "settlement")
        outcomes.add(settled)
        stored = count(office, "pay_line")
        assert (settled, stored) in ((0, 0), (1, lines))
        assert count(office, "journal WHERE command = 'SettleFinal'") == settled
        assert is_whole(office, county.actor)
        again = office.do(command, county.actor).value
        assert again.total_fen == expected.total_fen > 0
        paid(replace(county, office=office), PayMonth("2022-05", AFTER_MAY.date(), "凭证1"))
        assert (count(office, "settlement"), count(office, "pay_line"), count(office, "payment")) == (
            1,
            lines,
            2,
        )
        office.close()
    assert outcomes == {0, 1}


@needs_fork
def test_a_killed_sign_in_leaves_one_punch_or_none(county: Desk, tmp_path: Path) -> None:
    desk = KioskDesk(county)
    desk.duty(10)
    desk.publish()
    person = desk.person()
    desk.at(10, "08:58")
    place = shut(county, tmp_path)
    outcomes = set()
    for _ in kills(place.root, place.doing(SignIn(person, PIN), KIOSK), place.prepare, TIMES):
        office = place.open()
        made = count(office, "punch")
        outcomes.add(made)
        assert made in (0, 1) and count(office, "journal WHERE command = 'RecordSignIn'") == made
        assert is_whole(office, county.actor)
        office.do(SignIn(person, PIN), KIOSK)
        assert count(office, "punch WHERE direction = 'in'") == 1
        office.clock.go_to(datetime(2022, 5, 10, 13, 1))
        office.do(SignOut(person, PIN), KIOSK)
        assert (count(office, "punch"), is_whole(office, county.actor)) == (2, True)
        office.close()
    assert outcomes == {0, 1}
