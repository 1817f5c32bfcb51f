"""What a password must be."""

from __future__ import annotations

from app.errors import Problem

SHORTEST = 8


def password_problems(password: str, field: str = "password") -> list[Problem]:
    """Why a new password is refused: at least eight characters and not all of one kind."""
    if len(password) < SHORTEST:
        return [Problem(field, f"密码至少 {SHORTEST} 位，请重新设置。", "E004")]
    if password.isdigit() or len(set(password)) < 4:
        return [Problem(field, "密码太简单：请混用字母、数字或符号。", "E005")]
    return []
