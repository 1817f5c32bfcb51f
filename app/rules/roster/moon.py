"""Tells the day of the Chinese lunar month, which begins with the day of the new moon in Beijing (GB/T 33661)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from math import radians, sin

MONTH_DAYS = 29.530588861
"""Mean length of a lunation."""
EPOCH = 2451550.09766
"""Julian ephemeris day of the mean new moon that is counted as 0 (2000-01-06)."""
_NOON_2000, _J2000 = datetime(2000, 1, 1, 12), 2451545.0
_BEIJING = timedelta(hours=8)
_TERMS = (
    (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)  # fmt: skip
"""Days; power of the orbit's eccentricity; multiples of the sun's and the moon's anomaly, latitude and node
(J. Meeus, Astronomical Algorithms, chapter 49)."""
_PLANETS = (
    (325, 299.77, 0.107408), (165, 251.88, 0.016321), (164, 251.83, 26.651886), (126, 349.42, 36.412478),
    (110, 84.66, 18.206239), (62, 141.74, 53.303771), (60, 207.14, 2.453732), (56, 154.84, 7.306860),
    (47, 34.52, 27.261239), (42, 207.19, 0.121824), (40, 291.34, 1.844379), (37, 161.72, 24.198154),
    (35, 239.56, 25.513099), (23, 331.55, 3.592518),
)  # fmt: skip
"""Millionths of a day; degrees at the epoch and per lunation (the same chapter)."""


def lunar_day(on: date) -> int:
    """1 (初一) … 30 (三十). Agrees with the published calendar of 1990 … 2079, every day of it."""
    number = round((_julian(on) - EPOCH) / MONTH_DAYS) + 1
    while new_moon(number) > on:
        number -= 1
    return (on - new_moon(number)).days + 1


@cache
def new_moon(number: int) -> date:
    """The day, in Beijing, of a new moon counted from that of January 2000."""
    century = number / 1236.85
    day = EPOCH + MONTH_DAYS * number + 0.00015437 * century**2 - 0.000000150 * century**3
    moment = _NOON_2000 + timedelta(days=day + _correction(number, century) - _J2000)
    return (moment - _earth_lag(2000 + century * 100) + _BEIJING).date()


def _correction(number: int, century: float) -> float:
    """Days between the mean new moon and the true one."""
    eccentricity = 1 - 0.002516 * century - 0.0000074 * century**2
    sun = 2.5534 + 29.10535670 * number - 0.0000014 * century**2
    moon = 201.5643 + 385.81693528 * number + 0.0107582 * century**2
    latitude = 160.7108 + 390.67050284 * number - 0.0016118 * century**2
    node = 124.7746 - 1.56375588 * number + 0.0020672 * century**2
    own = sum(
        days
        * eccentricity**power
        * sin(radians(suns * sun + moons * moon + latitudes * latitude + nodes * node))
        for days, power, suns, moons, latitudes, nodes in _TERMS
    )
    others = sum(parts * sin(radians(begin + step * number)) for parts, begin, step in _PLANETS)
    return own + others / 1_000_000


def _earth_lag(year: float) -> timedelta:
    """How far clocks are behind the even time of the planets: some 65 seconds about 2000, more before and after."""
    return timedelta(seconds=62.92 + 0.32217 * (year - 2000) + 0.005589 * (year - 2000) ** 2)


def _julian(on: date) -> float:
    return _J2000 + (datetime(on.year, on.month, on.day, 12) - _NOON_2000) / timedelta(days=1)
