"""A duty place with its kiosk for tests: lawyers with PINs, published duties, taps at given times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dates import parse_time_ranges
from app.kernel.permissions import KIOSK
from app.models.duties import Punch
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.people.add_person import AddPerson
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.publish_roster import PublishRoster
from app.values import DutyKind, Month
from tests.services.conftest import Desk

CENTRE = "140802-01"
PIN = "2580"


@dataclass
class KioskDesk:
    """A bureau's own centre; every time is of May 2022."""

    desk: Desk
    people: dict[str, str] = field(default_factory=dict)
    serial: count = field(default_factory=lambda: count(1))

    def person(self, name: str = "卫明", pin: str = PIN) -> str:
        """Somebody of the pool with a PIN, entered when first named."""
        if name not in self.people:
            made = self.desk.do(
                AddPerson(
                    name=name,
                    kind="律师",
                    organisation="河东律师事务所",
                    licence=f"114082011{next(self.serial):08d}",
                )
            )
            self.people[name] = made
            if pin:
                self.desk.do(SetPin(made, pin))
        return self.people[name]

    def duty(self, day: int, hours: str = "09:00-13:00", who: str = "卫明") -> str:
        """A published duty; publish once for all by `publish`."""
        made = self.desk.do(
            DraftDuty(CENTRE, date(2022, 5, day), self.person(who), parse_time_ranges(hours), DutyKind.centre)
        )
        return str(made)

    def publish(self) -> None:
        """Publish the month."""
        self.desk.do(PublishRoster(CENTRE, Month(2022, 5)))

    def at(self, day: int, clock: str) -> None:
        """Let the time go on to that moment."""
        self.desk.clock.go_to(
            datetime.combine(date(2022, 5, day), datetime.fromisoformat(f"2022-05-01 {clock}").time())
        )

    def wait(self, **span: float) -> None:
        """Let time go on."""
        self.desk.clock.advance(timedelta(**span))

    def sign_in(self, who: str = "卫明", *, pin: str = PIN, **more: Any) -> Any:
        """签到."""
        return self.desk.do(SignIn(self.person(who), pin, **more), KIOSK)

    def sign_out(self, who: str = "卫明", *, pin: str = PIN, **more: Any) -> Any:
        """签退."""
        return self.desk.do(SignOut(self.person(who), pin, **more), KIOSK)

    def ask(self, query: Any) -> Any:
        """As the kiosk."""
        return self.desk.ask(query, KIOSK)

    def punches(self) -> list[Punch]:
        """Every raw event."""
        with Session(self.desk.office.database.reader) as session:
            return list(session.scalars(select(Punch).order_by(Punch.at)))
