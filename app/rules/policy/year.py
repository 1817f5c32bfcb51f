"""Says what a year, a quarter and the share of a year gone by are, as the pack's readings period_basis and pace_basis have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.values import Month, Period


@dataclass(frozen=True)
class ProgrammeYear:
    """is_from_december: a year runs from the December before it to November. is_by_months: pace is months / 12."""

    is_from_december: bool = False
    is_by_months: bool = False

    def period(self, text: str) -> Period:
        """`2022` `2022-Q2` `2022-05` under this year. Raises Refused E922 for anything else."""
        found = Period.parse(text)
        if not self.is_from_december or len(found.months()) == 1:
            return found
        first = Month.of(found.start).previous()
        return Period(found.text, first.first_day, Month.of(found.end).previous().last_day)

    def year_of(self, on: date) -> int:
        """The year a date is counted in."""
        return Month.of(on).next().year if self.is_from_december else on.year

    def year_around(self, on: date) -> Period:
        """The whole year a date is counted in."""
        return self.period(str(self.year_of(on)))

    def gone_by(self, on: date) -> Fraction:
        """The share of the year gone by at the end of a date: days of it, or begun months of twelve."""
        year = self.year_around(on)
        if self.is_by_months:
            return Fraction(sum(month.first_day <= on for month in year.months()), 12)
        return Fraction((on - year.start).days + 1, (year.end - year.start).days + 1)
