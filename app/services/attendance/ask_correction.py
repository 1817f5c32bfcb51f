"""Asks for a correction (补签): a claimed time with its reason, which counts once another person approved it (P12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.clock import local, local_to_utc
from app.dates import month_day_text, time_text
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Correction, Duty, Punch
from app.models.organisation import Person
from app.rules.duty.facts import LONGEST_SHIFT
from app.services.attendance.entry_checks import refuse_future, refuse_other_attendance
from app.services.attendance.freeze import refuse_if_frozen
from app.services.reading.attendance import IN, OUT, AttendanceRow, attendance_rows
from app.services.reading.duties import duties_in_force
from app.services.reading.people import person_links
from app.services.reading.rulings import ruling_of
from app.services.reading.sent_back import Record
from app.services.returns.answer_return import answer_by_correction
from app.text import clean

WORDS = {IN: "签到", OUT: "签退"}


@dataclass(frozen=True)
class AskCorrection:
    """A sign-in (direction in) or sign-out (out) that the kiosk does not have.

    at: naive local. row_id: the attendance row it completes or corrects, "" to find the open one or stand alone.
    """

    site: str
    person_id: str
    direction: str
    at: datetime
    reason: str
    row_id: str = ""

    def problems(self) -> Iterable[Problem]:
        """A person, a direction and a reason."""
        if not self.person_id:
            yield Problem("person_id", "请选择补签的人员。", "E133")
        if self.direction not in WORDS:
            yield Problem("direction", "请选择补签到还是补签退。", "E134")
        if not clean(self.reason):
            yield Problem("reason", "请写明补签的原因，审定人要据此判断。", "E121")


@handles(AskCorrection, title="申请补签", permission=Permission.RECORD_ATTENDANCE)
def ask_correction(work: Work, command: AskCorrection) -> str:
    """The correction's id. Raises Refused E110, E111, E120, E122 … E124, E132."""
    return enter_correction(work, command, work.actor.account)


def enter_correction(work: Work, command: AskCorrection, asked_by: str) -> str:
    """Store a correction asked for by an account, or by a person at the kiosk (`person:<id>`)."""
    at = command.at.replace(microsecond=0)
    refuse_future(work, at, field="at")
    refuse_other_attendance(work, command.site)
    if work.session.get(Person, command.person_id) is None:
        raise Refused("E122", "没有找到要补签的人员或考勤记录，请刷新后重选。", field="person_id")
    target = _target(work, command, at)
    on = target.on if target else at.date()
    records = _corrected(work, command, on, target)
    refuse_if_frozen(work, command.site, on, field="at", records=records)
    if target:
        _refuse_out_of_order(command.direction, at, target)
    _refuse_repeated(work, command, on, target.id if target else "")
    row = work.add(
        Correction(
            site=command.site,
            person_id=command.person_id,
            direction=command.direction,
            at=local_to_utc(at),
            on=on,
            punch_id=target.id if target else "",
            reason=clean(command.reason),
            asked_by=asked_by,
            asked_at=work.now.at,
        )
    )
    answer_by_correction(work, records, command.reason)
    return str(row.id)


def _corrected(work: Work, command: AskCorrection, on: date, target: AttendanceRow | None) -> list[Record]:
    """The punches and the person's duties of the day that the correction is about."""
    linked = person_links(work)
    person = linked.get(command.person_id, command.person_id)
    punches = [one for one in (target.in_id, target.out_id) if one] if target else []
    duties = [one.id for one in duties_in_force(work, (on, on), command.site) if one.person_id == person]
    tables = (Punch.__tablename__, punches), (Duty.__tablename__, duties)
    return [(table, one) for table, ids in tables for one in ids]


def _target(work: Work, command: AskCorrection, at: datetime) -> AttendanceRow | None:
    """The named row, else for a sign-out the open row before it (a shift may pass midnight), else none."""
    first, last = (at.date() - timedelta(days=1), at.date())
    rows = attendance_rows(work, first, last, command.site, person_id=command.person_id)
    if command.row_id:
        return next((row for row in rows if row.id == command.row_id), None) or _far_target(work, command)
    if command.direction == OUT:
        near = [
            row
            for row in rows
            if row.is_open and row.in_at and timedelta() <= at - row.in_at <= LONGEST_SHIFT
        ]
        return max(near, key=lambda row: (row.in_at, row.id), default=None)
    near = [
        row for row in rows if row.in_at is None and row.out_at and row.out_at >= at and row.on == at.date()
    ]
    return min(near, key=lambda row: (row.out_at, row.id), default=None)


def _far_target(work: Work, command: AskCorrection) -> AttendanceRow:
    found = work.session.get(Punch, command.row_id) or work.session.get(Correction, command.row_id)
    rows = attendance_rows(work, found.on, found.on, command.site) if found is not None else ()
    linked = person_links(work)
    person = linked.get(command.person_id, command.person_id)
    for row in rows:
        if row.id == command.row_id and row.person_id == person:
            return row
    raise Refused("E122", "没有找到要补签的人员或考勤记录，请刷新后重选。", field="row_id")


def _refuse_out_of_order(direction: str, at: datetime, target: AttendanceRow) -> None:
    if direction == OUT and target.in_at and at <= target.in_at:
        raise Refused(
            "E123",
            f"签退时间要晚于 {month_day_text(target.in_at)} {time_text(target.in_at)} 的签到，请核对。",
            field="at",
        )
    if direction == IN and target.out_at and at >= target.out_at:
        raise Refused(
            "E123",
            f"签到时间要早于 {month_day_text(target.out_at)} {time_text(target.out_at)} 的签退，请核对。",
            field="at",
        )


def _refuse_repeated(work: Work, command: AskCorrection, on: date, target_id: str) -> None:
    """One undecided correction of a person, day and direction at a time."""
    asked = work.session.scalars(
        select(Correction).where(
            Correction.person_id == command.person_id,
            Correction.site == command.site,
            Correction.on == on,
            Correction.direction == command.direction,
        )
    )
    for row in asked:
        if ruling_of(work, "correction", row.id) is None and row.punch_id in ("", target_id):
            when = time_text(local(row.at))
            raise Refused(
                "E124",
                f"该人员当日已有一条待审定的补{WORDS[command.direction]}（{when}），请先审定。",
                field="at",
            )
