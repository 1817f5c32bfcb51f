"""Invents the month's roster: the centre every working day, stations weekly, twice weekly or monthly (Y09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from app.demo.sample.calendar_days import IsWorkday, day_in_week, on_day, weeks, workdays
from app.demo.sample.records import SampleDuty, SamplePerson, SampleSite
from app.demo.sample.words import word_list
from app.values import DutyKind, Month, PersonKind

_CENTRE_HOURS = "08:00-12:00；14:30-18:30"
_SHORT_CENTRE = "08:30-12:00；14:30-18:00"
_STATION_HOURS = ("09:00-13:00", "08:30-12:30", "08:00-12:00", "08:30-11:30；14:30-17:30")
_SHORT_STATION = "09:00-12:30"
_WEEKDAYS = (0, 1, 2, 4, 3)
TWICE, WEEKLY, MONTHLY = "每周两次", "每周", "每月"


def sample_frequency(index: int, stations: int) -> str:
    """How often the station at a place in the list is on duty: the last is remote, every fifth is busy."""
    if stations > 2 and index == stations - 1:
        return MONTHLY
    return TWICE if index % 5 == 0 else WEEKLY


def frequencies(stations: tuple[SampleSite, ...]) -> dict[str, tuple[str, str]]:
    """Station code → frequency and the county's reason, where it is not weekly."""
    reasons = {TWICE: word_list("reasons")["twice"], MONTHLY: word_list("reasons")["monthly"]}
    found = {site.code: sample_frequency(place, len(stations)) for place, site in enumerate(stations)}
    return {code: (text, reasons[text]) for code, text in found.items() if text in reasons}


def invent_roster(
    rng: Random,
    month: Month,
    sites: tuple[SampleSite, ...],
    people: tuple[SamplePerson, ...],
    is_workday: IsWorkday,
) -> tuple[SampleDuty, ...]:
    """Every duty of the month in order of time.

    Holds on purpose: a centre duty below 8 hours, a station duty below 4, a week a weekly station leaves out,
    and one person at two stations on one day. No overlap, nobody twice at once.
    """
    desk = _RosterDesk(rng, month, people, workdays(month, is_workday))
    stations = tuple(site for site in sites if not site.is_centre)
    for centre in (site for site in sites if site.is_centre):
        desk.roster_centre(centre)
    for place in range(len(stations)):
        desk.roster_station(place, stations)
    desk.send_one_to_a_second_station(stations)
    return tuple(sorted(desk.duties, key=lambda duty: (duty.start, duty.site.code)))


class _RosterDesk:
    def __init__(self, rng: Random, month: Month, people: tuple[SamplePerson, ...], days: list[date]) -> None:
        self._rng, self._month, self._days, self._weeks = rng, month, days, weeks(days)
        self.duties: list[SampleDuty] = []
        self._busy: set[tuple[str, date]] = set()
        lawyers = [p for p in people if p.kind is PersonKind.lawyer and not p.is_public_servant]
        half = len(lawyers) // 2
        public = [p for p in people if p.is_public_servant]
        self._centre = lawyers[:half] + public + lawyers[:half]
        self._relaxed = [p for p in people if p.kind is PersonKind.relaxed]
        others = [p for p in people if p.kind not in (PersonKind.lawyer, PersonKind.relaxed)]
        self._station = lawyers[half:] + others

    def roster_centre(self, centre: SampleSite) -> None:
        for turn, day in enumerate(self._days):
            hours = _SHORT_CENTRE if turn == len(self._days) // 2 else _CENTRE_HOURS
            team = self._centre[turn % len(self._centre) :] + self._centre
            self._add(centre, day, hours, DutyKind.centre, team)

    def roster_station(self, place: int, stations: tuple[SampleSite, ...]) -> None:
        site, count = stations[place], len(stations)
        often = sample_frequency(place, count)
        team = self._station[place::count] or [self._station[place % len(self._station)]]
        hours = _STATION_HOURS[place % len(_STATION_HOURS)]
        if often == MONTHLY:
            team = self._relaxed + team
            self._add(site, day_in_week(self._weeks[-2], 2), hours, DutyKind.station, team)
            return
        for turn, week in enumerate(self._weeks):
            weekday = _WEEKDAYS[place % 5]
            if len(week) < 3 and weekday not in {day.weekday() for day in week}:
                continue
            day = day_in_week(week, weekday)
            if often == TWICE:
                self._add(site, day, hours, DutyKind.station, team[:1] + team)
                self._add_second(site, week, day, hours, team)
            else:
                self._add_weekly(place, count, turn, site, day, team)
        if place == 2:
            self._add_mobile(site, team)

    def send_one_to_a_second_station(self, stations: tuple[SampleSite, ...]) -> None:
        """One person sits at a second station in the afternoon of a morning duty."""
        if len(stations) < 2:
            return
        home = stations[min(2, len(stations) - 1)]
        morning = [d for d in self.duties if d.site == home and d.kind is DutyKind.station][-1]
        ranges = on_day(morning.on, "14:30-18:30")
        if all(
            d.end <= ranges[0][0] for d in self.duties if (d.person, d.on) == (morning.person, morning.on)
        ):
            self.duties.append(SampleDuty(stations[0], morning.person, morning.on, DutyKind.station, ranges))

    def _add_weekly(
        self, place: int, count: int, turn: int, site: SampleSite, day: date, team: list[SamplePerson]
    ) -> None:
        if turn == 1 and place == min(4, count - 1) and count > 2:
            return
        turned = team[turn % len(team) :] + team
        if place % 5 == 1 and turn % 2 == 1:
            self._add_with_outreach(site, day, turned)
            return
        is_short = turn == 2 and place == min(2, count - 1)
        hours = _SHORT_STATION if is_short else _STATION_HOURS[place % 3]
        self._add(site, day, hours, DutyKind.station, turned)

    def _add_with_outreach(self, site: SampleSite, day: date, team: list[SamplePerson]) -> None:
        """Half a day at the desk and half in a village by one person: one session (Q05)."""
        desk = self._add(site, day, "08:30-12:00", DutyKind.station, team)
        if desk:
            self.duties.append(replace(desk, kind=DutyKind.outreach, ranges=on_day(day, "14:30-17:30")))

    def _add_second(
        self, site: SampleSite, week: list[date], first: date, hours: str, team: list[SamplePerson]
    ) -> None:
        later = [day for day in week if day != first]
        if len(later) > 1:
            self._add(site, day_in_week(later, 3), hours, DutyKind.station, team[1:] + team[:1])

    def _add_mobile(self, site: SampleSite, team: list[SamplePerson]) -> None:
        fair = [day for day in self._month.days() if day.weekday() == 6][2]
        self._add(site, fair, "08:00-12:00", DutyKind.mobile, team)

    def _add(
        self, site: SampleSite, day: date, hours: str, kind: DutyKind, team: list[SamplePerson]
    ) -> SampleDuty | None:
        free = (p for p in (*team, *self._station) if (p.name, day) not in self._busy)
        person = next(free, None)
        if person is None:
            return None
        self._busy.add((person.name, day))
        self.duties.append(SampleDuty(site, person, day, kind, on_day(day, hours)))
        return self.duties[-1]
