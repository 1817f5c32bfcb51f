"""Builds the plain facts that roster checks take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from app.dates import TimeRange, parse_time_ranges
from app.rules.duty.duty_view import DutyView
from app.rules.duty.facts import SiteFact
from app.rules.policy.rates import RosterRules
from app.rules.roster.checks import find_problems
from app.rules.roster.facts import RosterFacts, RosterProblem
from app.values import DutyKind, Month, SiteKind

MAY = Month(2022, 5)
STATION = SiteFact("140802100", "解州镇工作站", SiteKind.station)
CENTRE = SiteFact("140802-01", "盐湖区中心", SiteKind.county_centre)
RULES = RosterRules(True, 8, 4, 1, 1, True, "四（一）4")
CLAUSES = dict.fromkeys(
    (
        "centre_every_workday",
        "centre_min_hours",
        "station_min_hours",
        "station_per_week",
        "station_min_per_month",
        "published_ahead",
    ),
    "四（一）4",
)
_count = iter(range(1, 1_000_000))


def a_duty(
    day: int | date,
    hours: str | tuple[TimeRange, ...] = "09:00-13:00",
    person: str = "wang",
    *,
    site: SiteFact = STATION,
    kind: DutyKind | None = None,
    version: int | None = None,
    **more: Any,
) -> DutyView:
    """A duty in May 2022, a draft unless it has a version."""
    on = day if isinstance(day, date) else date(2022, 5, day)
    ranges = parse_time_ranges(hours) if isinstance(hours, str) else hours
    usual = DutyKind.station if site.kind is SiteKind.station else DutyKind.centre
    return DutyView(
        id=f"d{next(_count)}",
        site=site.code,
        on=on,
        kind=kind or usual,
        person_id=person,
        name=person,
        ranges=ranges,
        version=version,
        **more,
    )


def the_facts(duties: Iterable[DutyView], site: SiteFact = STATION, **more: Any) -> RosterFacts:
    """The facts of a site's May 2022, judged on 25 April."""
    more.setdefault("now", datetime(2022, 4, 25, 9))
    names = {STATION.code: "解州镇", CENTRE.code: "中心"}
    return RosterFacts(
        month=MAY, site=site, duties=tuple(duties), rules=RULES, clauses=CLAUSES, site_names=names, **more
    )


def problems(
    duties: Iterable[DutyView], code: str, site: SiteFact = STATION, **more: Any
) -> list[RosterProblem]:
    """The problems of one code."""
    return [found for found in find_problems(the_facts(duties, site, **more)) if found.code == code]


def clock(hour: int, minute: int = 0, second: int = 0) -> time:
    """A time of day."""
    return time(hour, minute, second)
