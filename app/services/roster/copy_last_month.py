"""Drafts a month after the month before; a seat that a hard rule forbids stays empty, with the reason (P14)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.rules.duty.duty_view import DutyView
from app.rules.roster.pattern import Seat, seats
from app.services.reading.calendar import work_calendar
from app.services.reading.roster import planned_duties
from app.services.roster.entry import new_draft
from app.services.roster.free_people import SeatJudge
from app.services.roster.rights import need_roster_site
from app.values import Month, SiteKind


@dataclass(frozen=True)
class CopyLastMonth:
    """The month to draft, at a site given by code, full name or town."""

    site: str
    month: Month


@dataclass(frozen=True)
class EmptySeat:
    """A seat left empty: the day, whom the pattern would have put there, the hours and why not."""

    on: date
    name: str
    hours: str
    reason: str


@dataclass(frozen=True)
class Copied:
    """The drafts made, the seats that were already filled, and those left empty."""

    made: tuple[str, ...]
    kept: int
    empty: tuple[EmptySeat, ...]


@handles(CopyLastMonth, title="复制上月排班", permission=Permission.DRAFT_ROSTER)
def copy_last_month(work: Work, command: CopyLastMonth) -> Copied:
    """What was drafted. Raises Refused E401, E400 when the month before has no duty; done twice it adds nothing."""
    site = need_roster_site(work, command.site)
    source = command.month.previous()
    models = [d for d in planned_duties(work, (source.first_day, source.last_day)) if d.site == site.id]
    if not models:
        raise Refused("E400", f"{site.name} {source.month} 月没有排班，无从复制。请逐日排班或导入排班表。")
    is_daily = site.kind != SiteKind.station.value and work.pack.roster.centre_every_workday
    wanted = seats(models, source, command.month, work_calendar(work), is_daily=is_daily)
    return _fill(work, site.id, command.month, wanted)


def _fill(work: Work, site: str, month: Month, wanted: tuple[Seat, ...]) -> Copied:
    planned = list(planned_duties(work, (month.first_day, month.last_day)))
    taken = Counter((duty.on, duty.kind) for duty in planned if duty.site == site)
    judge = SeatJudge(work, month, planned)
    made: list[str] = []
    empty: list[EmptySeat] = []
    kept = 0
    for seat in wanted:
        reason = seat.reason
        if not reason and taken[seat.on, seat.model.kind]:
            taken[seat.on, seat.model.kind] -= 1
            kept += 1
            continue
        reason = reason or judge.against(seat.model.person_id, seat.on, seat.model.ranges)
        if reason:
            empty.append(EmptySeat(seat.on, seat.model.name, seat.model.hours, reason))
            continue
        made.append(_draft(work, site, seat))
        judge.seat(replace(seat.model, id=made[-1], on=seat.on, site=site, version=None))
    return Copied(tuple(made), kept, tuple(empty))


def _draft(work: Work, site: str, seat: Seat) -> str:
    model: DutyView = seat.model
    row = work.add(new_draft(site, seat.on, model.kind, model.person_id, model.ranges, model.note))
    return str(row.id)
