"""Finds the keys of an office by a password or by the recovery code; every attempt goes on file."""

from __future__ import annotations

from app.clock import Clock
from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.logins import LoginAttempt, LoginFile, lock_ends, tries_left
from app.kernel.slots import KeySlots
from app.paths import DataDir


def verify_password(data: DataDir, name: str, password: str, clock: Clock) -> tuple[bytes, ...]:
    """The keys of the account's slot, if the password is right; every attempt goes on file, one at a time.

    Raises Refused E002, E003, E017.
    """
    slots, logins = KeySlots(data.keys), LoginFile(data.logins)
    with logins.one_guess(clock.now()):
        now = clock.now()
        known = name if slots.has(key_slots.ACCOUNT, name) else ""
        logins.refuse_if_locked(known, now)
        keys = slots.keys(key_slots.ACCOUNT, name, password) if password else ()
        logins.append(LoginAttempt.made(now, known, "done" if keys else "failed"))
        if not keys:
            left = tries_left([a for a in logins.attempts() if a.name == known])
            until = lock_ends(logins.seconds_locked(known, now), now)
            more = f"还可试 {left} 次。" if left else f"账号已锁定到 {until}，到时再试。"
            raise Refused("E002", f"用户名或密码错误，请核对大小写后重试，{more}")
    return keys


def keys_of_code(data: DataDir, code: str, clock: Clock) -> tuple[bytes, ...]:
    """The keys of the recovery code's slot. Raises Refused E003, E007."""
    logins = LoginFile(data.logins)
    with logins.one_guess(clock.now()):
        now = clock.now()
        logins.refuse_if_locked("recovery", now)
        keys = KeySlots(data.keys).keys(key_slots.RECOVERY, "", key_slots.normal_recovery_code(code))
        logins.append(LoginAttempt.made(now, "recovery", "done" if keys else "failed"))
    if not keys:
        raise Refused("E007", "恢复码不正确，请对照打印件逐组核对。")
    return keys
