"""Signs a person in at the kiosk (Y05): PIN first, then the tap is recorded as it was, judged by nobody here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import Instant, local
from app.dates import time_text
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Punch
from app.rules.duty.lateness import late_by
from app.services.attendance.freeze import refuse_if_frozen
from app.services.kiosk.clock_trust import trust
from app.services.kiosk.pins import Proof, prove, refuse_unproved
from app.services.kiosk.punch_result import PunchResult, result_of
from app.services.kiosk.shifts import OpenShift, duties_today, open_shifts, served_duty
from app.services.kiosk.stamp import is_same_tap, last_punch, tap_instant
from app.services.reading.attendance import IN
from app.services.reading.duties import DutyView
from app.services.reading.names import names_of
from app.services.reading.people import same_person
from app.text import clean
from app.values import Origin


@dataclass(frozen=True)
class SignIn:
    """签到. reason: why there is no roster entry (临时值班). tapped_at: the instant of the tap."""

    person_id: str
    pin: str
    reason: str = ""
    tapped_at: Instant | None = None


@dataclass(frozen=True)
class RecordSignIn:
    """A sign-in of somebody whose PIN was proved."""

    proof: Proof
    reason: str
    tapped_at: Instant | None


@performs(SignIn, title="签到", permission=Permission.KIOSK)
def sign_in(task: Task, request: SignIn) -> PunchResult:
    """What was recorded. Raises Refused E601, E603, E604, E606, E609, E614, E110, E111."""
    tapped = request.tapped_at or _now(task)
    proof = prove(task, request.person_id, request.pin)
    result: PunchResult = task.do(RecordSignIn(proof, request.reason, tapped))
    return result


@handles(RecordSignIn, title="签到", permission=Permission.KIOSK)
def record_sign_in(work: Work, command: RecordSignIn) -> PunchResult:
    """The punch, or the one just made for a double tap. Raises Refused E601, E606, E609, E110, E111."""
    refuse_unproved(work, command.proof)
    person_id, stamp = command.proof.person_id, tap_instant(work, command.tapped_at)
    at = local(stamp.at)
    duties = duties_today(work, at, person_id)
    duty = served_duty(work, duties, person_id, at)
    name = names_of(work, [person_id])[person_id]
    last = last_punch(work, same_person(work, person_id), IN)
    shifts = open_shifts(work, person_id)
    if last is not None and is_same_tap(work, stamp, last):
        then = local(last.at)
        earlier = tuple(shift for shift in shifts if shift.punch_id != last.id)
        served = served_duty(work, duties, person_id, then)
        return result_of(last, name, then, served, is_repeat=True, open_shifts=earlier)
    _refuse_signed_in(shifts, duty, stamp)
    reason = clean(command.reason)
    if duty is None and not reason:
        raise Refused("E601", _no_duty(duties), field="reason")
    refuse_if_frozen(work, work.office.own_site, at.date())
    judged = trust(work, stamp)
    punch = work.add(
        Punch(
            site=work.office.own_site,
            person_id=person_id,
            direction=IN,
            at=stamp.at,
            on=at.date(),
            origin=Origin.kiosk.value,
            reason=reason or None,
            mono=stamp.mono,
            boot=stamp.boot,
            grade=judged.grade,
            grade_reason=judged.reason,
        )
    )
    is_first = last is None or served_duty(work, duties, person_id, local(last.at)) != duty
    late = _late_seconds(work, duty, at) if is_first else 0
    return result_of(punch, name, at, duty, late=late, open_shifts=shifts)


def _late_seconds(work: Work, duty: DutyView | None, at: datetime) -> int:
    return int(late_by(duty.fact(), at, work.pack.rule_settings).total_seconds()) if duty else 0


def _refuse_signed_in(shifts: tuple[OpenShift, ...], duty: DutyView | None, stamp: Instant) -> None:
    """Signed in already; a new duty after the one that is over may begin, and leaves the old one open (P3)."""
    for shift in shifts:
        begins_next = (
            shift.duty is not None
            and duty is not None
            and shift.duty.id != duty.id
            and local(stamp.at) >= shift.duty.ends_at
        )
        if shift.is_running and not begins_next:
            raise Refused("E606", f"您已于 {time_text(shift.in_at)} 签到，现在在岗。下班时请按“签退”。")


def _no_duty(duties: tuple[DutyView, ...]) -> str:
    if not duties:
        return "今天没有您的班次，按“临时值班”需说明"
    hours = "、".join(duty.hours.replace("-", "–") for duty in duties)
    return f"您今天的班次是 {hours}，现在不在可签到的时间内，按“临时值班”需说明"


def _now(task: Task) -> Instant:
    with task.look() as look:
        return look.now
