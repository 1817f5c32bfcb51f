"""A county and two stations with a courier who loses, doubles and reorders: in the end all sides agree (cases 1, 2, 3, 5, 8)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.outcome import Outcome
from app.services.office.health import Health
from tests.exchange.conftest import Copies
from tests.exchange.forging import Note
from tests.exchange.offices import Place

SIDES = st.integers(0, 2)
Rows = dict[str, tuple[str, str]]


@dataclass
class Parcel:
    """A bundle on its way to one of the places."""

    to: int
    file: str


@dataclass
class Oracle:
    """What each place wrote itself: id → (name, organisation)."""

    written: list[Rows] = field(default_factory=lambda: [{}, {}, {}])

    def held_by(self, side: int) -> Rows:
        """What a place must hold once everything was delivered: the county everything, a station the county's and its own."""
        sides = (0, 1, 2) if side == 0 else (0, side)
        return {key: value for one in sides for key, value in self.written[one].items()}


def people(place: Place) -> Rows:
    """Everybody in the place's pool."""
    with place.office.database.reader.connect() as connection:
        return {
            row[0]: (row[1], row[2])
            for row in connection.execute(text("SELECT id, name, organisation FROM person"))
        }


def machine_of(copies: Copies) -> type[RuleBasedStateMachine]:
    """The machine, bound to the offices that it copies for each run."""

    class Exchange(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.scratch = tempfile.TemporaryDirectory()
            self.places = copies(Path(self.scratch.name))
            self.oracle, self.courier, self.number = Oracle(), list[Parcel](), 0

        @rule(side=SIDES)
        def write(self, side: int) -> None:
            self.number += 1
            made = self.places[side].do(Note(f"人{self.number}"))
            self.oracle.written[side][made] = (f"人{self.number}", "")

        @rule(side=SIDES, which=st.integers(0, 20))
        def edit(self, side: int, which: int) -> None:
            own = self.oracle.written[side]
            if own:
                key, self.number = list(own)[which % len(own)], self.number + 1
                value = (own[key][0], f"第{self.number}所")
                self.places[side].do(Note(*value, key))
                own[key] = value

        @rule(side=SIDES)
        def export(self, side: int) -> None:
            for made in self.places[side].export():
                self.courier.append(Parcel(self._side_of(made.recipient), made.file))

        @rule(which=st.integers(0, 50), is_last=st.booleans())
        def deliver(self, which: int, is_last: bool) -> None:
            """Any parcel that was ever handed over, as often as the courier likes."""
            if self.courier:
                self._deliver(self.courier[which % len(self.courier)])

        @rule(which=st.integers(0, 50))
        def lose(self, which: int) -> None:
            if self.courier:
                self.courier.pop(which % len(self.courier))

        @invariant()
        def nothing_is_doubled_or_invented(self) -> None:
            for side, place in enumerate(self.places):
                assert people(place).keys() <= self.oracle.held_by(side).keys()

        def teardown(self) -> None:
            for _ in range(2):
                for side in (1, 2, 0):
                    self.export(side)
                for parcel in self.courier[-4:]:
                    self._deliver(parcel)
            for side, place in enumerate(self.places):
                assert people(place) == self.oracle.held_by(side)
                desk = place.ask(ExchangeDesk())
                assert (desk.waiting, desk.parked, desk.alarms, desk.returned) == (0, 0, 0, 0)
                assert not list(place.office.data.quarantine.glob("*.hmb"))
                entries = place.count("received_entry")
                assert entries == place.count("(SELECT DISTINCT stream, seq FROM received_entry)")
                assert [item.key for item in place.ask(Health()) if not item.is_good] == ["backups"]
                place.office.close()
            self.scratch.cleanup()

        def _side_of(self, code: str) -> int:
            return [place.office.identity.code for place in self.places].index(code)

        def _deliver(self, parcel: Parcel) -> None:
            [outcome] = self.places[parcel.to].take(parcel.file)
            assert outcome.outcome not in (Outcome.alarm, Outcome.refused), outcome.text

    return Exchange


def test_case_01_02_03_05_08_whatever_the_courier_does_all_sides_agree_in_the_end(copies: Copies) -> None:
    run_state_machine_as_test(
        machine_of(copies),
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
