"""The kiosk's first screen: today's scheduled people and those still signed in, each with the state of the duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.duties import KioskCredential
from app.rules.duty.matching import index_duties, match_attendance
from app.services.kiosk.shifts import OpenShift, duties_today, open_shifts
from app.services.reading.attendance import AttendanceRow, attendance_rows
from app.services.reading.duties import DutyView
from app.services.reading.names import UNKNOWN, people_of, site_names

SOON = timedelta(minutes=120)


@dataclass(frozen=True)
class KioskBoard:
    """What the kiosk shows when nobody stands before it."""


class TileState(Enum):
    """How somebody stands before the kiosk: signed in, signed out, or what is still to come or lacking."""

    on_duty = "on_duty"
    signed_out = "signed_out"
    later = "later"
    awaited = "awaited"
    no_sign_out = "no_sign_out"
    no_sign_in = "no_sign_in"


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A person on duty today, or signed in. hours: of the duties, "" for none (临时值班). is_in: the next act is 签退.

    at: naive local; when the person signed in or out, or when a duty begins that is still far off.
    """

    person_id: str
    name: str
    kind: str
    hours: str
    state: TileState
    at: datetime | None
    is_in: bool
    has_pin: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    """open_shifts: sign-ins of earlier days that nobody signed out (E602 when the person comes next)."""

    site: str
    site_name: str
    on: date
    now: datetime
    tiles: tuple[Tile, ...]
    open_shifts: tuple[OpenShift, ...]
    supervision_phone: str
    panel_seconds: int
    asks_rating: bool


@answers(KioskBoard, permission=Permission.KIOSK)
def kiosk_board(look: Look, query: KioskBoard) -> Board:
    """Tiles by the start of the duty; people signed in without one after them."""
    now = local(look.now.at)
    duties = duties_today(look, now)
    shifts = open_shifts(look)
    return Board(
        site=look.office.own_site,
        site_name=site_names(look)[look.office.own_site],
        on=now.date(),
        now=now,
        tiles=tuple(_tiles(look, duties, shifts, now)),
        open_shifts=tuple(shift for shift in shifts if not shift.is_running),
        supervision_phone=str(setting_value(look, "supervision_phone")),
        panel_seconds=int(setting_value(look, "kiosk_panel_seconds")),
        asks_rating=bool(setting_value(look, "kiosk_rating")),
    )


def _tiles(
    look: Look, duties: Iterable[DutyView], shifts: tuple[OpenShift, ...], now: datetime
) -> Iterable[Tile]:
    rows = attendance_rows(look, now.date(), now.date(), look.office.own_site)
    running = {shift.person_id: shift for shift in shifts if shift.is_running}
    by_person: dict[str, list[DutyView]] = {}
    for duty in duties:
        by_person.setdefault(duty.person_id, []).append(duty)
    people = people_of(look, {*by_person, *running, *(row.person_id for row in rows)})
    with_pin = {one for one in people if look.session.get(KioskCredential, one) is not None}
    extra = [
        one for one in dict.fromkeys((*running, *(row.person_id for row in rows))) if one not in by_person
    ]
    for person_id in (*by_person, *extra):
        own = by_person.get(person_id, [])
        state, at = _state(
            look, own, [r for r in rows if r.person_id == person_id], running.get(person_id), now
        )
        person = people.get(person_id)
        yield Tile(
            person_id=person_id,
            name=(person.name if person else None) or UNKNOWN,
            kind=person.kind if person else "",
            hours=_hours(own, running.get(person_id)),
            state=state,
            at=at,
            is_in=person_id in running,
            has_pin=person_id in with_pin,
        )


def _hours(duties: list[DutyView], shift: OpenShift | None) -> str:
    if duties:
        return "；".join(duty.hours for duty in duties)
    return shift.duty.hours if shift and shift.duty else ""


def _state(
    look: Look, duties: list[DutyView], rows: list[AttendanceRow], shift: OpenShift | None, now: datetime
) -> tuple[TileState, datetime | None]:
    if shift is not None:
        return TileState.on_duty, shift.in_at
    settings = look.pack.rule_settings
    match = match_attendance(index_duties(d.fact() for d in duties), [r.fact() for r in rows], settings)
    ahead = [duty for duty in duties if duty.id not in match.served and now <= duty.ends_at + settings.grace]
    if ahead:
        is_far = ahead[0].starts_at - now > SOON
        return (TileState.later, ahead[0].starts_at) if is_far else (TileState.awaited, None)
    outs = [row.out_at for row in rows if row.out_at]
    if outs:
        return TileState.signed_out, max(outs)
    return (TileState.no_sign_out if rows else TileState.no_sign_in), None
