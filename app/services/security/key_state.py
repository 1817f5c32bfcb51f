"""Tells whether the database key waits to be changed, and what is in the way."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look


@dataclass(frozen=True)
class KeyChange:
    """Whether a change of the database key is due."""


@dataclass(frozen=True)
class KeyChangeState:
    """is_due: it waits. words: why it is wanted, what is in the way and what to do; "" when nothing is due."""

    is_due: bool
    words: str


@answers(KeyChange, permission=Permission.LOOK)
def key_change(look: Look, query: KeyChange) -> KeyChangeState:
    """As the slots file has it now. Raises Refused E907 for a damaged one."""
    slots = look.safe.slots
    if not slots.is_due:
        return KeyChangeState(False, "")
    failed = f"上次没有换成：{slots.fault.rstrip('。')}。" if slots.fault else ""
    return KeyChangeState(
        True, f"等待更换：有账号停用、密码重设或恢复码更换。{failed}关掉所有窗口和签到台后自动更换。"
    )
