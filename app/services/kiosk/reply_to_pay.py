"""Lets a person confirm or dispute a month's pay at the kiosk with the PIN (Y18, Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.kiosk.pins import Proof, prove, refuse_unproved
from app.services.money.enter_reply import EnterReply, reply_problems, store_reply
from app.services.money.replies import BY_PIN


@dataclass(frozen=True)
class ReplyToPay:
    """The person's own word on a month (2022-05); keys: the disputed duties, none for the whole month."""

    person_id: str
    pin: str
    month: str
    is_dispute: bool
    reason: str = ""
    keys: tuple[str, ...] = ()

    def problems(self) -> Iterable[Problem]:
        """A reason for a dispute."""
        yield from reply_problems(self.is_dispute, self.reason)


@dataclass(frozen=True)
class RecordReply:
    """The word of somebody whose PIN was proved."""

    proof: Proof
    month: str
    is_dispute: bool
    reason: str
    keys: tuple[str, ...]


@performs(ReplyToPay, title="本人答复补贴明细", permission=Permission.KIOSK)
def reply_to_pay(task: Task, request: ReplyToPay) -> str:
    """The word's id. Raises Refused E603, E604, E609, E614 and those of enter_reply."""
    proof = prove(task, request.person_id, request.pin)
    said: str = task.do(RecordReply(proof, request.month, request.is_dispute, request.reason, request.keys))
    return said


@handles(RecordReply, title="本人答复补贴明细", permission=Permission.KIOSK)
def record_reply(work: Work, command: RecordReply) -> str:
    """The word's id. Raises Refused E609 and those of enter_reply."""
    refuse_unproved(work, command.proof)
    person = command.proof.person_id
    wanted = EnterReply(command.month, person, command.is_dispute, command.reason, command.keys)
    return store_reply(work, wanted, f"{BY_PIN}{person}")
