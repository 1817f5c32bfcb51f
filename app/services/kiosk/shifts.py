"""Says which sign-ins of a person are still open here, which of them still runs, and which duty a sign-in serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from app.clock import local
from app.dates import time_text
from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows, is_among
from app.models.duties import Correction, Punch
from app.rules.duty.facts import AttendanceFact
from app.rules.duty.matching import index_duties, match_attendance
from app.services.attendance.freeze import frozen_state
from app.services.reading.attendance import IN, OUT
from app.services.reading.duties import DutyView, duties_in_force, of_person
from app.services.reading.people import person_links, same_person
from app.services.reading.rulings import rulings
from app.values import Month

LATEST_SIGN_OUT = timedelta(hours=6)
"""How long after its duty's end a shift of an earlier day may still be signed out (P10)."""

LONGEST_SHIFT = timedelta(hours=12)
"""The same for a shift without a duty, from its sign-in on."""

LOOK_BACK = timedelta(days=62)


@dataclass(frozen=True)
class OpenShift:
    """A sign-in without a sign-out. is_running: it can still be signed out; otherwise it waits for an explanation."""

    punch_id: str
    person_id: str
    in_at: datetime
    duty: DutyView | None
    is_running: bool

    @property
    def sentence(self) -> str:
        """E602's words."""
        when = f"{self.in_at.month} 月 {self.in_at.day} 日"
        return f"您 {when} {time_text(self.in_at)} 签到后未签退，请说明离开时间（将由司法所审核）"


def open_shifts(look: Look, person_id: str | None = None) -> tuple[OpenShift, ...]:
    """Open shifts at this site, oldest first, of one person or of everybody.

    However long the computer was off (P4); one that was explained, or whose month is closed, is left out.
    """
    now, linked = local(look.now.at), person_links(look)
    rows = [row for row in _open_punches(look, person_id, now, linked) if not _is_frozen(look, row, now)]
    explained = _explained(look, [row.id for row in rows]) if rows else set()
    rows = [row for row in rows if row.id not in explained]
    return tuple(_shift(look, row, linked.get(row.person_id, row.person_id), now) for row in rows)


def running_shift(look: Look, person_id: str) -> OpenShift | None:
    """The shift that a sign-out would close: the last one that still runs."""
    running = [shift for shift in open_shifts(look, person_id) if shift.is_running]
    return running[-1] if running else None


def duties_today(look: Look, at: datetime, person_id: str | None = None) -> tuple[DutyView, ...]:
    """The published duties of this site on the local date of `at`, by time."""
    on, site = at.date(), look.office.own_site
    found = look.lasting(("duties", site, on), lambda: duties_in_force(look, (on, on), site))
    return found if person_id is None else of_person(found, person_id)


def served_duty(look: Look, duties: Sequence[DutyView], person_id: str, at: datetime) -> DutyView | None:
    """The duty that a sign-in at this local time would serve; None makes it a 临时值班."""
    row = AttendanceFact(
        id="", site=look.office.own_site, person_id=person_id, on=at.date(), in_at=at, out_at=None
    )
    match = match_attendance(index_duties(duty.fact() for duty in duties), [row], look.pack.rule_settings)
    return next((duty for duty in duties if duty.id in match.served), None)


def _open_punches(
    look: Look, person_id: str | None, now: datetime, linked: Mapping[str, str]
) -> Iterable[Any]:
    """Id, site, person, date and instant of each."""
    asked: dict[str, Any] = {"site": look.office.own_site, "since": (now - LOOK_BACK).date()}
    if person_id is not None:
        asked["people"] = same_person(look, person_id, linked)
    return bare_rows(look.session, _open_statement(person_id is not None), asked).all()


@cache
def _open_statement(of_person: bool) -> Select[Any]:
    """Made once, for a sign-in waits for it."""
    punch, closing = bare_columns(Punch), Punch.__table__.alias().c
    found = select(punch.id, punch.site, punch.person_id, punch.on, punch.at).where(
        punch.site == bindparam("site"),
        punch.direction == IN,
        punch.on >= bindparam("since"),
        ~exists().where(closing.pair_id == punch.id, closing.direction == OUT),
    )
    if of_person:
        found = found.where(is_among(punch.person_id, "people"))
    return found.order_by(punch.at, punch.id)


def _explained(look: Look, ids: list[str]) -> set[str]:
    """Those for which a leaving time was claimed and not refused."""
    asked = look.session.scalars(
        select(Correction).where(Correction.punch_id.in_(ids), Correction.direction == OUT)
    ).all()
    ruled = rulings(look, "correction", (row.id for row in asked))
    return {row.punch_id for row in asked if row.id not in ruled or ruled[row.id].is_approved}


def _is_frozen(look: Look, row: Any, now: datetime) -> bool:
    """A month that is over may be closed; this month's rows are judged when something is added to them."""
    return row.on not in Month.of(now.date()) and bool(frozen_state(look, row.site, Month.of(row.on)))


def _shift(look: Look, row: Any, person_id: str, now: datetime) -> OpenShift:
    at = local(row.at)
    duty = served_duty(look, duties_today(look, at, person_id), person_id, at)
    until = duty.ends_at + LATEST_SIGN_OUT if duty else at + LONGEST_SHIFT
    return OpenShift(row.id, person_id, at, duty, at.date() == now.date() or now <= until)
