"""Puts the countdown to the month's report into words and tones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.services.money.submissions import MonthState
from app.services.today.due import DueState, ReportDue
from app.ui.theme import State

DUE_TONES = {
    DueState.reported: State.NONE,
    DueState.ahead: State.NONE,
    DueState.soon: State.DUE,
    DueState.late: State.FAULT,
}


def left_words(left: timedelta) -> str:
    """6 小时 46 分, 3 天 2 小时, 已过 1 天."""
    minutes = abs(int(left.total_seconds())) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    words = f"{days} 天" if days >= 3 else f"{days} 天 {hours} 小时" if days else f"{hours} 小时 {rest} 分"
    return f"已过 {words}" if left < timedelta() else words


def due_tags(due: ReportDue) -> Iterator[tuple[State, str]]:
    """Where the last month stands: a bureau's stations, a station's own report."""
    if due.below is not None:
        below = due.below
        yield (State.DUE if below.missing else State.DONE), f"{below.month.month}月未报 {below.missing}"
        if below.entered_here:
            yield State.INFO, f"代录 {below.entered_here}"
        yield (State.INFO if below.waiting else State.NONE), f"待审 {below.waiting}"
    if due.own is not None:
        is_passed = due.own.state is MonthState.passed
        tone = State.FAULT if due.own.is_open else State.DONE if is_passed else State.INFO
        yield tone, f"{due.own.month.month}月 {due.own.state.value}"
