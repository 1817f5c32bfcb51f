"""Shows a site's month of attendance: each published duty with what served it, and what served none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.clock import local
from app.dates import duration_text, time_text
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Correction, Duty, Punch
from app.models.travelling import understood
from app.rules.duty.lateness import earliness, lateness
from app.rules.duty.matching import Attended, index_duties, match_attendance
from app.rules.policy.duty_rates import RuleSettings
from app.services.attendance.attendance_state import AttendanceState, attendance_state, unscheduled_state
from app.services.attendance.freeze import SUBMITTED, frozen_state
from app.services.reading.attendance import GRADES, AttendanceRow, attendance_rows
from app.services.reading.delivery import Delivery, deliveries, furthest_behind
from app.services.reading.duties import DutyView, duties_in_force
from app.services.reading.names import names_of, site_names
from app.services.reading.rulings import rulings
from app.services.reading.sent_back import opened_again
from app.values import Month, Origin

ORIGINS = {Origin.kiosk.value: "签到台", Origin.imported.value: "表格导入", Origin.paper.value: "纸质登记"}
GRADE_WORDS = {"": "无", "green": "可信", "grey": "重启过", "amber": "存疑", "red": "被改动"}


@dataclass(frozen=True)
class AttendanceMonth:
    """Attendance of a month at one site; site "" is the office's own."""

    month: Month
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class DutyAttendance:
    """One line of the month: a published duty, or a sign-in without one (duty_id "").

    starts_at, ends_at: of the duty, naive local, None without one. late, early: whole seconds. waiting: corrections nobody decided yet. row_ids: the attendance rows behind it. part_ids: ids of the
    duty, punches and corrections it is made of. delivery: how far those have got to the bureau, the month's list only.
    is_opened: the bureau sent it back by itself, so that it may be corrected although the month is reported.
    """

    id: str
    duty_id: str
    on: date
    site: str
    person_id: str
    name: str
    kind: str
    hours: str
    state: AttendanceState
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    in_at: datetime | None = None
    out_at: datetime | None = None
    late: int = 0
    early: int = 0
    grade: str = ""
    grade_reason: str = ""
    origin: str = ""
    confirmed_by: str = ""
    reason: str = ""
    is_corrected: bool = False
    raw: str = ""
    waiting: tuple[str, ...] = ()
    row_ids: tuple[str, ...] = ()
    part_ids: tuple[str, ...] = ()
    delivery: Delivery | None = None
    is_opened: bool = False

    @property
    def in_text(self) -> str:
        """The sign-in with its seconds, "" for none."""
        return f"{self.in_at:%H:%M:%S}" if self.in_at else ""

    @property
    def out_text(self) -> str:
        """The sign-out with its seconds and, past midnight, its date."""
        if self.out_at is None:
            return ""
        return f"{self.out_at:%H:%M:%S}" if self.out_at.date() == self.on else f"{self.out_at:%m-%d %H:%M:%S}"

    @property
    def note(self) -> str:
        """迟到 12 分 34 秒，早退 5 分."""
        late = f"迟到 {duration_text(self.late)}" if self.late else ""
        early = f"早退 {duration_text(self.early)}" if self.early else ""
        return "，".join(filter(None, (late, early)))


@dataclass(frozen=True)
class MonthOfAttendance:
    """The month's lines by date and time. frozen: submitted, settled, or "" while it is open."""

    site: str
    site_name: str
    month: Month
    rows: tuple[DutyAttendance, ...]
    frozen: str

    @property
    def faults(self) -> int:
        """How many lines are not as they should be."""
        return sum(row.state.is_problem for row in self.rows)


@answers(AttendanceMonth, permission=Permission.LOOK)
def attendance_month(look: Look, query: AttendanceMonth) -> MonthOfAttendance:
    """Every published duty that stands and every sign-in that serves none."""
    site = query.site or look.office.own_site
    lines = duty_attendances(look, query.month.first_day, query.month.last_day, site)
    frozen = frozen_state(look, site, query.month)
    rows = _with_deliveries(look, lines)
    if frozen == SUBMITTED:
        rows = _with_opened(look, rows, query.month)
    return MonthOfAttendance(
        site,
        site_names(look).get(site, site),
        query.month,
        rows,
        frozen,
    )


def duty_attendances(look: Look, first: date, last: date, site: str | None) -> tuple[DutyAttendance, ...]:
    """The lines of the dates first … last, at one site or at all."""
    settings = look.pack.rule_settings
    duties = duties_in_force(look, (first, last), site)
    rows = {row.id: row for row in attendance_rows(look, first, last, site)}
    match = match_attendance(
        index_duties(d.fact() for d in duties), [r.fact() for r in rows.values()], settings
    )
    waiting, now = _waiting(look, first, last, site), local(look.now.at)
    names = names_of(look, {row.person_id for row in rows.values()})
    lines = [_line(duty, match.served.get(duty.id), rows, now, settings) for duty in duties]
    lines += [_unscheduled(rows[fact.id], names) for fact in match.unscheduled]
    lines = [_with_waiting(line, waiting) for line in lines]
    return tuple(sorted(lines, key=lambda line: (line.on, line.site, line.hours, line.name, line.id)))


