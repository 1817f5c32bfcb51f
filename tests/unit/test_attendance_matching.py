"""Which rows serve which duties, and how late is late (Y05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.rules.duty.facts import AttendanceFact
from app.rules.duty.lateness import earliness, lateness
from app.rules.duty.matching import AttendanceMatch, Attended, index_duties, match_attendance
from app.rules.policy.duty_rates import RuleSettings
from tests.unit.settlement_facts import CENTRE, OTHER, Book, at, seconds

DEFAULT = RuleSettings()


def matched(book: Book, settings: RuleSettings = DEFAULT) -> AttendanceMatch:
    return match_attendance(index_duties(book.duties), book.rows, settings)


@pytest.mark.parametrize(
    ("came", "is_served"),
    [("06:59:59", False), ("07:00", True), ("09:00", True), ("12:59:59", True), ("13:00", False)],
)
def test_y05_sign_in_serves_within_start_less_120_minutes_and_before_end(came: str, is_served: bool) -> None:
    book = Book()
    duty = book.duty(10)
    book.row(10, came, "13:30")
    assert (duty in matched(book).served) is is_served
    assert bool(matched(book).unscheduled) is not is_served


def test_y05_the_window_is_a_setting() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "08:29", "13:00")
    assert matched(book, replace(DEFAULT, match_window_minutes=30)).unscheduled


def test_y05_nearest_start_is_served() -> None:
    book = Book()
    morning, afternoon = book.duty(10, hours="09:00-13:00"), book.duty(10, hours="13:00-17:00")
    early, late = book.row(10, "10:59", "12:00"), book.row(10, "12:40", "17:00")
    served = matched(book).served
    assert [row.id for row in served[morning].rows] == [early]
    assert [row.id for row in served[afternoon].rows] == [late]


def test_y05_of_two_equally_near_starts_the_earlier_is_served() -> None:
    book = Book()
    first, second = book.duty(10, hours="09:00-11:30"), book.duty(10, hours="11:00-13:00")
    book.row(10, "10:00", "13:00")
    assert first in matched(book).served
    assert second not in matched(book).served


def test_y05_one_row_never_serves_two_duties() -> None:
    book = Book()
    first = book.duty(10, hours="09:00-13:00")
    book.duty(10, hours="13:00-17:00")
    book.row(10, "09:00", "17:00")
    assert set(matched(book).served) == {first}
    assert book.kinds() == ["no_sign_in"]
    assert book.nets() == [300, 0]


def test_y05_two_rows_round_a_noon_break_serve_one_duty() -> None:
    book = Book()
    duty = book.duty(10, CENTRE)
    book.row(10, "13:55", "18:00", CENTRE)
    book.row(10, "07:55", "12:01", CENTRE)
    served = matched(book).served[duty]
    assert (served.in_at, served.out_at) == (at(10, "07:55"), at(10, "18:00"))
    assert book.nets() == [200]


def test_y05_the_last_sign_in_left_open_leaves_the_duty_open() -> None:
    book = Book()
    book.duty(10, CENTRE)
    book.row(10, "07:55", "12:01", CENTRE)
    book.row(10, "13:55", None, CENTRE)
    assert book.nets() == [0]
    assert book.kinds() == ["no_sign_out"]


@pytest.mark.parametrize("change", [{"site": OTHER}, {"person_id": "li"}, {"on": date(2022, 5, 11)}])
def test_y05_another_site_person_or_date_serves_nothing(change: dict[str, object]) -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "13:00")
    book.rows = [replace(book.rows[0], **change)]  # type: ignore[arg-type]
    assert matched(book).served == {}
    assert len(matched(book).unscheduled) == 1


def test_p07_a_row_that_fits_no_duty_is_listed() -> None:
    book = Book()
    book.row(10, "09:00", "13:00")
    only_out = book.row(11, None, "13:00")
    assert book.kinds() == ["unscheduled", "unscheduled"]
    assert book.settle().exceptions[1].subject == only_out
    assert book.nets() == []


def test_p02_a_monday_0730_sign_in_is_mondays_and_stays_open() -> None:
    book = Book()
    monday = book.duty(9, hours="08:00-12:00")
    book.row(9, "07:30", None)
    served = matched(book).served[monday]
    assert served.in_at == at(9, "07:30")
    assert served.out_at is None


def test_p03_a_forgotten_sign_out_is_never_closed_automatically() -> None:
    book = Book()
    forgotten = book.duty(9)
    book.row(9, "09:00", None)
    book.worked(10)
    assert matched(book).served[forgotten].out_at is None
    assert book.nets() == [0, 300]
    assert book.line().reasons == ("未签退，待补签",)
    assert book.kinds() == ["no_sign_out"]


def test_p04_an_open_row_is_still_found_three_days_later() -> None:
    book = Book()
    book.duty(9)
    book.row(9, "09:00", None)
    book.as_of = at(12, "08:00")
    assert book.kinds() == ["no_sign_out"]


def test_p09_a_sign_out_before_its_sign_in_is_flagged_and_never_negative() -> None:
    book = Book()
    duty = book.duty(10)
    book.row(10, "09:00", "08:55")
    served = matched(book).served[duty]
    assert served.is_clock_wrong
    assert served.out_at is None
    assert earliness(book.duties[0], served, DEFAULT) == seconds(0)
    assert book.kinds() == ["implausible"]
    assert book.nets() == [0]
    assert book.line().reasons == ("签退早于签到，待审定，暂不发放",)


def test_p09_a_clock_set_by_hand_is_flagged_and_a_reboot_is_not() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "13:00", clock_grade="red")
    book.duty(11)
    book.row(11, "09:00", "13:00", clock_grade="grey")
    assert book.kinds() == ["clock"]
    assert book.nets() == [300, 300]


def test_p10_midnight_does_not_end_a_duty() -> None:
    book = Book()
    duty = book.duty(10, hours="20:00-23:59")
    evening = book.duties[0]
    book.duties = [replace(evening, ranges=((at(10, "20:00"), at(11, "00:30")),))]
    row = AttendanceFact(
        id="row",
        site=evening.site,
        person_id="zhang",
        on=evening.on,
        in_at=at(10, "20:00"),
        out_at=at(11, "00:30"),
    )
    book.rows = [row]
    book.check(11, "00:10")
    assert matched(book).served[duty].out_at == at(11, "00:30")
    assert book.nets() == [150]


@pytest.mark.parametrize(
    ("came", "grace", "late"),
    [
        ("09:00:00", 0, 0),
        ("09:00:01", 0, 1),
        ("09:12:34", 0, 754),
        ("09:05:00", 5, 0),
        ("09:05:01", 5, 301),
        ("08:00:00", 0, 0),
    ],
)
def test_y17_lateness_counts_seconds_after_grace(came: str, grace: int, late: int) -> None:
    book = Book()
    book.duty(10)
    attended = Attended(
        (
            AttendanceFact(
                id="r", site="s", person_id="p", on=date(2022, 5, 10), in_at=at(10, came), out_at=None
            ),
        )
    )
    assert lateness(book.duties[0], attended, replace(DEFAULT, grace_minutes=grace)) == seconds(late)


@pytest.mark.parametrize(
    ("left", "grace", "early"),
    [("13:00", 0, 0), ("12:59:59", 0, 1), ("12:55", 5, 0), ("12:54:59", 5, 301), ("18:00", 0, 0)],
)
def test_y17_earliness_counts_seconds_before_grace(left: str, grace: int, early: int) -> None:
    book = Book()
    book.duty(10)
    row = AttendanceFact(
        id="r", site="s", person_id="p", on=date(2022, 5, 10), in_at=at(10, "09:00"), out_at=at(10, left)
    )
    found = earliness(book.duties[0], Attended((row,)), replace(DEFAULT, grace_minutes=grace))
    assert found == seconds(early)


def test_y05_leaving_in_the_noon_break_and_not_returning_is_early() -> None:
    book = Book()
    book.duty(10, CENTRE)
    book.row(10, "08:00", "12:00", CENTRE)
    assert book.nets() == [150]


def test_y05_fractions_of_a_second_are_not_late() -> None:
    book = Book()
    book.duty(10)
    came = datetime(2022, 5, 10, 9, 0, 0, 400_000)
    row = AttendanceFact(id="r", site="s", person_id="p", on=date(2022, 5, 10), in_at=came, out_at=None)
    assert lateness(book.duties[0], Attended((row,)), DEFAULT) == seconds(0)
