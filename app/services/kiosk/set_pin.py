"""Gives a person a PIN for this kiosk, changes it, and lifts a lock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import KioskCredential
from app.services.kiosk.pins import Proof, hashed, prove, refuse_inactive, refuse_unproved

SHORTEST, LONGEST = 4, 6
RUNS = "01234567890", "09876543210"


@dataclass(frozen=True)
class SetPin:
    """A PIN chosen at the desk for a person; lifts a lock as well."""

    person_id: str
    pin: str

    def problems(self) -> Iterable[Problem]:
        """Four to six digits that are no run and not all alike."""
        yield from pin_problems(self.pin)


@dataclass(frozen=True)
class ChangePin:
    """A person's own new PIN, given with the old one at the kiosk."""

    person_id: str
    pin: str
    new_pin: str

    def problems(self) -> Iterable[Problem]:
        """As for a first PIN."""
        yield from pin_problems(self.new_pin, "new_pin")


@dataclass(frozen=True)
class ReplacePin:
    """A new PIN for a person who proved the old one."""

    proof: Proof
    pin_hash: str


@dataclass(frozen=True)
class UnlockPin:
    """The person may try again at once."""

    person_id: str


def pin_problems(pin: str, field: str = "pin") -> Iterable[Problem]:
    """Why a new PIN is refused."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        yield Problem(field, f"签到密码请用 {SHORTEST} 至 {LONGEST} 位数字。", "E610")
    elif len(set(pin)) == 1 or any(pin in run for run in RUNS):
        yield Problem(field, "签到密码太简单：不要用相同或连续的数字。", "E611")


@handles(SetPin, title="设置签到密码", permission=Permission.MANAGE_PEOPLE)
def set_pin(work: Work, command: SetPin) -> None:
    """Raises Refused E614 for somebody who is not in the pool."""
    refuse_inactive(work, command.person_id)
    row = work.session.get(KioskCredential, command.person_id)
    if row is None:
        row = KioskCredential(person_id=command.person_id)
        work.session.add(row)
    _put(row, hashed(command.pin), work)


@performs(ChangePin, title="本人更改签到密码", permission=Permission.KIOSK)
def change_pin(task: Task, request: ChangePin) -> None:
    """Raises Refused E603, E604, E609, E614."""
    proof = prove(task, request.person_id, request.pin)
    task.do(ReplacePin(proof, hashed(request.new_pin)))


@handles(ReplacePin, title="本人更改签到密码", permission=Permission.KIOSK)
def replace_pin(work: Work, command: ReplacePin) -> None:
    """Raises Refused E609 when the old PIN no longer stands."""
    refuse_unproved(work, command.proof)
    row = work.session.get(KioskCredential, command.proof.person_id)
    assert row is not None
    _put(row, command.pin_hash, work)


@handles(UnlockPin, title="解除签到锁定", permission=Permission.MANAGE_PEOPLE)
def unlock_pin(work: Work, command: UnlockPin) -> None:
    """Raises Refused E612 where the person has no PIN here."""
    row = work.session.get(KioskCredential, command.person_id)
    if row is None:
        raise Refused("E612", "该人员在本签到台还没有设置签到密码，请先设置。")
    row.failures, row.locked_until = 0, None
    work.subjects.append(command.person_id)


def _put(row: KioskCredential, pin_hash: str, work: Work) -> None:
    row.pin_hash, row.failures, row.locked_until, row.changed_at = pin_hash, 0, None, work.now.at
    work.subjects.append(row.person_id)
