"""Reads dates and times the way clerks type them and writes them the way documents print them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise

from app.errors import Refused
from app.text import clean_number, half_width

TimeRange = tuple[time, time]

_FULL_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?|(\d{2})(\d{2})")
_MOMENT = re.compile(r"(\S+?)[ T]+(\S+)")
_BETWEEN_RANGES = re.compile(r"[;,、，；]")
_BETWEEN_ENDS = re.compile(r"[-~至到]+")
_WEEKDAYS = "一二三四五六日"


@lru_cache(maxsize=1024)  # the rows of a sheet share days and hours
def parse_date(text: str) -> date:
    """A date of a sheet or a command line: 2022-05-10, 20220510, 2022年5月10日.

    It carries its year: a sheet is read in another year than it was written in. Raises Refused E210 for anything else
    and for days no calendar has (2022-02-30).
    """
    typed = clean_number(text)
    if full := _FULL_DATE.fullmatch(typed):
        return _day(text, *_numbers(full))
    if _DAY_OF_YEAR.fullmatch(typed):
        raise Refused("E210", f"日期“{text.strip()}”没有写年份，请写成“2022-05-10”的样子")
    raise _bad_date(text)


@lru_cache(maxsize=1024)
def parse_time(text: str) -> time:
    """A time of day typed 9:05, 09:05, 0905 or 09:05:30. Raises Refused E211."""
    found = _TIME.fullmatch(clean_number(text))
    if not found:
        raise _bad_time(text)
    try:
        hour, minute, second = (*_numbers(found), 0)[:3]
        return time(hour, minute, second)
    except ValueError as fault:
        raise _bad_time(text) from fault


def parse_moment(text: str) -> datetime:
    """A naive local time typed YYYY-MM-DD HH:MM[:SS], its date in any form parse_date takes.

    Raises Refused E210 for the date, E211 for the time.
    """
    found = _MOMENT.fullmatch(half_width(text).strip())
    if not found:
        raise _bad_time(text)
    return datetime.combine(parse_date(found[1]), parse_time(found[2]))


def parse_time_ranges(text: str) -> tuple[TimeRange, ...]:
    """The time ranges of a duty: 09:00-13:00 or 08:30-12:00；14:30-18:00, seconds allowed; sorted.

    Back-to-back ranges are kept apart. Raises Refused E212 when one is unreadable, ends before it starts, or two
    overlap (P1).
    """
    parts = [part for part in _BETWEEN_RANGES.split(clean_number(text)) if part]
    ranges = tuple(sorted(_range(text, part) for part in parts))
    if not ranges:
        raise _bad_ranges(text)
    for before, after in pairwise(ranges):
        if after[0] < before[1]:
            raise _bad_ranges(text)
    return ranges


def date_text(day: date) -> str:
    """2022年5月10日 星期二"""
    return f"{day.year}年{day.month}月{day.day}日 {weekday_text(day)}"


def month_day_text(day: date) -> str:
    """05月10日; put together here, for some systems format no date with Chinese letters in its pattern."""
    return f"{day.month:02d}月{day.day:02d}日"


def weekday_text(day: date) -> str:
    """星期二"""
    return "星期" + _WEEKDAYS[day.weekday()]


def time_text(moment: time | datetime) -> str:
    """09:05, with its seconds only where there are any: 09:05:30."""
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def until_text(end: datetime, now: datetime) -> str:
    """When something ends, seen from now: 08:01, with the seconds where there are any; 明天 08:01; 5月12日 08:01."""
    days = (end.date() - now.date()).days
    day = {0: "", 1: "明天 "}.get(days, f"{end.month}月{end.day}日 ")
    return f"{day}{time_text(end)}"


def ranges_text(ranges: tuple[TimeRange, ...]) -> str:
    """08:30-12:00；14:30-18:00, readable again by parse_time_ranges."""
    return "；".join(f"{time_text(start)}-{time_text(end)}" for start, end in ranges)


def duration_text(seconds: int) -> str:
    """12 分 34 秒; whole seconds, never rounded (P8): 3 小时 59 分 50 秒."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        f"{figure} {unit}" for figure, unit in ((hours, "小时"), (minutes, "分"), (rest, "秒")) if figure
    ]
    return ("−" if seconds < 0 else "") + (" ".join(parts) or "0 秒")


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(group) for group in found.groups() if group is not None)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise _bad_date(text) from fault


def _range(text: str, part: str) -> TimeRange:
    ends = _BETWEEN_ENDS.split(part)
    if len(ends) != 2:
        raise _bad_ranges(text)
    try:
        start, end = parse_time(ends[0]), parse_time(ends[1])
    except Refused as fault:
        raise _bad_ranges(text) from fault
    if end <= start:
        raise _bad_ranges(text)
    return start, end


def _bad_date(text: str) -> Refused:
    return Refused("E210", f"日期“{text.strip()}”不存在或无法识别，请按“2022-05-10”的样子填写")


def _bad_time(text: str) -> Refused:
    return Refused("E211", f"时间“{text.strip()}”无法识别，请按“2022-05-10 09:05”的样子填写")


def _bad_ranges(text: str) -> Refused:
    return Refused(
        "E212",
        f"时段“{text.strip()}”有误：须先开始后结束、互不重叠，请按“09:00-13:00”或“08:30-12:00；14:30-18:00”填写",
    )
