"""Effective attendance: raw punches with the approved corrections laid over them, the originals kept (Y05, P12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from app.clock import local
from app.kernel.work import Look
from app.models.bare_rows import is_among
from app.models.duties import Correction, Punch
from app.rules.duty.facts import CLOCK_RED, AttendanceFact
from app.services.reading.people import person_links, same_person
from app.services.reading.rulings import Ruling, in_parts, rulings
from app.services.reading.sense import sensible
from app.services.reading.voids import not_voided
from app.values import Origin

IN, OUT = "in", "out"
GRADES = ("", "green", "grey", "amber", "red")
"""Trust in the clock from nothing to say to worst."""


@dataclass(frozen=True, kw_only=True)
class AttendanceRow:
    """One sign-in with its sign-out as they count; times are naive local with seconds.

    id: of the sign-in punch, else of the correction or lone sign-out the row stands on. person_id: the linked person
    of the pool. raw_in_at, raw_out_at: what was punched, None where a correction stands alone. is_unscheduled_approved
    None: nobody decided yet whether it counts without a roster entry. measured: from sign-in to sign-out by the
    monotonic clock, where both were punched in one boot.
    """

    id: str
    site: str
    person_id: str
    on: date
    in_at: datetime | None
    out_at: datetime | None
    origin: str
    confirmed_by: str = ""
    is_unscheduled_approved: bool | None = None
    clock_grade: str = ""
    clock_reason: str = ""
    reason: str = ""
    in_id: str = ""
    out_id: str = ""
    in_correction: str = ""
    out_correction: str = ""
    raw_in_at: datetime | None = None
    raw_out_at: datetime | None = None
    measured: timedelta | None = None
    writer: str = ""

    @property
    def is_corrected(self) -> bool:
        """Whether an approved correction has part in it."""
        return bool(self.in_correction or self.out_correction)

    @property
    def is_open(self) -> bool:
        """Signed in, not signed out."""
        return self.in_at is not None and self.out_at is None

    @property
    def is_measured(self) -> bool:
        """A sign-out before its sign-in whose true distance is known (P9)."""
        is_backwards = bool(self.in_at and self.out_at and self.out_at < self.in_at)
        return is_backwards and self.measured is not None

    def fact(self) -> AttendanceFact:
        """The row as settlement takes it; what was measured counts before what a clock that was set back shows."""
        out_at, grade = self.out_at, self.clock_grade
        if self.is_measured and self.in_at and self.measured:
            out_at, grade = self.in_at + self.measured, CLOCK_RED
        return AttendanceFact(
            id=self.id,
            site=self.site,
            person_id=self.person_id,
            on=self.on,
            in_at=self.in_at,
            out_at=out_at,
            origin=self.origin,
            confirmed_by=self.confirmed_by,
            is_unscheduled_approved=bool(self.is_unscheduled_approved),
            clock_grade=grade,
            judged=True if self.out_correction else None,
        )


def attendance_rows(
    look: Look, first: date, last: date, site: str | None = None, *, person_id: str | None = None
) -> tuple[AttendanceRow, ...]:
    """Effective attendance of the local dates first … last, by date, site, person and time.

    site None: every site this office holds. person_id: as written or linked.
    """
    linked = person_links(look)
    ids = same_person(look, person_id, linked) if person_id is not None else ()
    wanted = _Wanted(first, last, site, ids)
    punches = _punches(look, wanted)
    corrections = _corrections(look, wanted)
    ruled = rulings(look, "correction", (row.id for row in corrections))
    approved = [row for row in corrections if row.id in ruled and ruled[row.id].is_approved]
    approved.sort(key=lambda row: (ruled[row.id].decided_at, row.direction == OUT, row.id))
    rows = _correct(_pair(punches), approved)
    known = rulings(look, "punch", (row.id for row in rows))
    return tuple(sorted((_finished(row, known.get(row.id), linked) for row in rows), key=_order))


_Table = type[Punch] | type[Correction]


@dataclass(frozen=True)
class _Wanted:
    first: date
    last: date
    site: str | None
    person_ids: tuple[str, ...]

    def rows(self, look: Look, table: _Table) -> list[Any]:
        """Those of the table that make sense."""
        statement = _wanted(table, self.site is not None, bool(self.person_ids))
        return sensible(look.session.scalars(statement, vars(self)))


@cache
def _wanted(table: _Table, of_site: bool, of_people: bool) -> Select[Any]:
    """Made once for each kind of question, for every save asks one; its parameters are named as _Wanted's fields."""
    found = select(table).where(table.on.between(bindparam("first"), bindparam("last")))
    if of_site:
        found = found.where(table.site == bindparam("site"))
    if of_people:
        found = found.where(is_among(table.person_id, "person_ids"))
    return found.where(_STANDING) if table is Punch else found


_STANDING = and_(not_voided(Punch), or_(Punch.direction == IN, Punch.pair_id == ""))
_CLOSING = select(Punch).where(is_among(Punch.pair_id, "pairs"), Punch.direction == OUT, not_voided(Punch))


def _punches(look: Look, wanted: _Wanted) -> list[Punch]:
    """Sign-ins of the span, whatever day their sign-outs fall on (P10), and sign-outs that close nothing."""
    rows = wanted.rows(look, Punch)
    for part in in_parts([row.id for row in rows if row.direction == IN]):
        rows += sensible(look.session.scalars(_CLOSING, {"pairs": part}))
    return rows


