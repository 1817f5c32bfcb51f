"""Signs a person out at the kiosk: its own act, never what a second tap on 签到 turns into (P5)."""

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
from app.rules.duty.lateness import early_by
from app.services.attendance.freeze import refuse_if_frozen
from app.services.kiosk.clock_trust import trust
from app.services.kiosk.pins import Proof, prove, refuse_unproved
from app.services.kiosk.punch_result import PunchResult, result_of
from app.services.kiosk.shifts import OpenShift, duties_today, open_shifts, served_duty
from app.services.kiosk.stamp import is_same_tap, last_punch, tap_instant
from app.services.reading.attendance import IN, OUT
from app.services.reading.duties import DutyView
from app.services.reading.names import names_of
from app.services.reading.people import same_person
from app.values import Origin


@dataclass(frozen=True)
class SignOut:
    """签退 of the shift that runs. tapped_at: the instant of the tap."""

    person_id: str
    pin: str
    tapped_at: Instant | None = None


@dataclass(frozen=True)
class RecordSignOut:
    """A sign-out of somebody whose PIN was proved."""

    proof: Proof
    tapped_at: Instant | None


@performs(SignOut, title="签退", permission=Permission.KIOSK)
def sign_out(task: Task, request: SignOut) -> PunchResult:
    """What was recorded. Raises Refused E602 … E604, E607 … E609, E614, E110, E111."""
    with task.look() as look:
        tapped = request.tapped_at or look.now
    proof = prove(task, request.person_id, request.pin)
    result: PunchResult = task.do(RecordSignOut(proof, tapped))
    return result


@handles(RecordSignOut, title="签退", permission=Permission.KIOSK)
def record_sign_out(work: Work, command: RecordSignOut) -> PunchResult:
    """The punch, or the one just made for a double tap. Raises Refused E602, E607 … E609, E110, E111."""
    refuse_unproved(work, command.proof)
    person_id, stamp = command.proof.person_id, tap_instant(work, command.tapped_at)
    name = names_of(work, [person_id])[person_id]
    ids = same_person(work, person_id)
    last_out, last_in = last_punch(work, ids, OUT), last_punch(work, ids, IN)
    if last_out is not None and is_same_tap(work, stamp, last_out):
        return _again(work, last_out, name)
    if last_in is not None and is_same_tap(work, stamp, last_in):
        raise Refused(
            "E608", f"您刚刚于 {time_text(local(last_in.at))} 签到，不能马上签退。确要离开请稍候几秒再按。"
        )
    shifts = open_shifts(work, person_id)
    running = [shift for shift in shifts if shift.is_running]
    if not running:
        raise _nothing_open(shifts, last_out, stamp)
    shift = running[-1]
    return _close(work, person_id, name, shift, stamp, tuple(one for one in shifts if one is not shift))


def _close(
    work: Work, person_id: str, name: str, shift: OpenShift, stamp: Instant, others: tuple[OpenShift, ...]
) -> PunchResult:
    opened = work.session.get(Punch, shift.punch_id)
    assert opened is not None
    refuse_if_frozen(work, opened.site, opened.on)
    at, judged = local(stamp.at), trust(work, stamp, opened)
    punch = work.add(
        Punch(
            site=opened.site,
            person_id=person_id,
            direction=OUT,
            at=stamp.at,
            on=at.date(),
            pair_id=opened.id,
            origin=Origin.kiosk.value,
            mono=stamp.mono,
            boot=stamp.boot,
            grade=judged.grade,
            grade_reason=judged.reason,
        )
    )
    early = _early_seconds(work, shift.duty, at) if stamp.at >= opened.at else 0
    return result_of(punch, name, at, shift.duty, early=early, open_shifts=others)


def _again(work: Work, last: Punch, name: str) -> PunchResult:
    opened = work.session.get(Punch, last.pair_id)
    then = local(opened.at if opened else last.at)
    duty = served_duty(work, duties_today(work, then, last.person_id), last.person_id, then)
    return result_of(last, name, local(last.at), duty, is_repeat=True)


def _nothing_open(shifts: tuple[OpenShift, ...], last_out: Punch | None, stamp: Instant) -> Refused:
    if shifts:
        return Refused("E602", shifts[-1].sentence)
    if last_out is not None and local(last_out.at).date() == local(stamp.at).date():
        return Refused("E607", f"您今天已于 {time_text(local(last_out.at))} 签退。")
    return Refused("E607", "您今天还没有签到，不能签退。忘记签到的请找工作人员登记补签。")


def _early_seconds(work: Work, duty: DutyView | None, at: datetime) -> int:
    return int(early_by(duty.fact(), at, work.pack.rule_settings).total_seconds()) if duty else 0