def _line(
    duty: DutyView,
    attended: Attended | None,
    rows: dict[str, AttendanceRow],
    now: datetime,
    settings: RuleSettings,
) -> DutyAttendance:
    own = [rows[fact.id] for fact in attended.rows] if attended else []
    late = lateness(duty.fact(), attended, settings) if attended else timedelta()
    early = earliness(duty.fact(), attended, settings) if attended else timedelta()
    worst = max(own, key=lambda row: GRADES.index(row.clock_grade), default=None)
    return DutyAttendance(
        id=duty.id,
        duty_id=duty.id,
        on=duty.on,
        site=duty.site,
        person_id=duty.person_id,
        name=duty.name,
        kind=duty.kind.value,
        hours=duty.hours,
        state=attendance_state(duty, attended, now, settings),
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        in_at=attended.in_at if attended else None,
        out_at=_last_out(attended),
        late=int(late.total_seconds()),
        early=int(early.total_seconds()),
        grade=worst.clock_grade if worst else "",
        grade_reason=worst.clock_reason if worst else "",
        origin="、".join(dict.fromkeys(ORIGINS.get(row.origin, row.origin) for row in own)),
        confirmed_by="、".join(dict.fromkeys(row.confirmed_by for row in own if row.confirmed_by)),
        reason="；".join(dict.fromkeys(row.reason for row in own if row.reason)),
        is_corrected=any(row.is_corrected for row in own),
        raw=_raw_text(own),
        row_ids=tuple(row.id for row in own),
        part_ids=(duty.id, *_parts(own)),
    )


def _last_out(attended: Attended | None) -> datetime | None:
    if attended is None:
        return None
    if attended.is_clock_wrong:
        return max((row.out_at for row in attended.rows if row.out_at), default=None)
    return attended.out_at


def _unscheduled(row: AttendanceRow, names: dict[str, str]) -> DutyAttendance:
    start = row.in_at or row.out_at
    return DutyAttendance(
        id=row.id,
        duty_id="",
        on=row.on,
        site=row.site,
        person_id=row.person_id,
        name=names[row.person_id],
        kind="临时值班",
        hours=time_text(start) if start else "",
        state=unscheduled_state(row.in_at, row.is_unscheduled_approved),
        in_at=row.in_at,
        out_at=row.out_at,
        late=0,
        early=0,
        grade=row.clock_grade,
        grade_reason=row.clock_reason,
        origin=ORIGINS.get(row.origin, row.origin),
        confirmed_by=row.confirmed_by,
        reason=row.reason,
        is_corrected=row.is_corrected,
        raw=_raw_text([row]),
        row_ids=(row.id,),
        part_ids=_parts([row]),
    )


def _parts(rows: list[AttendanceRow]) -> tuple[str, ...]:
    named = ((row.in_id, row.out_id, row.in_correction, row.out_correction) for row in rows)
    return tuple(one for ids in named for one in ids if one)


def _with_deliveries(look: Look, lines: tuple[DutyAttendance, ...]) -> tuple[DutyAttendance, ...]:
    """Each line with how far what it is made of has got."""
    if look.office.is_bureau:
        return lines
    tables = (Duty.__tablename__, Punch.__tablename__, Correction.__tablename__)
    found = deliveries(look, ((table, one) for line in lines for one in line.part_ids for table in tables))
    by_id = {row_id: one for (_, row_id), one in found.items()}
    return tuple(
        replace(line, delivery=furthest_behind(by_id[one] for one in line.part_ids if one in by_id))
        for line in lines
    )


def _with_opened(look: Look, lines: tuple[DutyAttendance, ...], month: Month) -> tuple[DutyAttendance, ...]:
    """Each line of a reported month with whether the bureau sent it back by itself."""
    opened = opened_again(look, (Duty.__tablename__, Punch.__tablename__), month)
    return tuple(replace(line, is_opened=not opened.isdisjoint(line.part_ids)) for line in lines)


def _raw_text(rows: list[AttendanceRow]) -> str:
    """What was punched where a correction or the clock of the boot changed it, so that the original stays in sight (P12)."""
    told = []
    for row in rows:
        if row.in_correction:
            told.append(f"原签到 {row.raw_in_at:%H:%M:%S}" if row.raw_in_at else "原无签到")
        if row.is_measured and row.out_at:
            told.append(f"签退时电脑显示 {row.out_at:%H:%M:%S}，早于签到，按开机后的计时更正")
        if row.out_correction:
            told.append(f"原签退 {row.raw_out_at:%H:%M:%S}" if row.raw_out_at else "原无签退")
    return "，".join(told)


def _waiting(look: Look, first: date, last: date, site: str | None) -> list[Correction]:
    query = select(Correction).where(Correction.on.between(first, last)).order_by(Correction.at)
    asked = understood(look.session.scalars(query if site is None else query.where(Correction.site == site)))
    ruled = rulings(look, "correction", (row.id for row in asked))
    return [row for row in asked if row.id not in ruled]


def _with_waiting(line: DutyAttendance, waiting: list[Correction]) -> DutyAttendance:
    own = [row for row in waiting if row.punch_id in line.row_ids and row.punch_id]
    own += [
        row
        for row in waiting
        if not row.punch_id
        and line.duty_id
        and (row.on, row.site, row.person_id) == (line.on, line.site, line.person_id)
    ]
    if not own:
        return line
    words = {"in": "补签到", "out": "补签退"}
    told = tuple(f"{words[row.direction]} {local(row.at):%H:%M:%S} 待审定：{row.reason or ''}" for row in own)
    return replace(line, waiting=told)
