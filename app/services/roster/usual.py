"""Tells what a site is used to: its hours and its weekdays, from the duties of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import time

from app.dates import TimeRange
from app.models.organisation import Site
from app.rules.duty.duty_view import DutyView
from app.values import DutyKind, SiteKind

_STATION_HOURS = ((time(9), time(13)),)
_CENTRE_HOURS = ((time(8), time(12)), (time(14), time(18)))
_DESK = (DutyKind.centre, DutyKind.station)


def usual_hours(site: Site, duties: Iterable[DutyView]) -> tuple[TimeRange, ...]:
    """The most frequent hours at the desk; for a site without any, a morning or a day as the document asks for."""
    hours = Counter(duty.ranges for duty in duties if duty.kind in _DESK)
    if hours:
        return hours.most_common(1)[0][0]
    return _STATION_HOURS if site.kind == SiteKind.station.value else _CENTRE_HOURS


def usual_weekdays(duties: Iterable[DutyView]) -> tuple[int, ...]:
    """The weekdays a desk sat on, the most frequent first (0 is Monday)."""
    days = Counter(duty.on.weekday() for duty in duties if duty.kind in _DESK)
    return tuple(sorted(days, key=lambda weekday: (-days[weekday], weekday)))
