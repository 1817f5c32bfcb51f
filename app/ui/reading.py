"""Reads dates and times the way clerks type them: 0510, 今天, 9:30."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

_WORDS = {
    "今天": 0,
    "今": 0,
    "jt": 0,
    "昨天": -1,
    "昨": -1,
    "zt": -1,
    "明天": 1,
    "明": 1,
    "mt": 1,
    "前天": -2,
    "后天": 2,
}


def read_date(text: str, today: date) -> date | None:
    """A date from 2022-05-10, 20220510, 2022年5月10日, 0510, 5-10, 5月10日, 10 or 今天; None if it is none.

    Without a year the year is today's; a single number is a day of today's month.
    """
    plain = text.strip().lower()
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    return _from_parts(_parts(plain), today)


def _parts(plain: str) -> list[int]:
    if re.fullmatch(r"\d{8}", plain):
        return [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    if re.fullmatch(r"\d{6}", plain):
        return [2000 + int(plain[:2]), int(plain[2:4]), int(plain[4:])]
    if re.fullmatch(r"\d{3,4}", plain):
        return [int(plain[:-2]), int(plain[-2:])]
    if re.fullmatch(r"\d{1,4}([-./年月日 ]+\d{1,2}){0,2}[日号]?", plain):
        return [int(part) for part in re.findall(r"\d+", plain)]
    return []


def _from_parts(parts: list[int], today: date) -> date | None:
    filled = {1: [today.year, today.month, *parts], 2: [today.year, *parts], 3: parts}.get(len(parts))
    if filled is None:
        return None
    year = filled[0] + 2000 if filled[0] < 100 else filled[0]
    try:
        return date(year, filled[1], filled[2])
    except ValueError:
        return None


def read_time(text: str, now: time) -> time | None:
    """A time from 09:12, 9:12:34, 0912, 9, 9点30, 091234 or 现在; None if it is none."""
    plain = text.strip().lower().replace("：", ":")
    if plain in ("现在", "xz", "此刻"):
        return now.replace(microsecond=0)
    digits = re.fullmatch(r"\d{1,6}", plain)
    parts = _clock_digits(plain) if digits else [int(part) for part in re.findall(r"\d+", plain)]
    if not re.fullmatch(r"\d{1,6}|\d{1,2}([:点时分.]\d{0,2}){1,2}[分秒]?", plain) or not 1 <= len(parts) <= 3:
        return None
    try:
        hour, minute, second = [*parts, 0, 0][:3]
        return time(hour, minute, second)
    except ValueError:
        return None


def _clock_digits(plain: str) -> list[int]:
    if len(plain) <= 2:
        return [int(plain)]
    if len(plain) <= 4:
        return [int(plain[:-2]), int(plain[-2:])]
    return [int(plain[:-4]), int(plain[-4:-2]), int(plain[-2:])]


def read_month(text: str, today: date) -> tuple[int, int] | None:
    """Year and month from 2022-05, 202205, 2022年5月, 5月, 5 or 本月, 上月; None if it is none."""
    plain = text.strip()
    if plain in ("本月", "上月", "下月"):
        return step_month((today.year, today.month), {"本月": 0, "上月": -1, "下月": 1}[plain])
    found = re.fullmatch(r"(?:(\d{4})[-./年]?)?(\d{1,2})月?", plain)
    if found is None:
        return None
    year, month = int(found[1] or today.year), int(found[2])
    return (year, month) if 1 <= month <= 12 else None


def step_month(month: tuple[int, int], step: int) -> tuple[int, int]:
    """The month some months later (earlier when negative)."""
    count = month[0] * 12 + month[1] - 1 + step
    return count // 12, count % 12 + 1
