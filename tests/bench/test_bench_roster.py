"""Filling the month of a county of 16 stations and 40 people, beside HiGHS alone on the same programme and a fill seat by seat."""

from __future__ import annotations

import random
from datetime import date

import pytest

from app.dates import parse_time_ranges
from app.rules.roster.fill_model import bare_solver
from app.rules.roster.filling import SECONDS_ALLOWED, FillFacts, FillPerson, fill, posed
from app.rules.roster.openings import Opening
from app.values import DutyKind
from tests.bench.report import report, worked
from tests.unit.test_roster_filling import SeatBySeat, hours, spread

STATIONS, PEOPLE, SESSIONS = 16, 40, 5
MORNING, DAY = parse_time_ranges("09:00-13:00"), parse_time_ranges("08:00-12:00;14:00-18:00")


def county_month() -> FillFacts:
    """Five sessions a station and every working day at the centre; everybody is away on three days of ten."""
    drawn = random.Random(1)
    days = [date(2022, 6, day) for day in range(1, 31)]
    working = [on for on in days if on.weekday() < 5]
    seats = [
        Opening(f"S{site:02}", on, DutyKind.station, MORNING)
        for site in range(STATIONS)
        for on in drawn.sample(working, SESSIONS)
    ]
    seats += [Opening("C", on, DutyKind.centre, DAY) for on in working]
    people = tuple(FillPerson(f"p{n:02}", f"p{n:02}", 0, drawn.randrange(200) * 3600) for n in range(PEOPLE))
    away = {(person.id, on) for person in people for on in days if drawn.random() < 0.3}
    return FillFacts(
        tuple(sorted(seats, key=lambda one: (one.on, one.site))),
        people,
        lambda person, seat: "请假" if (person, seat.on) in away else "",
    )


@pytest.mark.bench
def test_filling_a_county_costs_little_more_than_the_solver_and_is_fairer_than_seat_by_seat() -> None:
    facts = county_month()
    found, by_hand = fill(facts), SeatBySeat(facts)
    solver = [bare_solver(posed(facts), SECONDS_ALLOWED) for _ in range(3)]
    floor = min(worked(one.run) for one in solver)
    ours = min(worked(lambda: fill(facts)) for _ in range(3))
    everybody = [person.id for person in facts.people]
    report(
        "a month of 16 stations and 40 people filled, HiGHS alone as floor",
        {
            "cpu_s": round(ours, 3),
            "floor_cpu_s": round(floor, 3),
            "seats": len(found.seats),
            "seats_by_hand": by_hand.filled,
            "unevenness": spread(hours(found), everybody),
            "unevenness_by_hand": spread(by_hand.worked, everybody),
        },
        ratio=ours / floor,
        wanted=1.5,
    )
