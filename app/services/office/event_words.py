"""Puts what the records hold into Chinese: the outcome of a command and the kinds of security events."""

from __future__ import annotations

from app.kernel.handlers import command_words
from app.kernel.work import DONE, NOTHING, TRIED

_OUTCOMES = {DONE: "完成", TRIED: "只检查", NOTHING: "没有保存"}
_EVENTS = {
    "login_failed": "登录失败", "login_locked": "锁定期间尝试登录", "refused": "越权操作被拒绝", "pin_failed": "签到密码输错",
    "pin_locked": "签到密码连续输错已锁定", "exchange": "上报包异常", "clock": "时钟异常", "backup": "备份异常",
    "logins_missing": "登录记录文件不见了", "logins_shorter": "登录记录文件被删短", "logins_new": "登录记录文件是新的（恢复备份后会这样）",
    "slot_altered": "密钥文件里的账号钥匙被改动", "rekeyed": "数据库密钥已更换", "late": "有站点要作废签到台的打卡，没有照办",
    "epoch": "换了签名密钥", "escrow": "用过托管密钥", "revoked": "停用密钥", "found_changes": "库外改动", "guards": "库内防护被动过，已重装",
}  # fmt: skip


def outcome_words(outcome: str) -> str:
    """完成, 只检查, 没有保存, or the code of the refusal."""
    return _OUTCOMES.get(outcome, outcome)


def event_words(kind: str, detail: str) -> tuple[str, str]:
    """Title and detail of a security event."""
    return _EVENTS.get(kind, kind), command_words(detail) if kind == "refused" else detail