def _corrections(look: Look, wanted: _Wanted) -> list[Correction]:
    return wanted.rows(look, Correction)


def _pair(punches: Iterable[Punch]) -> dict[str, AttendanceRow]:
    """Row id → row; a sign-out that names no sign-in is a row of its own."""
    ordered = sorted(punches, key=lambda punch: (punch.direction == OUT, punch.at, punch.id))
    rows: dict[str, AttendanceRow] = {}
    by_id = {punch.id: punch for punch in ordered}
    for punch in ordered:
        if punch.direction == IN:
            rows[punch.id] = _opened(punch)
        elif punch.pair_id in rows:
            rows[punch.pair_id] = _closed(rows[punch.pair_id], by_id[punch.pair_id], punch)
        else:
            rows[punch.id] = _lone_out(punch)
    return rows


def _opened(punch: Punch) -> AttendanceRow:
    at = local(punch.at)
    return AttendanceRow(
        id=punch.id,
        site=punch.site,
        person_id=punch.person_id,
        on=punch.on,
        in_at=at,
        out_at=None,
        origin=punch.origin,
        confirmed_by=punch.confirmed_by,
        clock_grade=punch.grade,
        clock_reason=punch.grade_reason,
        reason=punch.reason or "",
        in_id=punch.id,
        raw_in_at=at,
        writer=punch.writer,
    )


def _closed(row: AttendanceRow, opened: Punch, punch: Punch) -> AttendanceRow:
    at = local(punch.at)
    measured = _measured(opened, punch)
    return _doubted(replace(row, out_at=at, raw_out_at=at, out_id=punch.id, measured=measured), punch)


def _measured(opened: Punch, closed: Punch) -> timedelta | None:
    """How long it was by the clock that nobody can set; it starts anew with each boot, and only the kiosk reads it."""
    is_one = {opened.origin, closed.origin} == {Origin.kiosk.value} and opened.boot == closed.boot != ""
    return timedelta(milliseconds=closed.mono - opened.mono) if is_one and closed.mono > opened.mono else None


def _lone_out(punch: Punch) -> AttendanceRow:
    at = local(punch.at)
    return replace(
        _opened(punch), in_at=None, raw_in_at=None, in_id="", out_at=at, raw_out_at=at, out_id=punch.id
    )


def _doubted(row: AttendanceRow, punch: Punch) -> AttendanceRow:
    """The worse grade of the two punches stands."""
    if GRADES.index(punch.grade) <= GRADES.index(row.clock_grade):
        return row
    return replace(row, clock_grade=punch.grade, clock_reason=punch.grade_reason)


def _correct(rows: dict[str, AttendanceRow], approved: Iterable[Correction]) -> list[AttendanceRow]:
    for one in approved:
        target = rows.get(one.punch_id) or _target(rows.values(), one)
        if target is not None:
            rows[target.id] = _applied(target, one)
        else:
            rows[one.id] = _applied(_alone(one), one)
    return list(rows.values())


def _target(rows: Iterable[AttendanceRow], one: Correction) -> AttendanceRow | None:
    """For a correction that names no punch: the row of that person, site and day that lacks just this side."""
    near = [row for row in rows if (row.person_id, row.site, row.on) == (one.person_id, one.site, one.on)]
    at = local(one.at)
    if one.direction == OUT:
        lacking = [row for row in near if row.out_at is None and row.in_at and row.in_at <= at]
        return max(lacking, key=lambda row: (row.in_at, row.id), default=None)
    lacking = [row for row in near if row.in_at is None and row.out_at and row.out_at >= at]
    return min(lacking, key=lambda row: (row.out_at, row.id), default=None)


def _applied(row: AttendanceRow, one: Correction) -> AttendanceRow:
    at = local(one.at)
    if one.direction == OUT:
        return replace(row, out_at=at, out_correction=one.id, measured=None)
    return replace(row, in_at=at, in_correction=one.id, measured=None)


def _alone(one: Correction) -> AttendanceRow:
    """A duty nobody punched: it stands on approved corrections only, so that it needs no second decision."""
    return AttendanceRow(
        id=one.id,
        site=one.site,
        person_id=one.person_id,
        on=one.on,
        in_at=None,
        out_at=None,
        origin=Origin.paper,
        confirmed_by=one.asked_by,
        is_unscheduled_approved=True,
        reason=one.reason or "",
        writer=one.writer,
    )


def _finished(row: AttendanceRow, ruling: Ruling | None, linked: Mapping[str, str]) -> AttendanceRow:
    person = linked.get(row.person_id, row.person_id)
    decided = ruling.is_approved if ruling else row.is_unscheduled_approved
    return replace(row, person_id=person, is_unscheduled_approved=decided)


def _order(row: AttendanceRow) -> tuple[date, str, str, datetime, str]:
    return (row.on, row.site, row.person_id, row.in_at or row.out_at or datetime.min, row.id)


def attendance_facts(
    look: Look, first: date, last: date, codes: Collection[str]
) -> tuple[AttendanceFact, ...]:
    """The effective rows; a clock that somebody has looked into is no longer doubted."""
    rows = [row for row in attendance_rows(look, first, last) if row.site in codes]
    judged = rulings(look, "punch", (row.id for row in rows))
    facts = (row.fact() for row in rows)
    return tuple(
        replace(fact, clock_grade="", judged=judged[fact.id].is_approved) if fact.id in judged else fact
        for fact in facts
    )
