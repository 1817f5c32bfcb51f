"""Lets a person explain a forgotten sign-out at the kiosk; it is recorded as a correction and never decided here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.errors import Problem, Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.attendance.ask_correction import AskCorrection, enter_correction
from app.services.kiosk.pins import Proof, prove, refuse_unproved
from app.services.kiosk.shifts import open_shifts
from app.services.reading.attendance import OUT
from app.text import clean


@dataclass(frozen=True)
class ExplainLeaving:
    """When the person left an open shift, naive local, and why it was not signed out."""

    person_id: str
    pin: str
    punch_id: str
    left_at: datetime
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        if not clean(self.reason):
            yield Problem("reason", "请说明当时没有签退的原因。", "E616")


@dataclass(frozen=True)
class RecordLeaving:
    """The explanation of somebody whose PIN was proved."""

    proof: Proof
    punch_id: str
    left_at: datetime
    reason: str


@performs(ExplainLeaving, title="说明离开时间", permission=Permission.KIOSK)
def explain_leaving(task: Task, request: ExplainLeaving) -> str:
    """The correction's id. Raises Refused E603, E604, E609, E614, E617 and those of a correction."""
    proof = prove(task, request.person_id, request.pin)
    asked: str = task.do(RecordLeaving(proof, request.punch_id, request.left_at, request.reason))
    return asked


@handles(RecordLeaving, title="说明离开时间", permission=Permission.KIOSK)
def record_leaving(work: Work, command: RecordLeaving) -> str:
    """The correction's id. Raises Refused E617 for a shift that is not the person's own open one."""
    refuse_unproved(work, command.proof)
    shift = next(
        (s for s in open_shifts(work, command.proof.person_id) if s.punch_id == command.punch_id), None
    )
    if shift is None:
        raise Refused("E617", "这次值班已经签退或已说明过，不用再填。")
    wanted = AskCorrection(
        work.office.own_site, shift.person_id, OUT, command.left_at, command.reason, shift.punch_id
    )
    return enter_correction(work, wanted, f"person:{shift.person_id}")
