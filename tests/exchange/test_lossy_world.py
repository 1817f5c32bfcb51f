"""A city, a county and two stations; a courier who loses, doubles, reorders and truncates; restores and clones: in the
end all sides agree, or say why not (cases 1, 2, 5, 8, 12, 56, 57, 58)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.clock import SetClock
from app.paths import DataDir
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, InviteSite
from app.services.exchange.join_parent import JoinParent
from app.services.exchange.outcome import Outcome
from app.services.office.health import Health
from app.services.office.office import Office
from tests.exchange.forging import Note
from tests.exchange.offices import JIEZHOU, LONGJU, Place, enrol, make_city, make_county
from tests.exchange.restoring import approve, backed_up, restored
from tests.exchange.test_exchange_machine import Rows, people
from tests.killing import KILLS

CITY, COUNTY, FIRST, SECOND = range(4)
ABOVE = {COUNTY: CITY, FIRST: COUNTY, SECOND: COUNTY}
SIDES, STATIONS = st.integers(0, 3), st.sampled_from((FIRST, SECOND))
RESTORED = st.sampled_from((COUNTY, FIRST, SECOND))
EXAMPLES = 2 if KILLS < 100 else KILLS // 3


@dataclass
class Parcel:
    """A bundle on its way."""

    sender: int
    to: int
    file: str


@dataclass
class Oracle:
    """What each side wrote: id → (name, organisation); what of it the last backup has."""

    written: list[Rows] = field(default_factory=lambda: [{} for _ in range(4)])
    backups: dict[int, tuple[Path, Rows]] = field(default_factory=dict)

    def held_by(self, side: int) -> Rows:
        """Persons go up from a station and one step down from a bureau; a city gets none from below."""
        sides = {CITY: (CITY,), COUNTY: (CITY, COUNTY, FIRST, SECOND)}.get(side, (COUNTY, side))
        return {key: value for one in sides for key, value in self.written[one].items()}


Folders = tuple[Path, dict[str, tuple[bytes, object, object]]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folders]:
    """The four offices, enrolled and closed."""
    root = tmp_path_factory.mktemp("world")
    city, county = make_city(root), make_county(root)
    city.do(InviteSite("140802", city.stick / "invitation.hme"))
    county.do(JoinParent(city.stick / "invitation.hme", city.stick / "answer.hme"))
    city.do(AdmitSite(city.stick / "answer.hme"))
    places = [city, county, enrol(county, root, JIEZHOU), enrol(county, root, LONGJU)]
    kept = {
        place.office.identity.code: (place.office.safe.key, place.actor, place.clock.at) for place in places
    }
    for place in places:
        place.office.close()
    yield root, kept


def copied(world: Folders, folder: Path) -> list[Place]:
    root, kept = world
    made = []
    for code, (key, actor, at) in kept.items():
        shutil.copytree(root / code, folder / code)
        stick, clock = folder / f"stick-{code}", SetClock(at)
        stick.mkdir()
        made.append(Place(Office(DataDir(folder / code), key, clock), actor, clock, stick))
    return made


def machine_of(world: Folders) -> type[RuleBasedStateMachine]:
    """The machine, bound to the offices that it copies for each run."""

    class World(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.scratch = tempfile.TemporaryDirectory()
            self.places = copied(world, Path(self.scratch.name))
            self.oracle, self.courier = Oracle(), list[Parcel]()
            self.number = self.clones = self.restores = 0

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
                value = (own[key][0], f"第{self.number:04d}所")
                self.places[side].do(Note(*value, key))
                own[key] = value

        @rule(side=SIDES)
        def export(self, side: int) -> None:
            self.courier += self._exported(side)

        @rule(which=st.integers(0, 50))
        def deliver(self, which: int) -> None:
            """Any parcel that was ever handed over, as often as the courier likes."""
            if self.courier:
                self._deliver(self.courier[which % len(self.courier)])

        @rule(which=st.integers(0, 50))
        def lose(self, which: int) -> None:
            if self.courier:
                self.courier.pop(which % len(self.courier))

        @rule(which=st.integers(0, 50), per_mille=st.integers(0, 999))
        def deliver_truncated(self, which: int, per_mille: int) -> None:
            if not self.courier:
                return
            parcel = self.courier[which % len(self.courier)]
            whole, place = Path(parcel.file).read_bytes(), self.places[parcel.to]
            torn, before = place.stick / "torn.hmb", place.digest()
            torn.write_bytes(whole[: len(whole) * per_mille // 1000])
            [outcome] = place.take(torn)
            assert outcome.outcome is Outcome.refused and place.digest() == before

        @rule(side=RESTORED)
        def back_up(self, side: int) -> None:
            self.oracle.backups[side] = (backed_up(self.places[side]), dict(self.oracle.written[side]))

        @rule(side=RESTORED)
        def restore(self, side: int) -> None:
            """What partners hold comes back; what nobody else had is lost, and so is what was on its way."""
            if side not in self.oracle.backups:
                return
            self.restores += 1
            backup, own = self.oracle.backups.pop(side)
            partners = self._partners(side)
            self.courier = [one for one in self.courier if one.sender != side]
            for one in partners:
                seen = people(self.places[one])
                for key in self.oracle.written[side]:
                    if key in seen:
                        own[key] = max(own.get(key, ("", "")), seen[key])
            self.oracle.written[side] = own
            self.places[side] = restored(self.places[side], backup)
            for parcel in self._exported(side):
                [outcome] = self.places[parcel.to].take(parcel.file)
                assert outcome.code == "E791", outcome.text
            for one in partners:
                approve(self.places[one], self.places[side])
            self._settle()

        @rule(side=STATIONS)
        def clone(self, side: int) -> None:
            """A copied disk goes on beside the first; the second that reports is told from the first."""
            place = self.places[side]
            place.office.close()
            self.clones += 1
            folder = Path(self.scratch.name) / f"clone-{self.clones}"
            shutil.copytree(place.office.data.root, folder / "data")
            key = place.office.safe.key
            place.office = Office(place.office.data, key, place.clock)
            twin = Place(Office(DataDir(folder / "data"), key, place.clock), place.actor, place.clock, folder)
            self.write(side)
            for parcel in self._exported(side):
                self._deliver(parcel)
            twin.do(Note(f"假{self.clones}"))
            for made in twin.export():
                before = self.places[COUNTY].digest()
                [outcome] = self.places[COUNTY].take(made.file)
                assert (outcome.outcome, outcome.code) == (Outcome.alarm, "E702"), outcome.text
                assert self.places[COUNTY].digest() == before
            twin.office.close()

        @invariant()
        def nothing_is_doubled_or_invented(self) -> None:
            for side, place in enumerate(self.places):
                assert people(place).keys() <= self.oracle.held_by(side).keys()

        def teardown(self) -> None:
            self._befall()
            self._settle()
            for side, place in enumerate(self.places):
                assert people(place) == self.oracle.held_by(side)
                desk = place.ask(ExchangeDesk())
                alarms = self.clones if side == COUNTY else 0
                assert (desk.waiting, desk.parked, desk.alarms, desk.returned) == (0, 0, alarms, 0)
                kept = self.clones if side == COUNTY else 0
                assert len(list(place.office.data.quarantine.glob("*.hmb"))) == kept, "forks stay as evidence"
                entries = place.count("received_entry")
                assert entries == place.count("(SELECT DISTINCT stream, seq FROM received_entry)")
                bad = {item.key for item in place.ask(Health()) if not item.is_good}
                assert bad - {"backups"} <= ({"alarms", "queue"} if alarms else set()), bad
                place.office.close()
            self.scratch.cleanup()

        def _befall(self) -> None:
            """Whatever the run has been spared so far: a clone, and a restore that loses what only some have seen."""
            if not self.clones:
                self.clone((FIRST, SECOND)[self.number % 2])
            if not self.restores:
                side = (COUNTY, FIRST, SECOND)[self.number % 3]
                self.back_up(side)
                for _ in range(2):
                    self.write(side)
                    self.edit(side, self.number)
                    for parcel in self._exported(side)[:1]:
                        self._deliver(parcel)
                self.write(side)
                self.restore(side)

        def _settle(self) -> None:
            for _ in range(3):
                for side in (FIRST, SECOND, CITY, COUNTY):
                    for parcel in self._exported(side):
                        self._deliver(parcel)

        def _exported(self, side: int) -> list[Parcel]:
            codes = [place.office.identity.code for place in self.places]
            return [Parcel(side, codes.index(one.recipient), one.file) for one in self.places[side].export()]

        def _partners(self, side: int) -> list[int]:
            above = [ABOVE[side]] if side in ABOVE else []
            return above + [below for below, parent in ABOVE.items() if parent == side]

        def _deliver(self, parcel: Parcel) -> None:
            [outcome] = self.places[parcel.to].take(parcel.file)
            assert outcome.outcome not in (Outcome.alarm, Outcome.refused), outcome.text

    return World


def test_case_01_02_05_08_12_56_57_58_all_sides_agree_whatever_befalls_them(world: Folders) -> None:
    run_state_machine_as_test(
        machine_of(world),
        settings=settings(
            max_examples=int(os.environ.get("HUIMIN_WORLDS", EXAMPLES)),
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
