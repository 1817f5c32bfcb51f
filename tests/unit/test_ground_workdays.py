import json
import warnings
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.workdays import WorkCalendar, YearDays, read_year_file

CALENDAR = WorkCalendar()

# The arrangements as printed by the State Council's notices: (days off, worked weekend days, working days a year)
PRINTED = {
    2024: (
        ["1-1", "2-10~17", "4-4~6", "5-1~5", "6-10", "9-15~17", "10-1~7"],
        ["2-4", "2-18", "4-7", "4-28", "5-11", "9-14", "9-29", "10-12"],
        251,
    ),
    2025: (
        ["1-1", "1-28~2-4", "4-4~6", "5-1~5", "5-31~6-2", "10-1~8"],
        ["1-26", "2-8", "4-27", "9-28", "10-11"],
        248,
    ),
    2026: (
        ["1-1~3", "2-15~23", "4-4~6", "5-1~5", "6-19~21", "9-25~27", "10-1~7"],
        ["1-4", "2-14", "2-28", "5-9", "9-20", "10-10"],
        248,
    ),
}


def days_of(year: int, text: str) -> list[date]:
    """The days of a printed entry such as 1-28~2-4 or 10-1~7."""
    first, _, last = text.partition("~")
    month, day = map(int, first.split("-"))
    start = date(year, month, day)
    if not last:
        return [start]
    end = [int(part) for part in last.split("-")]
    stop = date(year, end[0], end[1]) if len(end) == 2 else date(year, month, end[0])
    return [start + timedelta(days=step) for step in range((stop - start).days + 1)]


@pytest.mark.parametrize("year", PRINTED)
def test_p17_y09_the_printed_arrangement(year: int) -> None:
    off, working, total = PRINTED[year]
    assert not any(CALENDAR.is_workday(day) for text in off for day in days_of(year, text))
    assert all(CALENDAR.is_workday(day) for text in working for day in days_of(year, text))
    assert len(CALENDAR.workdays(date(year, 1, 1), date(year, 12, 31))) == total


@pytest.mark.parametrize("year", range(2021, 2027))
def test_p17_agrees_with_a_second_source(year: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import chinese_calendar
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert CALENDAR.warnings([year]) == ()


def test_p17_may_2022() -> None:
    off = [day for day in range(1, 8) if not CALENDAR.is_workday(date(2022, 5, day))]
    assert off == [1, 2, 3, 4]
    assert date(2022, 5, 7).weekday() == 5 and CALENDAR.is_adjusted_workday(date(2022, 5, 7))
    assert {CALENDAR.holiday_name(date(2022, 5, day)) for day in off} == {"劳动节"}
    assert CALENDAR.holiday_name(date(2022, 5, 7)) == "" == CALENDAR.holiday_name(date(2022, 5, 8))
    assert len(CALENDAR.workdays(date(2022, 5, 1), date(2022, 5, 31))) == 20


def test_a_year_not_published_warns_and_takes_weekdays() -> None:
    assert CALENDAR.warnings([2026, 2027]) == (
        "2027年放假安排未公布，暂按周一至周五为工作日计算；公布后请导入该年年历文件",
    )
    assert CALENDAR.is_workday(date(2027, 3, 1)) and not CALENDAR.is_workday(date(2027, 3, 6))
    assert not CALENDAR.is_workday(date(2027, 1, 1)), "a festival fixed by law"
    assert CALENDAR.is_workday(date(2027, 2, 9)), "a compensation day nobody announced"


def test_terms_exclude_the_start_and_move_off_days_on() -> None:
    assert CALENDAR.roll_forward(date(2022, 4, 24), 7) == date(2022, 5, 5)
    assert CALENDAR.roll_forward(date(2022, 4, 30), 7) == date(2022, 5, 7)
    assert CALENDAR.roll_forward(date(2022, 5, 10), 3) == date(2022, 5, 13)
    assert CALENDAR.after_workdays(date(2022, 4, 29), 3) == date(2022, 5, 7)
    assert CALENDAR.is_statutory_day_off(date(2022, 5, 8))


def test_a_year_file_overrides(tmp_path: Path) -> None:
    path = tmp_path / "2027.json"
    body = {"year": 2027, "off": {"2027-03-01": "试放假"}, "working": ["2027-03-06"], "source": "通知"}
    path.write_text(json.dumps(body), encoding="utf-8")
    calendar = CALENDAR.with_year(read_year_file(path))
    assert not calendar.is_workday(date(2027, 3, 1)) and calendar.is_workday(date(2027, 3, 6))
    assert calendar.holiday_name(date(2027, 3, 1)) == "试放假" and calendar.warnings([2027]) == ()
    assert CALENDAR.is_workday(date(2027, 3, 1))


def test_a_year_file_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("日期,类型,名称\n2027-01-01,休,元旦\n2027-01-02,班,\n", encoding="utf-8-sig")
    days = read_year_file(path)
    assert days == YearDays(2027, {date(2027, 1, 1): "元旦"}, frozenset({date(2027, 1, 2)}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"year": 2027}',
        '{"year": 2027, "off": {"2026-01-01": "元旦"}, "working": []}',
        "[1]",
        '{"off": []}',
    ],
)
def test_e971_a_broken_year_file_is_refused(tmp_path: Path, text: str) -> None:
    for name in ("年历.json", "年历.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Refused) as refused:
            read_year_file(path)
        assert refused.value.code == "E971" and name in refused.value.message
