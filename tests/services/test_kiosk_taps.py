"""Any sequence of taps, waits, restarts and clock changes keeps the kiosk's promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from app.clock import local
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.models.duties import KioskCredential
from app.services.kiosk.pins import Proof
from app.services.kiosk.sign_in import RecordSignIn
from app.services.kiosk.sign_out import RecordSignOut
from app.services.reading.attendance import AttendanceRow, attendance_rows
from tests.services.conftest import COUNTY, Desk
from tests.services.kiosk_desk import KioskDesk


class Taps(RuleBasedStateMachine):
    """One person at a kiosk; the model only counts what each tap was said to be."""

    kiosk: KioskDesk
    number = 0

    @initialize()
    def come(self) -> None:
        Taps.number += 1
        self.desk = self.kiosk.desk
        self.desk.clock.boot = f"run-{Taps.number}"
        self.person = self.kiosk.person(f"值班员{Taps.number}")
        with Session(self.desk.office.database.reader) as session:
            row = session.get(KioskCredential, self.person)
            assert row is not None
            self.proof = Proof(self.person, row.pin_hash)
        self.signed_in: list[str] = []
        self.signed_out: list[str] = []

    @rule()
    def tap_in(self) -> None:
        before = self.rows()
        try:
            result = self.desk.do(RecordSignIn(self.proof, "临时值班", None), KIOSK)
        except Refused as refusal:
            assert refusal.code == "E606"
            assert self.rows() == before
            return
        assert result.direction == "in"
        assert result.is_repeat == (result.punch_id in self.signed_in)
        if not result.is_repeat:
            self.signed_in.append(result.punch_id)

    @rule()
    def tap_in_twice(self) -> None:
        count = len(self.rows())
        self.tap_in()
        self.desk.clock.advance(timedelta(seconds=3))
        self.tap_in()
        assert len(self.rows()) <= count + 1

    @rule()
    def tap_out(self) -> None:
        try:
            result = self.desk.do(RecordSignOut(self.proof, None), KIOSK)
        except Refused as refusal:
            assert refusal.code in ("E602", "E607", "E608")
            return
        assert result.direction == "out"
        if not result.is_repeat:
            self.signed_out.append(result.punch_id)

    @rule(seconds=st.sampled_from((2, 6, 90, 3600, 5 * 3600, 14 * 3600, 3 * 86400)))
    def wait(self, seconds: int) -> None:
        self.desk.clock.advance(timedelta(seconds=seconds))

    @rule()
    def restart(self) -> None:
        self.desk.clock.boot += "+"
        self.desk.clock.mono = 30_000

    @rule(minutes=st.sampled_from((-26 * 60, -30, -1, 1, 45, 26 * 60)))
    def set_the_clock(self, minutes: int) -> None:
        self.desk.clock.at += timedelta(minutes=minutes)

    @invariant()
    def every_event_is_what_was_pressed(self) -> None:
        rows = self.rows()
        assert {row.in_id for row in rows} == set(self.signed_in)
        assert {row.out_id for row in rows if row.out_id} == set(self.signed_out)

    @invariant()
    def no_negative_duration_without_a_flag(self) -> None:
        for row in self.rows():
            if row.in_at and row.out_at and row.out_at < row.in_at:
                assert row.clock_grade == "red"

    @invariant()
    def a_day_has_one_open_shift_at_most(self) -> None:
        days = [row.on for row in self.rows() if row.is_open]
        assert len(days) == len(set(days))

    def rows(self) -> tuple[AttendanceRow, ...]:
        if not hasattr(self, "person"):
            return ()
        today = local(self.desk.clock.at).date()
        with self.desk.office._dispatcher.looking(self.desk.actor) as look:
            return attendance_rows(look, date(2022, 1, 1), today + timedelta(days=400), person_id=self.person)


@pytest.fixture
def office(make_desk: Callable[..., Desk]) -> Iterator[Desk]:
    yield make_desk(COUNTY, "county")


def test_p03_p04_p05_p09_p10_no_sequence_of_taps_breaks_a_promise(office: Desk) -> None:
    machine = type("Machine", (Taps,), {"kiosk": KioskDesk(office)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
