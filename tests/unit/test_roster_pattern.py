"""Last month's pattern on this month's days, and what a drafted month costs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.rules.policy.duty_rates import DutyRates
from app.rules.roster.budget import TargetPace, committed_fen, pace_words, year_end_fen
from app.rules.roster.pattern import seats
from app.values import DutyKind, Month
from app.workdays import WorkCalendar
from tests.unit.roster_facts import CENTRE, STATION, a_duty

MARCH, APRIL, MAY, JUNE = (Month(2022, number) for number in (3, 4, 5, 6))
CALENDAR = WorkCalendar()


def filled(duties, source, target, *, is_daily=False):
    found = seats(duties, source, target, CALENDAR, is_daily=is_daily)
    return [seat.on.day for seat in found if not seat.reason], {
        seat.on.day: seat.reason for seat in found if seat.reason
    }


def test_p14_the_nth_wednesday_follows_the_nth_and_a_fifth_goes_on_in_turn() -> None:
    wednesdays = [a_duty(day) for day in (11, 18, 25)] + [a_duty(date(2022, 5, 4))]
    assert filled(wednesdays, MAY, JUNE) == ([1, 8, 15, 22, 29], {})


def test_a_monthly_station_stays_monthly() -> None:
    assert filled([a_duty(18)], MAY, JUNE) == ([15], {})


def test_p14_a_seat_on_a_holiday_stays_empty_with_its_reason() -> None:
    april = [a_duty(date(2022, 4, day)) for day in (6, 13, 20, 27)]
    days, empty = filled(april, APRIL, MAY)
    assert days == [11, 18, 25]
    assert empty == {4: "放假（劳动节）"}


def test_p17_a_worked_saturday_takes_a_seat_the_holiday_took_at_a_centre() -> None:
    april = [a_duty(on, site=CENTRE) for on in CALENDAR.workdays(APRIL.first_day, APRIL.last_day)]
    days, empty = filled(april, APRIL, MAY, is_daily=True)
    assert days == [on.day for on in CALENDAR.workdays(MAY.first_day, MAY.last_day)]
    assert 7 in days and sorted(empty) == [2, 3, 4]


def test_market_days_are_not_copied_by_weekday() -> None:
    days, empty = filled([a_duty(15, kind=DutyKind.mobile), a_duty(18)], MAY, JUNE)
    assert days == [15] and "赶集日" in empty[1]


def test_an_empty_month_gives_no_seats() -> None:
    assert filled([], MARCH, APRIL) == ([], {})


def test_y16_the_month_commits_a_person_day_at_a_centre_and_a_session_at_a_station() -> None:
    rates = DutyRates()
    halves = [a_duty(10, "08:00-12:00", site=CENTRE), a_duty(10, "14:00-18:00", site=CENTRE)]
    assert committed_fen(halves, CENTRE, rates) == 20000
    session = [a_duty(10, "08:30-12:00"), a_duty(10, "14:30-17:00", kind=DutyKind.outreach), a_duty(11)]
    assert committed_fen(session, STATION, rates) == 60000
    assert committed_fen([a_duty(10, is_public_servant=True)], STATION, rates) == 0
    assert committed_fen([a_duty(10, kind=DutyKind.court)], STATION, rates) == 0


def test_the_year_goes_on_as_this_month() -> None:
    assert year_end_fen(100_000, 120_000, Month(2022, 12)) == 220_000
    assert year_end_fen(100_000, 120_000, Month(2022, 5)) == 100_000 + 8 * 120_000


def test_pace_says_what_would_catch_up() -> None:
    words = pace_words(TargetPace(800, 190, 10), Fraction(130, 365), 30000)
    assert words == "咨询进度落后 11 个百分点：加 5 次值班，约多 95 人次，1,500 元"
    assert pace_words(TargetPace(800, 300, 10), Fraction(130, 365), 30000) == ""
    assert pace_words(TargetPace(800, 0, 0), Fraction(130, 365), 30000) == "咨询进度落后 35 个百分点"
