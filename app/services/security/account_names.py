"""What the names of an account must be: one line that everybody reads as the same name."""

from __future__ import annotations

from app.errors import Problem, Refused
from app.text import clean

LONGEST = 40


def name_problems(name: str, field: str = "name") -> list[Problem]:
    """Why a login name is refused: E008 empty, E010 not one plain line of at most 40 characters."""
    if not name.strip():
        return [Problem(field, "请填写登录名。", "E008")]
    return _line_problems(name, "登录名", field)


def shown_name_problems(name: str, field: str = "display_name") -> list[Problem]:
    """Why the name shown is refused (E010); without one the login name is shown."""
    return _line_problems(name, "姓名", field) if name.strip() else []


def _line_problems(name: str, what: str, field: str) -> list[Problem]:
    if len(name) <= LONGEST and _is_plain(name):
        return []
    words = f"{what}只能是一行、最多 {LONGEST} 个字，不能有控制符、看不见的符号或多余的空格，请重新填写。"
    return [Problem(field, words, "E010")]


def _is_plain(name: str) -> bool:
    """Whether cleaning would change nothing: no control or bidirectional mark, no line break, single blanks."""
    try:
        return clean(name) == name
    except Refused:
        return False
