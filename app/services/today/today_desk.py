"""Answers what the day begins with: what waits, who sits duty, who came, how the year stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.attendance.attendance_month import DutyAttendance, duty_attendances
from app.services.attendance.attendance_state import AttendanceState
from app.services.consultations.register import RegisterRow, register_rows
from app.services.money.month_pay import month_pay
from app.services.reading.duties import duties_in_force
from app.services.reading.names import people_of
from app.services.reading.roster import short_site_names
from app.services.reading.voids import not_voided
from app.services.targets.progress import UnitProgress, progress
from app.services.today.due import ReportDue, report_due
from app.services.today.urgent import urgent
from app.services.today.urgent_kinds import Urgent
from app.values import Month, Period, yuan_text

MOST_RECORDS = 50


@dataclass(frozen=True)
class TodayDesk:
    """The office's day, as its clock has it."""


@dataclass(frozen=True)
class DayNote:
    """Who sits duty here today, in one line."""


@dataclass(frozen=True, kw_only=True)
class TodayDuty:
    """One duty of today with where it stands; times are naive local. place: "" at an office of one site."""

    id: str
    person_id: str
    person: str
    about: str
    place: str
    hours: str
    in_at: datetime | None
    out_at: datetime | None
    records: int
    state: AttendanceState


@dataclass(frozen=True)
class DutyCount:
    """Duties of the month: those whose day has come, all that are rostered, and the share of the month gone by."""

    done: int
    rostered: int
    pace: float


@dataclass(frozen=True)
class PayEstimate:
    """What the month pays as it stands, 分, and how it comes about."""

    total_fen: int
    words: str


@dataclass(frozen=True, kw_only=True)
class TodayView:
    """Everything 今日 shows. satisfaction_target in percent; pay None where the pack sets no rates."""

    on: date
    urgent: tuple[Urgent, ...]
    duties: tuple[TodayDuty, ...]
    records: tuple[RegisterRow, ...]
    year: UnitProgress | None
    satisfaction_target: int | None
    month: DutyCount
    due: ReportDue
    pay: PayEstimate | None


@answers(TodayDesk, permission=Permission.LOOK)
def today_desk(look: Look, query: TodayDesk) -> TodayView:
    """The day at a glance."""
    on = local_date(look.now.at)
    due = report_due(look)
    found = progress(look, Period.parse(f"{on:%Y-%m}"))
    rows = look.session.scalars(_records(on).order_by(Consultation.at.desc(), Consultation.id.desc()))
    records = register_rows(look, list(rows))
    return TodayView(
        on=on,
        urgent=urgent(look, due),
        duties=_duties(look, on, records),
        records=records[:MOST_RECORDS],
        year=found.total if found.units else None,
        satisfaction_target=found.satisfaction_target,
        month=_month(look, on),
        due=due,
        pay=_pay(look, on),
    )


@answers(DayNote, permission=Permission.LOOK)
def day_note(look: Look, query: DayNote) -> str:
    """Who sits duty here today, for the bar at the top: 今日值班 卫明律师 09:00-13:00."""
    today = local_date(look.now.at)
    duties = duties_in_force(look, (today, today), look.office.own_site)
    return "今日值班 " + "，".join(f"{duty.name} {duty.hours}" for duty in duties) if duties else "今日无值班"


def _records(on: date) -> Select[tuple[Consultation]]:
    return select(Consultation).where(Consultation.on == on, not_voided(Consultation))


def _duties(look: Look, on: date, records: tuple[RegisterRow, ...]) -> tuple[TodayDuty, ...]:
    lines = duty_attendances(look, on, on, None)
    people = people_of(look, {line.person_id for line in lines})
    sites = short_site_names(look) if look.office.is_bureau else {}
    own = [line for line in lines if look.office.is_bureau or line.site == look.office.own_site]
    about = {one: " · ".join(filter(None, (row.kind, row.organisation))) for one, row in people.items()}
    return tuple(
        TodayDuty(
            id=line.id,
            person_id=line.person_id,
            person=line.name,
            about=about.get(line.person_id, ""),
            place=sites.get(line.site, ""),
            hours=line.hours,
            in_at=line.in_at,
            out_at=line.out_at,
            records=_count(line, lines, records),
            state=line.state,
        )
        for line in own
    )


def _count(line: DutyAttendance, lines: tuple[DutyAttendance, ...], records: tuple[RegisterRow, ...]) -> int:
    """The person's records of the day at the site; shown at the first of several duties."""
    same = [one for one in lines if (one.person_id, one.site) == (line.person_id, line.site)]
    if same[0] is not line:
        return 0
    return sum((row.person_id, row.site) == (line.person_id, line.site) for row in records)


def _month(look: Look, on: date) -> DutyCount:
    month = Month.of(on)
    site = None if look.office.is_bureau else look.office.own_site
    duties = duties_in_force(look, month, site)
    return DutyCount(sum(duty.on <= on for duty in duties), len(duties), on.day / month.last_day.day)


def _pay(look: Look, on: date) -> PayEstimate | None:
    if look.pack.rates is None:
        return None
    lines = month_pay(look, Month.of(on)).lines
    paying = [line for line in lines if line.base_fen]
    base, net = sum(line.base_fen for line in paying), sum(line.net_fen for line in lines)
    words = f"{len(paying)} 次值班 {yuan_text(base)}"
    return PayEstimate(net, words + (f" − 扣减 {yuan_text(base - net)}" if base > net else ""))
