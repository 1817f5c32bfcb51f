"""A case worked on by its station and the county, with a courier who loses, doubles and reorders: both agree in the end."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from app.case_values import CaseEventKind as Kind
from app.errors import Refused
from app.rules.cases.facts import FactValue
from app.rules.cases.fold import fold_case
from app.services.cases.enter_event import HEAD_KINDS, DecideCase, EnterCaseEvent, EnterIntake
from app.services.office.health import Health
from tests.exchange.case_scans import (
    DAY,
    RawEvent,
    attach,
    clocks_at,
    desk,
    digests,
    scan,
    standing_at,
    written_at,
)
from tests.exchange.conftest import Copies
from tests.exchange.offices import JIEZHOU, Place
from tests.services.case_desk import CLERK, GRANT, HEAD, LAWYER, REVIEWER, SIGNED, accountless

DUE = (DAY + timedelta(days=5)).isoformat()
FACTS: dict[Kind, dict[str, FactValue]] = {
    Kind.notified_once: {"missing": ("收入证明",), "due_on": DUE},
    Kind.supplemented: {"papers": ("收入证明",)},
    Kind.withdrawn: {"by": "本人"},
    Kind.review_begun: {"reviewer": "李审查"},
    Kind.granted: dict(GRANT),
    Kind.refused: {**SIGNED, "refusal": "其他", "why": "不符", "how_to_object": "十五日内"},
    Kind.assigned: dict(LAWYER),
    Kind.contracted: {},
    Kind.transferred: {"to": "临汾市", "why": "管辖"},
}
INTAKE = (Kind.notified_once, Kind.supplemented, Kind.withdrawn)
AGENCY = tuple(FACTS)


def machine_of(copies: Copies) -> type[RuleBasedStateMachine]:
    """The machine, bound to the offices that it copies for each run."""

    class TwoOffices(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.scratch = tempfile.TemporaryDirectory()
            self.county, self.station, self.other = copies(Path(self.scratch.name))
            self.other.office.close()
            self.case = desk(self.station).register(DAY)
            self.courier: list[tuple[Place, str]] = []
            self.beyond: set[str] = set()
            self.scans = 0

        @rule(kind=st.sampled_from(INTAKE), late=st.integers(0, 1))
        def intake(self, kind: Kind, late: int) -> None:
            self._enter(self.station, kind, DAY + timedelta(days=late))

        @rule(kind=st.sampled_from(AGENCY), late=st.integers(0, 1))
        def agency(self, kind: Kind, late: int) -> None:
            if self._is_known():
                self._enter(self.county, kind, DAY + timedelta(days=late))

        @rule(is_station=st.booleans(), which=st.integers(0, 9))
        def void(self, is_station: bool, which: int) -> None:
            place = self.station if is_station else self.county
            if is_station or self._is_known():
                events = standing_at(place, self.case).all_events
                self._enter(place, Kind.voided, DAY + timedelta(days=1), events[which % len(events)].id)

        @rule(which=st.sampled_from((Kind.granted, Kind.assigned, Kind.voided)), aim=st.integers(0, 9))
        def overreach(self, which: Kind, aim: int) -> None:
            """A station's program that does not keep to what a station may write."""
            events = standing_at(self.station, self.case).all_events
            theirs = [one.id for one in events if one.writer == self.county.office.identity.code]
            if which is Kind.voided and not theirs:
                return
            raw = RawEvent(
                self.case,
                JIEZHOU,
                which.value,
                DAY + timedelta(days=1),
                {} if which is Kind.voided else dict(FACTS[which]),
                500 + len(self.beyond),
                theirs[aim % len(theirs)] if which is Kind.voided else "",
            )
            self.beyond.add(self.station.do(raw, accountless(CLERK)))

        @rule()
        def add_scan(self) -> None:
            self.scans += 1
            attach(self.station, self.case, scan(self.scans))

        @rule(is_station=st.booleans())
        def export(self, is_station: bool) -> None:
            if is_station:
                self.courier += [(self.county, made.file) for made in self.station.export()]
            else:
                self.courier += [(self.station, made.file) for made in self.county.export(JIEZHOU)]

        @rule(which=st.integers(0, 50))
        def deliver(self, which: int) -> None:
            if self.courier:
                self._deliver(*self.courier[which % len(self.courier)])

        @rule(which=st.integers(0, 50))
        def lose(self, which: int) -> None:
            if self.courier:
                self.courier.pop(which % len(self.courier))

        def teardown(self) -> None:
            for _ in range(3):
                for is_station in (True, False):
                    self.courier.clear()
                    self.export(is_station)
                    for place, file in self.courier:
                        self._deliver(place, file)
            ours = standing_at(self.county, self.case)
            assert ours == standing_at(self.station, self.case)
            assert clocks_at(self.county, self.case) == clocks_at(self.station, self.case)
            self._compare_with_union()
            assert digests(self.county) == digests(self.station) and len(digests(self.county)) == self.scans
            for place in (self.county, self.station):
                assert [item.key for item in place.ask(Health()) if not item.is_good] == ["backups"]
                place.office.close()
            self.scratch.cleanup()

        def _compare_with_union(self) -> None:
            ours = standing_at(self.county, self.case)
            union = [*written_at(self.county, self.case), *written_at(self.station, self.case)]
            told = fold_case((one for one in union if one.id not in self.beyond), site=JIEZHOU)
            assert (ours.state, ours.number, ours.handlers) == (told.state, told.number, told.handlers)
            assert {one.event.id for one in ours.misfits} == {
                one.event.id for one in told.misfits
            } | self.beyond

        def _is_known(self) -> bool:
            return self.county.count(f"legal_case WHERE id = '{self.case}'") == 1

        def _enter(self, place: Place, kind: Kind, on: date, voids: str = "") -> None:
            """What a person would type; what the rules refuse is refused."""
            command, by = (EnterIntake, CLERK) if place is self.station else (EnterCaseEvent, REVIEWER)
            if place is self.county and kind in (*HEAD_KINDS, Kind.voided):
                command, by = DecideCase, HEAD
            try:
                place.do(
                    command(
                        case=self.case,
                        kind=kind,
                        on=on,
                        facts=FACTS.get(kind, {}),
                        reason="登记有误" if kind is Kind.voided else "",
                        voids=voids,
                    ),
                    accountless(by),
                )
            except Refused as refusal:
                assert refusal.code.startswith("E3"), refusal

        def _deliver(self, place: Place, file: str) -> None:
            [outcome] = place.take(file)
            assert outcome.outcome in ("APPLIED", "NOOP", "PARKED"), outcome.text

    return TwoOffices


def test_whatever_both_offices_and_the_courier_do_a_case_stands_the_same_on_both_sides(
    copies: Copies,
) -> None:
    run_state_machine_as_test(
        machine_of(copies),
        settings=settings(
            max_examples=6,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
