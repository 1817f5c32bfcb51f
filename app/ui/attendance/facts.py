"""What one line of the attendance month tells, and the time a correction most likely means."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.services.attendance.attendance_month import DutyAttendance
from app.ui.attendance.states import DUTY_TONES
from app.ui.delivery_tag import delivery_facts


def rostered_edge(row: DutyAttendance | None, is_start: bool, now: datetime) -> datetime:
    """Start or end of the line's duty, never a time to come; now for a line without a duty."""
    now = now.replace(second=0, microsecond=0)
    edge = (row.starts_at if is_start else row.ends_at) if row is not None else None
    return min(now, edge) if edge is not None else now


def facts_of(row: DutyAttendance) -> list[Any]:
    """What the pane tells of one line of the month."""
    facts: list[Any] = [
        ("考勤", row.state, DUTY_TONES[row.state]),
        ("签到", row.in_text or "无"),
        ("签退", row.out_text or "无"),
    ]
    told = (
        ("迟到早退", row.note),
        ("来源", row.origin),
        ("确认人", row.confirmed_by),
        ("时钟", row.grade_reason),
        ("说明", row.reason),
    )
    return [*facts, *((name, value) for name, value in told if value), *delivery_facts(row.delivery)]
