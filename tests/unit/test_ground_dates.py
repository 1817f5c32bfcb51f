from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import (
    date_text,
    duration_text,
    parse_date,
    parse_moment,
    parse_time,
    parse_time_ranges,
    ranges_text,
    time_text,
    until_text,
)
from app.errors import Refused

TODAY = date(2022, 5, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-10",
        "20220510",
        " ２０２２－０５－１０ ",
        "2022年5月10日",
    ],
)
def test_dates_as_clerks_type_them(text: str) -> None:
    assert parse_date(text) == TODAY


@pytest.mark.parametrize("text", ["3月1日", "0301", "5-10", "05/10", "3.1"])
def test_e210_a_date_carries_its_year(text: str) -> None:
    with pytest.raises(Refused, match="没有写年份"):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["2022-02-30", "", "5", "今天", "后年", "2022-13-01", "220510", "2022-05-10 09:00"]
)
def test_e210_days_no_calendar_has(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_date(text)
    assert refused.value.code == "E210" and f"“{text}”" in refused.value.message


def test_moments_keep_their_seconds() -> None:
    assert parse_moment("2022-05-10 09:05") == datetime(2022, 5, 10, 9, 5)
    assert parse_moment("20220510 08:59:59") == datetime(2022, 5, 10, 8, 59, 59)
    assert parse_moment("2022-05-10T09:05") == datetime(2022, 5, 10, 9, 5)
    assert parse_time("0905") == parse_time("9：05") == time(9, 5)


@pytest.mark.parametrize("text", ["2022-05-10", "2022-05-10 24:00", "2022-05-10 9点", "", "2022-05-10 09:60"])
def test_e211_times_no_clock_has(text: str) -> None:
    with pytest.raises(Refused, match="E211"):
        parse_moment(text)


def test_e210_comes_first_in_a_moment() -> None:
    with pytest.raises(Refused, match="E210"):
        parse_moment("2022-02-30 09:00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("09:00-13:00", "09:00-13:00"),
        ("14:30-18:00;08:30-12:00", "08:30-12:00；14:30-18:00"),
        ("08:30—12:00；14:30～18:00", "08:30-12:00；14:30-18:00"),
        ("9：00至13：00", "09:00-13:00"),
        ("09:00:00-12:59:50", "09:00-12:59:50"),
        ("08:00-12:00；12:00-16:00", "08:00-12:00；12:00-16:00"),
        ("0900-1300", "09:00-13:00"),
    ],
)
def test_time_ranges(text: str, shown: str) -> None:
    assert ranges_text(parse_time_ranges(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "；", "09:00", "13:00-09:00", "09:00-09:00", "09:00-12:00；11:00-13:00", "09:00-25:00", "a-b"],
)
def test_e212_p01_ranges_refused(text: str) -> None:
    with pytest.raises(Refused, match="E212"):
        parse_time_ranges(text)


@given(st.lists(st.times().map(lambda t: t.replace(microsecond=0)), min_size=2, max_size=6, unique=True))
def test_ranges_read_back_what_they_print(times: list[time]) -> None:
    ordered = sorted(times[: len(times) // 2 * 2])
    ranges = tuple(zip(ordered[::2], ordered[1::2], strict=True))
    assert parse_time_ranges(ranges_text(ranges)) == ranges


def test_printed_forms() -> None:
    assert date_text(TODAY) == "2022年5月10日 星期二"
    assert time_text(datetime(2022, 5, 10, 9, 0)) == "09:00"


def test_an_end_names_its_day_unless_it_is_today() -> None:
    now = datetime(2022, 5, 10, 23, 50)
    assert until_text(datetime(2022, 5, 10, 23, 51, 30), now) == "23:51:30"
    assert until_text(datetime(2022, 5, 11, 0, 5), now) == "明天 00:05"
    assert until_text(datetime(2022, 5, 12, 8, 0), now) == "5月12日 08:00"


def test_p08_durations_are_never_rounded() -> None:
    assert duration_text(754) == "12 分 34 秒"
    assert duration_text(4 * 3600 - 10) == "3 小时 59 分 50 秒"
    assert duration_text(14400) == "4 小时" and duration_text(0) == "0 秒" and duration_text(-60) == "−1 分"
