"""The PIN of a person at this kiosk: checked before anything is recorded, every failure counted (P6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from app.clock import local
from app.dates import until_text
from app.errors import Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look, Work
from app.models.bare_rows import bare_columns, bare_rows
from app.models.duties import KioskCredential
from app.models.organisation import Person
from app.models.records import SecurityEvent

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=12)
_CELLS = bare_columns(KioskCredential)
_CREDENTIAL = select(_CELLS.pin_hash, _CELLS.failures).where(_CELLS.person_id == bindparam("person"))
"""Made once, for a sign-in waits for it."""


@dataclass(frozen=True)
class Proof:
    """A person and the stored hash that the PIN was found to fit; void once the PIN changes."""

    person_id: str
    pin_hash: str


@dataclass(frozen=True)
class CheckPin:
    """Whether the PIN is the person's; a wrong one is counted."""

    person_id: str
    pin: str


@dataclass(frozen=True)
class CountPinFailure:
    """One more wrong PIN of a person; enough of them lock, longer each time."""

    person_id: str


@performs(CheckPin, title="核对签到密码", permission=Permission.KIOSK)
def check_pin(task: Task, request: CheckPin) -> None:
    """Raises Refused E603, E604, E609, E614."""
    prove(task, request.person_id, request.pin)


def prove(task: Task, person_id: str, pin: str) -> Proof:
    """The proof that the PIN is the person's. Raises Refused E603 (wrong), E604 (locked), E609 (none), E614.

    The hash is computed outside any transaction, so that nobody's save waits for it.
    """
    with task.look() as look:
        refuse_inactive(look, person_id)
        row = look.session.get(KioskCredential, person_id)
        if row is None:
            raise Refused("E609", "您还没有设置签到密码，请找工作人员设置。", field="pin")
        refuse_locked(row.locked_until, look.now.at)
        stored = row.pin_hash
    if not is_pin(stored, pin):
        left = task.do(CountPinFailure(person_id))
        raise Refused("E603", f"签到密码错误，{_more(task, person_id, left)}", field="pin")
    return Proof(person_id, stored)


def refuse_unproved(work: Work, proof: Proof) -> None:
    """Raises Refused E609 when the PIN was changed or taken away since; forgets earlier failures."""
    found = bare_rows(work.session, _CREDENTIAL, {"person": proof.person_id}).first()
    if found is None or found.pin_hash != proof.pin_hash:
        raise Refused("E609", "您的签到密码刚刚改过，请重新输入。", field="pin")
    if found.failures:
        row = work.session.get_one(KioskCredential, proof.person_id)
        row.failures, row.locked_until = 0, None


def refuse_locked(until: datetime | None, now: datetime) -> None:
    """Raises Refused E604 while a lock lasts."""
    if until is not None and now < until:
        raise Refused("E604", f"签到密码连续输错，{_locked_words(until, now)}", field="pin")


def _more(look_at: Task, person_id: str, left: int) -> str:
    """What follows a wrong PIN: the tries that are left, or until when there is none."""
    if left:
        return f"还可试 {left} 次"
    with look_at.look() as look:
        row = look.session.get(KioskCredential, person_id)
        until = row.locked_until if row is not None else None
        return _locked_words(until, look.now.at) if until is not None else "请重新输入"


def _locked_words(until: datetime, now: datetime) -> str:
    return f"已锁定到 {until_text(local(until), local(now))}，到时再试，或找工作人员重设签到密码。"


def refuse_inactive(look: Look, person_id: str) -> None:
    """Raises Refused E614 for somebody who is not, or no longer, in the pool."""
    person = look.session.get(Person, person_id)
    if person is None or not person.is_active:
        raise Refused("E614", "值班人员库里没有您或已停用，请找工作人员登记。")


@handles(CountPinFailure, title="签到密码输错", permission=Permission.KIOSK)
def count_pin_failure(work: Work, command: CountPinFailure) -> int:
    """How many more tries are free."""
    row = work.session.get(KioskCredential, command.person_id)
    if row is None:
        return 0
    allowed = int(setting_value(work, "kiosk_pin_attempts"))
    row.failures += 1
    if row.failures >= allowed:
        wait = min(FIRST_LOCK * 2 ** min(row.failures - allowed, 20), LONGEST_LOCK)
        row.locked_until = _whole_minute(work.now.at + wait)
    kind = "pin_locked" if row.failures >= allowed else "pin_failed"
    work.session.add(SecurityEvent(at=work.now.at, kind=kind, actor=command.person_id))
    work.subjects.append(command.person_id)
    return max(0, allowed - row.failures)


def _whole_minute(at: datetime) -> datetime:
    """The next full minute, so that the lock ends exactly when the screen says."""
    return at + (datetime.min.replace(tzinfo=at.tzinfo) - at) % timedelta(minutes=1)


def is_pin(stored: str, pin: str) -> bool:
    """Whether a typed PIN fits a stored hash; a blank one fits nothing."""
    from argon2.exceptions import VerificationError

    if not pin.strip():
        return False
    try:
        return _hasher().verify(stored, pin)
    except VerificationError:
        return False


def hashed(pin: str) -> str:
    """A PIN as it is stored: argon2id with its own salt."""
    return _hasher().hash(pin)


@cache
def _hasher() -> PasswordHasher:
    """19 MiB, two passes: the least that is recommended for argon2id, for a touch screen must answer at once."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
