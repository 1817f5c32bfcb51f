"""Market days by the moon, the month and the week, as people say them (Q06)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk_values import MarketCycle
from app.rules.roster.markets import days_words, market_days, read_days
from app.rules.roster.moon import lunar_day, new_moon
from app.values import Month

LUNAR, SOLAR, WEEKLY = MarketCycle.lunar, MarketCycle.solar, MarketCycle.weekly
KNOWN = [
    (date(2022, 2, 1), 1), (date(2023, 1, 22), 1), (date(2024, 2, 10), 1), (date(2025, 1, 29), 1), (date(2026, 2, 17), 1),
    (date(2033, 12, 22), 1), (date(2034, 1, 20), 1), (date(2022, 9, 10), 15), (date(2023, 9, 29), 15), (date(2022, 6, 3), 5),
    (date(2018, 10, 17), 9), (date(2022, 1, 31), 29), (date(2023, 1, 21), 30), (date(2000, 2, 5), 1), (date(1997, 2, 7), 1),
]  # fmt: skip
"""Spring festivals, eves, 端午, 中秋, 重阳 and the leap month of 2033 as the calendar published them."""


@pytest.mark.parametrize(("on", "day"), KNOWN)
def test_q06_the_day_of_the_moon_is_that_of_the_published_calendar(on: date, day: int) -> None:
    assert lunar_day(on) == day


@given(st.dates(date(1990, 1, 1), date(2079, 12, 31)))
def test_q06_days_of_the_moon_follow_each_other(on: date) -> None:
    today, tomorrow = lunar_day(on), lunar_day(on + timedelta(days=1))
    assert tomorrow == today + 1 or (today in (29, 30) and tomorrow == 1)


def test_months_of_the_moon_have_twenty_nine_or_thirty_days() -> None:
    days = [new_moon(number) for number in range(0, 400)]
    assert {(b - a).days for a, b in pairwise(days)} == {29, 30}


@pytest.mark.parametrize(
    ("cycle", "text", "days"),
    [
        (LUNAR, "逢三六九", (3, 6, 9, 13, 16, 19, 23, 26, 29)),
        (LUNAR, "农历逢五、逢十", (5, 10, 15, 20, 25, 30)),
        (LUNAR, "初五、十五、廿五", (5, 15, 25)),
        (LUNAR, "二十三，三十", (23, 30)),
        (SOLAR, "5、15、25", (5, 15, 25)),
        (SOLAR, "逢1", (1, 11, 21, 31)),
        (WEEKLY, "周二、周五", (2, 5)),
        (WEEKLY, "每周日", (7,)),
        (WEEKLY, "1 3", (1, 3)),
        (LUNAR, "大集", ()),
        (SOLAR, "35", ()),
    ],
)
def test_q06_days_are_read_as_people_say_them(cycle: MarketCycle, text: str, days: tuple[int, ...]) -> None:
    assert read_days(cycle, text) == days


@pytest.mark.parametrize(
    ("cycle", "text", "words"),
    [
        (LUNAR, "逢三六九", "农历逢三、六、九"),
        (LUNAR, "逢五十", "农历逢五、十"),
        (SOLAR, "5、15", "公历 5、15 日"),
        (WEEKLY, "周五、周二", "每周二、五"),
    ],
)
def test_days_are_told_in_words_that_read_the_same(cycle: MarketCycle, text: str, words: str) -> None:
    days = read_days(cycle, text)
    told = days_words(cycle, days)
    assert told == words and read_days(cycle, told) == days


def test_q06_the_days_of_a_month() -> None:
    may = Month(2022, 5)
    assert [lunar_day(on) for on in market_days(LUNAR, read_days(LUNAR, "逢三六九"), may)] == [
        3,
        6,
        9,
        13,
        16,
        19,
        23,
        26,
        29,
    ]
    assert [on.day for on in market_days(SOLAR, (31,), Month(2022, 4))] == []
    assert [on.day for on in market_days(WEEKLY, (2,), may)] == [3, 10, 17, 24, 31]
