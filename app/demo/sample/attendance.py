"""Invents punches for a roster: mostly punctual, some late or early, one absent, forgotten sign-outs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from app.demo.sample.names import Names
from app.demo.sample.records import SampleAttendance, SampleCorrection, SampleDuty, SamplePerson, SampleSite
from app.demo.sample.words import word_list
from app.values import DutyKind, Sex

_LATE, _EARLY = 0.08, 0.04


def invent_attendance(
    rng: Random, duties: tuple[SampleDuty, ...], people: tuple[SamplePerson, ...], spared: set[SampleDuty]
) -> tuple[SampleAttendance, ...]:
    """One row a duty that was kept, and one unscheduled duty by the absent person's substitute.

    spared duties are kept punctually: their faults lie elsewhere.
    """
    plain = [d for d in duties if d not in spared and d.kind is DutyKind.station]
    rng.shuffle(plain)
    absent, forgotten = plain[0], plain[1 : 2 if len(duties) < 50 else 3]
    rest = [d for d in duties if d not in spared and d is not absent and d not in forgotten]
    rng.shuffle(rest)
    late = set(rest[: max(1, round(len(duties) * _LATE))])
    early = set(rest[-max(1, round(len(duties) * _EARLY)) :])
    paper = _paper_site(duties)
    clerk = Names(rng).full_name(Sex.female)
    rows = [
        _row(rng, duty, duty in late, duty in early, clerk if duty.site == paper else "")
        for duty in duties
        if duty is not absent and duty not in forgotten
    ]
    rows += [_forgotten(rng, duty, is_corrected=place == 0) for place, duty in enumerate(forgotten)]
    rows.append(_substitute(rng, absent, duties, people))
    return tuple(sorted(rows, key=lambda row: (row.in_at, row.site.code)))


def _paper_site(duties: tuple[SampleDuty, ...]) -> SampleSite | None:
    """The station that still signs on paper: the fourth, in counties of four and more."""
    stations = sorted({d.site for d in duties if not d.site.is_centre}, key=lambda site: site.code)
    return stations[3] if len(stations) > 3 else None


def _row(rng: Random, duty: SampleDuty, is_late: bool, is_early: bool, clerk: str) -> SampleAttendance:
    come = rng.randint(130, 2400) if is_late else -rng.randint(45, 1100)
    leave = -rng.randint(300, 2700) if is_early else rng.randint(20, 900)
    return SampleAttendance(
        duty.site,
        duty.person,
        duty.start + timedelta(seconds=come),
        duty.end + timedelta(seconds=leave),
        duty,
        confirmed_by=clerk,
    )


def _forgotten(rng: Random, duty: SampleDuty, *, is_corrected: bool) -> SampleAttendance:
    row = _row(rng, duty, False, False, "")
    correction = None
    if is_corrected:
        reason = rng.choice(word_list("reasons")["correction"])
        asked = datetime.combine(duty.on + timedelta(days=1), time(9, rng.randint(5, 50)))
        correction = SampleCorrection(duty.end + timedelta(minutes=rng.randint(1, 9)), asked, reason)
    return SampleAttendance(duty.site, duty.person, row.in_at, None, duty, correction=correction)


def _substitute(
    rng: Random,
    absent: SampleDuty,
    duties: tuple[SampleDuty, ...],
    people: tuple[SamplePerson, ...],
) -> SampleAttendance:
    is_free = _free_on(absent.on, duties)
    person = rng.choice([p for p in people if not p.is_public_servant and is_free(p)])
    return SampleAttendance(
        absent.site,
        person,
        absent.start + timedelta(seconds=rng.randint(600, 1500)),
        absent.end + timedelta(seconds=rng.randint(30, 400)),
        None,
        unscheduled_reason=rng.choice(word_list("reasons")["unscheduled"]),
    )


def _free_on(day: date, duties: tuple[SampleDuty, ...]) -> Callable[[SamplePerson], bool]:
    on_duty = {duty.person for duty in duties if duty.on == day}
    return lambda person: person not in on_duty
