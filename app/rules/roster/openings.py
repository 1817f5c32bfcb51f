"""Finds the duties a site's month still lacks by the document or the county's frequency, and on which day each falls (Y09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.dates import TimeRange, ranges_text
from app.rules.roster.facts import RosterFacts
from app.values import DutyKind, SiteKind


@dataclass(frozen=True)
class Opening:
    """A duty nobody has been given; ranges: local times of the day."""

    site: str
    on: date
    kind: DutyKind
    ranges: tuple[TimeRange, ...]

    @property
    def seconds(self) -> int:
        """Its length."""
        return sum(
            (end.hour - start.hour) * 3600 + (end.minute - start.minute) * 60 + end.second - start.second
            for start, end in self.ranges
        )

    @property
    def hours(self) -> str:
        """09:00-13:00, several ranges joined by ；."""
        return ranges_text(self.ranges)


def openings(
    facts: RosterFacts, ranges: tuple[TimeRange, ...], weekdays: Sequence[int], after: date = date.min
) -> tuple[Opening, ...]:
    """By day, of the days later than `after`. weekdays: those the site usually sits, the most usual first (0 is Monday)."""
    if facts.site.kind is SiteKind.station:
        kind, days = DutyKind.station, list(_Station(facts, weekdays, after).days())
    else:
        kind, days = DutyKind.centre, list(_centre_days(facts, after))
    return tuple(Opening(facts.site.code, on, kind, ranges) for on in sorted(days))


def _centre_days(facts: RosterFacts, after: date) -> Iterator[date]:
    if not facts.rules.centre_every_workday:
        return
    covered = _covered(facts)
    for on in facts.calendar.workdays(facts.month.first_day, facts.month.last_day):
        if on not in covered and on > after:
            yield on


class _Station:
    """The days a station still lacks: the weeks that sit least come first, one day after another."""

    def __init__(self, facts: RosterFacts, weekdays: Sequence[int], after: date) -> None:
        self._facts, self._after = facts, after
        self._order = {weekday: place for place, weekday in enumerate(weekdays)}
        self._covered = _covered(facts)

    def days(self) -> Iterator[date]:
        """Weekly, or as many a month as the county set, or the least the document allows."""
        facts = self._facts
        weekly = facts.rules.station_per_week
        if weekly and facts.frequency is None:
            for week in self._weeks():
                if week[3] in facts.month:
                    yield from self._fill(week, weekly)
            return
        wanted = facts.frequency.times_a_month if facts.frequency else facts.rules.station_min_per_month or 0
        for _ in range(wanted - sum(on in facts.month for on in self._covered)):
            room = [week for week in self._weeks() if self._day_in(week)]
            if not room:
                return
            yield from self._fill(min(room, key=self._sat), 1 + min(map(self._sat, room)))

    def _fill(self, week: Sequence[date], times: int) -> Iterator[date]:
        while self._sat(week) < times and (on := self._day_in(week)):
            self._covered.add(on)
            yield on

    def _sat(self, week: Sequence[date]) -> int:
        return len(self._covered.intersection(week))

    def _day_in(self, week: Sequence[date]) -> date | None:
        """The free working day of the week that the site is most used to."""
        facts = self._facts
        free = [
            on
            for on in week
            if on in facts.month
            and on > self._after
            and on not in self._covered
            and facts.calendar.is_workday(on)
        ]
        return min(free, key=lambda on: (self._order.get(on.weekday(), len(self._order)), on), default=None)

    def _weeks(self) -> list[tuple[date, ...]]:
        month = self._facts.month
        monday = month.first_day - timedelta(days=month.first_day.weekday())
        starts = [monday + timedelta(days=7 * place) for place in range(6)]
        weeks = [tuple(start + timedelta(days=step) for step in range(7)) for start in starts]
        return [week for week in weeks if week[0] <= month.last_day]


def _covered(facts: RosterFacts) -> set[date]:
    return {duty.on for duty in (*facts.duties, *facts.around) if duty.kind is not DutyKind.court}
