"""Reads when people gather at a point and says on which days of a month that is (Q06 赶集日)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.desk_values import MarketCycle
from app.rules.roster.moon import lunar_day
from app.values import Month

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十", 0)}
_WEEK = {**_DIGITS, "日": 7, "天": 7}
_LAST = {MarketCycle.lunar: 30, MarketCycle.solar: 31, MarketCycle.weekly: 7}
_NUMBER = re.compile(r"\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九]")
_EVERY = re.compile(r"逢([一二三四五六七八九十\d、，, ]+)")
_NAMES = "一二三四五六七八九十"


def read_days(cycle: MarketCycle, text: str) -> tuple[int, ...]:
    """The days that words mean, in order; () for words that mean none.

    农历逢三六九: 3 6 9 13 16 … 29; 初五、十五、廿五 and 5、15、25 the very days; 周二、周五 of the week.
    """
    if cycle is MarketCycle.weekly:
        signs = [sign for sign in text if sign in _WEEK or sign.isdecimal()]
        found = {_WEEK[sign] if sign in _WEEK else int(sign) for sign in signs}
    else:
        found = {
            day
            for part in _EVERY.findall(text)
            for sign in re.sub(r"[、，, ]", "", part)
            for day in _ending(sign)
        }
        found |= {_number(word) for word in _NUMBER.findall(_EVERY.sub("", text))}
    return tuple(sorted(day for day in found if 1 <= day <= _LAST[cycle]))


def market_days(cycle: MarketCycle, days: Iterable[int], month: Month) -> tuple[date, ...]:
    """The local dates of a month on which the market is held."""
    wanted = frozenset(days)
    count = (month.last_day - month.first_day).days + 1
    every = [month.first_day + timedelta(days=place) for place in range(count)]
    return tuple(on for on in every if _place(cycle, on) in wanted)


def days_words(cycle: MarketCycle, days: Sequence[int]) -> str:
    """农历逢三、六、九; 公历 5、15、25 日; 每周二、五."""
    if cycle is MarketCycle.weekly:
        return f"每周{'、'.join('一二三四五六日'[day - 1] for day in days)}"
    ends = sorted({day % 10 or 10 for day in days})
    if tuple(days) == tuple(sorted(day for end in ends for day in _ending(str(end)) if day <= _LAST[cycle])):
        return f"{cycle}逢{'、'.join(_NAMES[end - 1] for end in ends)}"
    return f"{cycle} {'、'.join(str(day) for day in days)} 日"


def _place(cycle: MarketCycle, on: date) -> int:
    """Where a day stands in its cycle."""
    if cycle is MarketCycle.lunar:
        return lunar_day(on)
    return on.day if cycle is MarketCycle.solar else on.isoweekday()


def _ending(sign: str) -> tuple[int, ...]:
    """Days of a month that end with a digit; 十 stands for nought."""
    end = _digit(sign) % 10
    return tuple(day for day in range(1, 32) if day % 10 == end)


def _digit(sign: str) -> int:
    return _DIGITS[sign] if sign in _DIGITS else int(sign)


def _number(word: str) -> int:
    """十五, 廿五, 二十五, 25, 五."""
    if word.isdecimal():
        return int(word)
    if "十" not in word and "廿" not in word:
        return _DIGITS[word]
    tens, _, ones = word.replace("廿", "二十").partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
