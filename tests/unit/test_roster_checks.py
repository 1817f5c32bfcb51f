"""What is found wrong with a month's roster, from plain facts."""

from __future__ import annotations

from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from app.rules.roster.checks import overlap_seconds, overlapping_pairs
from app.rules.roster.facts import Absence, Frequency, Severity, Sitter
from app.values import DutyKind
from tests.unit.roster_facts import CENTRE, STATION, a_duty, clock, problems

OVERLAP, LEAVE, UNFIT, LEFT = "E471", "E472", "E473", "E474"


def test_p01_a_shift_inside_a_shift_is_refused_at_the_same_or_another_site() -> None:
    outer, inner = a_duty(10, "09:00-13:00"), a_duty(10, "10:00-11:00")
    found = problems([outer, inner], OVERLAP)
    assert [one.duty_id for one in found] == [outer.id, inner.id]
    assert all(one.severity is Severity.refuse for one in found)
    away = a_duty(10, "10:00-11:00", site=CENTRE)
    found = problems([outer], OVERLAP, elsewhere=(away,))
    assert len(found) == 1 and "中心 10:00-11:00" in found[0].text and "1 小时" in found[0].text


def test_p01_back_to_back_shifts_are_accepted() -> None:
    assert not problems([a_duty(10, "09:00-11:00"), a_duty(10, "11:00-13:00")], OVERLAP)


def test_p01_a_duty_in_the_noon_break_of_another_is_accepted() -> None:
    split = a_duty(10, "08:30-12:00；14:30-18:00")
    assert not problems([split, a_duty(10, "12:00-14:30")], OVERLAP)
    assert problems([split, a_duty(10, "11:59-14:30")], OVERLAP)


def test_p01_other_people_and_other_days_do_not_overlap() -> None:
    assert not problems([a_duty(10), a_duty(10, person="sun"), a_duty(11)], OVERLAP)


def test_two_published_duties_that_overlap_are_a_fault_not_a_refusal() -> None:
    found = problems([a_duty(10, version=1), a_duty(10, version=1)], OVERLAP)
    assert {one.severity for one in found} == {Severity.fault}


seconds = st.integers(0, 86399)
ranges = st.tuples(seconds, seconds).filter(lambda pair: pair[0] < pair[1])


