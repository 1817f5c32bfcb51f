"""Filling a month: every seat that can be filled is, evenly, after habit, and what stays empty says why."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.dates import parse_time_ranges
from app.rules.roster.filling import FillFacts, Filling, FillPerson, fill
from app.rules.roster.openings import Opening
from app.values import DutyKind

MORNING, DAY = parse_time_ranges("09:00-13:00"), parse_time_ranges("08:00-12:00;14:00-18:00")
FIRST = date(2022, 6, 1)


def opening(site="A", day=1, ranges=MORNING):
    return Opening(site, FIRST + timedelta(days=day - 1), DutyKind.station, ranges)


def people(*names, **more):
    return tuple(FillPerson(name, name, **more) for name in names)


def free(_person, _opening):
    return ""


def hours(found: Filling) -> Counter[str]:
    worked: Counter[str] = Counter()
    for seat in found.seats:
        worked[seat.person.id] += seat.opening.seconds // 3600
    return worked


class SeatBySeat:
    """Each seat in turn to whoever is free and sits least so far: what a clerk would do by hand."""

    def __init__(self, facts: FillFacts) -> None:
        self.worked: Counter[str] = Counter()
        self.filled = 0
        busy = set(facts.busy)
        for seat in facts.openings:
            able = [p for p in facts.people if not facts.against(p.id, seat) and (p.id, seat.on) not in busy]
            if able:
                chosen = min(able, key=lambda p: (self.worked[p.id], p.id))
                self.worked[chosen.id] += seat.seconds // 3600
                self.filled += 1
                busy.add((chosen.id, seat.on))


def spread(worked: Counter[str], everybody: Iterable[str]) -> int:
    return sum(worked[one] ** 2 for one in everybody)


def test_hours_fall_evenly_whatever_the_length_of_the_seats() -> None:
    seats = (
        opening(day=1, ranges=DAY),
        *(opening("B", day) for day in (2, 3, 6, 7)),
        opening(day=8, ranges=DAY),
    )
    found = fill(FillFacts(seats, people("a", "b", "c", "d"), free))
    assert sorted(hours(found).values()) == [8, 8, 8, 8] and not found.empty and found.is_best


def test_what_is_rostered_already_counts() -> None:
    loaded = (FillPerson("a", "a", month_seconds=12 * 3600), FillPerson("b", "b"))
    found = fill(FillFacts(tuple(opening(day=day) for day in (1, 2, 3)), loaded, free))
    assert hours(found) == {"b": 12}


def test_between_equals_the_site_s_habit_decides_then_the_quieter_year() -> None:
    two = (FillPerson("a", "a", year_seconds=90_000), FillPerson("b", "b", year_seconds=10_000))
    habits = {("A", opening().on.weekday(), "a"): 5}
    assert hours(fill(FillFacts((opening(),), two, free, habits=habits))) == {"a": 4}
    assert hours(fill(FillFacts((opening(),), two, free))) == {"b": 4}


def test_nobody_sits_twice_on_a_day_and_the_empty_seat_names_who_sits_where() -> None:
    found = fill(FillFacts((opening("A"), opening("B")), people("张三"), free))
    assert len(found.seats) == 1 and len(found.empty) == 1
    assert found.empty[0].reason == "人员库 1 人都不能排：当天排在别的班 1 人（张三）。"
    busy = frozenset({("张三", opening().on)})
    assert (
        "当天已有值班 1 人" in fill(FillFacts((opening(),), people("张三"), free, busy=busy)).empty[0].reason
    )


def test_an_empty_seat_counts_the_reasons() -> None:
    why = {"a": "请假", "b": "请假", "c": "不具备值班条件：未满五年", "d": "人员已停用"}
    found = fill(FillFacts((opening(),), people("a", "b", "c", "d"), lambda person, _: why[person]))
    assert found.seats == ()
    assert found.empty[0].reason == "人员库 4 人都不能排：请假 2 人、不具备值班条件 1 人、人员已停用 1 人。"
    assert "没有人员" in fill(FillFacts((opening(),), (), free)).empty[0].reason


def test_a_seat_is_filled_before_hours_are_even() -> None:
    """Only a can sit the eighth; giving a the first too would leave nothing empty either, so b gets it."""
    only_a = opening("A", 8)
    found = fill(
        FillFacts(
            (opening("B", 8), only_a),
            people("a", "b"),
            lambda p, o: "请假" if p == "b" and o == only_a else "",
        )
    )
    assert {(seat.opening.site, seat.person.id) for seat in found.seats} == {("A", "a"), ("B", "b")}


def random_month(seed: int) -> FillFacts:
    drawn = random.Random(seed)
    staff = people(*(f"p{number:02}" for number in range(drawn.randrange(2, 9))))
    seats = tuple(
        sorted(
            (
                opening(f"S{site}", day, drawn.choice((MORNING, DAY)))
                for site in range(4)
                for day in drawn.sample(range(1, 15), 3)
            ),
            key=lambda one: (one.on, one.site),
        )
    )
    away = {(p.id, s) for p in staff for s in seats if drawn.random() < 0.4}
    return FillFacts(seats, staff, lambda person, seat: "请假" if (person, seat) in away else "")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_never_fewer_seats_nor_less_even_than_seat_by_seat(seed: int) -> None:
    facts = random_month(seed)
    found, by_hand = fill(facts), SeatBySeat(facts)
    assert found.is_best
    taken = [(seat.opening.on, seat.person.id) for seat in found.seats]
    assert len(taken) == len(set(taken))
    assert not [seat for seat in found.seats if facts.against(seat.person.id, seat.opening)]
    assert len(found.seats) + len(found.empty) == len(facts.openings)
    assert len(found.seats) >= by_hand.filled
    if len(found.seats) == len(facts.openings) == by_hand.filled:
        everybody = [person.id for person in facts.people]
        assert spread(hours(found), everybody) <= spread(by_hand.worked, everybody)
    assert fill(facts) == found, "the same facts give the same proposal"


def test_a_month_is_filled_more_evenly_or_more_fully_than_seat_by_seat() -> None:
    better = 0
    for seed in range(12):
        facts = random_month(seed)
        everybody = [person.id for person in facts.people]
        found, by_hand = fill(facts), SeatBySeat(facts)
        is_evener = spread(hours(found), everybody) < spread(by_hand.worked, everybody)
        better += len(found.seats) > by_hand.filled or is_evener
    assert better >= 4
