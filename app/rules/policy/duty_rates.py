"""The duty rates of a pack and what its text leaves open (Y16, Y17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from app.values import SiteKind


def _base() -> Mapping[SiteKind, int]:
    return {SiteKind.city_centre: 20000, SiteKind.county_centre: 20000, SiteKind.station: 30000}


def _absence() -> Mapping[SiteKind, int]:
    return {SiteKind.city_centre: 10000, SiteKind.county_centre: 10000, SiteKind.station: 15000}


def _minimum() -> Mapping[SiteKind, int]:
    return {SiteKind.city_centre: 8 * 3600, SiteKind.county_centre: 8 * 3600, SiteKind.station: 4 * 3600}


@dataclass(frozen=True, kw_only=True)
class DutyRates:
    """A pack's duty rates in 分 (Y16, Y17); the defaults are 运司通〔2022〕3号 五（二）1.

    court_pay_fen None: 值班律师 is paid by the organ that uses it (A11). clauses: rule → (clause id, its text) for
    public, base, minimum, court, D1, D2, D3, D4, D4M, D5.
    """

    base_fen: Mapping[SiteKind, int] = field(default_factory=_base)
    outreach_pay_fen: int = 30000
    court_pay_fen: int | None = None
    d1_fen: int = 1000
    d2_fen: int = 5000
    d3_fen: int = 5000
    d4_fen: Mapping[SiteKind, int] = field(default_factory=_absence)
    ban_count: int = 3
    minimum_seconds: Mapping[SiteKind, int] = field(default_factory=_minimum)
    clauses: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def clause(self, rule: str) -> str:
        """The clause id of a rule, "" where the pack names none."""
        return self.clauses.get(rule, ("", ""))[0]


@dataclass(frozen=True, kw_only=True)
class RuleSettings:
    """What the programme's text leaves open; the defaults are the reading taken.

    record_unit: record | duty · late_and_early: each | once · month_ban_scope: all | site | stations (only absences
    from station duties count, and only these are forfeited) · sham_scope: day | unit
    (the session or person-day alone) · short_duty: warn | confirm · unscheduled_approved: duty (an approved 临时值班
    counts as a duty) | noted.
    """

    grace_minutes: int = 0
    match_window_minutes: int = 120
    record_unit: str = "record"
    late_and_early: str = "each"
    same_matter_once: bool = True
    month_ban_scope: str = "all"
    sham_scope: str = "day"
    short_duty: str = "warn"
    unscheduled_approved: str = "duty"

    @property
    def grace(self) -> timedelta:
        """The minutes somebody may be late or leave early without deduction."""
        return timedelta(minutes=self.grace_minutes)

    @property
    def window(self) -> timedelta:
        """How long before its start a sign-in serves a duty."""
        return timedelta(minutes=self.match_window_minutes)