def as_time(second: int) -> time:
    return clock(second // 3600, second // 60 % 60, second % 60)


def as_ranges(pairs: list[tuple[int, int]]) -> tuple[tuple[time, time], ...]:
    """Disjoint ranges: what the pairs cover together, in order."""
    merged: list[list[int]] = []
    for start, end in sorted(pairs):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return tuple((as_time(start), as_time(end)) for start, end in merged)


some_ranges = st.lists(ranges, min_size=1, max_size=4).map(as_ranges)


def covered(found: tuple[tuple[time, time], ...]) -> set[int]:
    def at(moment: time) -> int:
        return moment.hour * 3600 + moment.minute * 60 + moment.second

    return {second for start, end in found for second in range(at(start), at(end))}


@given(some_ranges, some_ranges)
def test_p01_p15_overlap_is_the_shared_seconds_whatever_the_ranges(first, second) -> None:
    assert (
        overlap_seconds(first, second)
        == overlap_seconds(second, first)
        == len(covered(first) & covered(second))
    )


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ab"), some_ranges), max_size=6))
def test_p01_pairs_are_found_exactly_where_one_person_shares_time(shifts) -> None:
    duties = [a_duty(day, hours, person) for day, person, hours in shifts]
    found = {frozenset((a.id, b.id)) for a, b, _ in overlapping_pairs(duties)}
    wanted = {
        frozenset((a.id, b.id))
        for place, a in enumerate(duties)
        for b in duties[place + 1 :]
        if (a.on, a.person_id) == (b.on, b.person_id) and covered(a.ranges) & covered(b.ranges)
    }
    assert found == wanted


def leave(day: int, start: int, end: int, person: str = "wang") -> Absence:
    return Absence(person, datetime(2022, 5, day, start), datetime(2022, 5, day, end))


def test_p15_a_morning_of_leave_does_not_block_the_afternoon() -> None:
    absence = (leave(10, 8, 12),)
    assert not problems([a_duty(10, "12:00-16:00")], LEAVE, absences=absence)
    found = problems([a_duty(10, "09:00-13:00")], LEAVE, absences=absence)
    assert len(found) == 1 and "09:00-12:00" in found[0].text and found[0].is_refusal


def test_p13_leave_over_a_published_duty_leaves_it_uncovered() -> None:
    found = problems([a_duty(10, version=1)], LEAVE, absences=(leave(10, 0, 23),))
    assert [one.severity for one in found] == [Severity.fault]
    assert "无人值班" in found[0].text


def test_leave_of_somebody_else_does_not_matter() -> None:
    assert not problems([a_duty(10)], LEAVE, absences=(leave(10, 0, 23, "sun"),))


def test_y08_who_is_not_eligible_or_left_the_pool_is_refused() -> None:
    people = {
        "wang": Sitter("wang", "wang", unfit=("“律师”须有执业证号",)),
        "sun": Sitter("sun", "sun", is_active=False, inactive_reason="调离"),
    }
    found = problems([a_duty(10), a_duty(10, person="sun")], UNFIT, sitters=people)
    assert len(found) == 1 and found[0].is_refusal and "执业证号" in found[0].text
    assert "调离" in problems([a_duty(10, person="sun")], LEFT, sitters=people)[0].text


WEEKLY = [a_duty(day) for day in (5, 11, 18, 25)]


def test_p08_ten_seconds_short_of_four_hours_is_short() -> None:
    assert not problems([a_duty(10)], "E413")
    found = problems([a_duty(10, "09:00-12:59:50")], "E413")
    assert len(found) == 1 and "3 小时 59 分 50 秒" in found[0].text and found[0].short == "不足 4 小时"
    assert not found[0].is_refusal and found[0].clause == "四（一）4"
    assert found[0].fix is not None and found[0].fix.words == "改为 09:00-13:00"


def test_y09_desk_and_visit_of_one_day_are_one_session_of_four_hours() -> None:
    desk, visit = a_duty(10, "08:30-11:30"), a_duty(10, "14:30-16:00", kind=DutyKind.outreach)
    assert not problems([desk, visit], "E413")
    assert problems([desk], "E413")


def test_y09_the_hours_of_a_centre_day_are_summed_and_a_noon_break_does_not_count() -> None:
    assert problems([a_duty(10, "08:00-12:00；14:00-17:30", site=CENTRE)], "E413", CENTRE)
    assert not problems([a_duty(10, "08:00-12:00；14:00-18:00", site=CENTRE)], "E413", CENTRE)
    halves = [a_duty(10, "08:00-12:00", site=CENTRE), a_duty(10, "14:00-18:00", site=CENTRE)]
    assert not problems(halves, "E413", CENTRE)


def test_y09_no_hours_are_asked_of_court_duty() -> None:
    assert not problems([a_duty(10, "09:00-10:00", kind=DutyKind.court)], "E413")


def test_no_longer_duty_is_offered_where_the_day_ends_first() -> None:
    assert problems([a_duty(10, "22:00-23:00")], "E413")[0].fix is None


def test_p17_adjusted_saturdays_are_to_be_covered_and_holidays_are_not() -> None:
    found = {one.on for one in problems([a_duty(5, site=CENTRE)], "E411", CENTRE)}
    assert date(2022, 5, 7) in found
    assert not {date(2022, 5, day) for day in (1, 2, 3, 4, 5, 8, 14)} & found
    assert len(found) == 19


def test_p17_a_duty_on_a_festival_weekday_is_pointed_out_and_on_a_worked_saturday_not() -> None:
    found = problems([a_duty(4, site=CENTRE), a_duty(7, site=CENTRE), a_duty(8, site=CENTRE)], "E412", CENTRE)
    assert [one.on for one in found] == [date(2022, 5, 4), date(2022, 5, 8)]
    assert "劳动节" in found[0].text
    assert not problems([a_duty(8, kind=DutyKind.mobile)], "E412")


def test_y09_a_centre_without_any_duty_is_said_once() -> None:
    found = problems([], "E411", CENTRE)
    assert len(found) == 1 and found[0].on is None


def test_y09_a_station_sits_weekly() -> None:
    assert not problems(WEEKLY, "E418")
    found = problems([duty for duty in WEEKLY if duty.on.day != 18], "E418")
    assert [one.on for one in found] == [date(2022, 5, 16)]


def test_y09_a_week_belongs_to_the_month_of_its_thursday() -> None:
    around = (a_duty(date(2022, 6, 1)),)
    assert not problems(WEEKLY, "E418", around=around)
    assert not problems([*WEEKLY[1:], a_duty(7)], "E418"), "the worked Saturday counts for its week"


def test_y09_e410_below_once_a_month() -> None:
    found = problems([], "E410")
    assert len(found) == 1 and "5 月未排班，低于每月 1 次" in found[0].text and not found[0].is_refusal
    assert not problems([a_duty(10)], "E410")
    assert problems([a_duty(10, kind=DutyKind.court)], "E410")


def test_y09_the_county_may_set_another_frequency_with_its_reason() -> None:
    twice = Frequency(2, "位置偏远")
    assert not problems([a_duty(10), a_duty(24)], "E414", frequency=twice)
    assert not problems([a_duty(10), a_duty(24)], "E418", frequency=twice)
    found = problems([a_duty(10)], "E414", frequency=twice)
    assert len(found) == 1 and "位置偏远" in found[0].text


def test_a_kind_that_does_not_fit_the_site_is_pointed_out() -> None:
    assert problems([a_duty(10, kind=DutyKind.centre)], "E415")
    assert problems([a_duty(10, kind=DutyKind.station, site=CENTRE)], "E415", CENTRE)
    assert not problems([a_duty(10, kind=DutyKind.outreach)], "E415")


def test_y04_publishing_after_a_duty_began_is_announced() -> None:
    begun = datetime(2022, 5, 10, 9, 0)
    assert problems([a_duty(10)], "E416", now=begun)
    assert not problems([a_duty(10)], "E416", now=datetime(2022, 5, 10, 8, 59, 59))
    assert not problems([a_duty(10, version=1)], "E416", now=begun)
    assert "补录" in problems([a_duty(10)], "E416", now=datetime(2022, 6, 1, 9))[0].text


def test_an_unpublished_calendar_is_said() -> None:
    from app.workdays import WorkCalendar, YearDays

    calendar = WorkCalendar().with_year(YearDays(2022, {}, frozenset(), is_published=False))
    assert problems([a_duty(10)], "E417", calendar=calendar)
    assert STATION.code == problems([a_duty(10)], "E417", calendar=calendar)[0].site
