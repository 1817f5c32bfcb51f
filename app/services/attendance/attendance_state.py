"""Says where a duty stands: begun or not, signed in and out, late or early, or without a duty at all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.rules.duty.duty_view import DutyView
from app.rules.duty.lateness import earliness, lateness
from app.rules.duty.matching import Attended
from app.rules.policy.duty_rates import RuleSettings


class AttendanceState(StrEnum):
    """Where a duty, or a sign-in without one, stands; the words are those of the printed ledger (Y05)."""

    not_begun = "未开始"
    awaited = "还未签到"
    on_duty = "在岗"
    in_order = "正常"
    late = "迟到"
    early = "早退"
    late_and_early = "迟到早退"
    no_sign_out = "缺签退"
    no_sign_in = "未签到"
    clock_doubted = "时间待核"
    sign_out_only = "只有签退"
    unscheduled = "临时值班，待审定"
    unscheduled_approved = "临时值班，已认可"
    unscheduled_refused = "临时值班，不认可"

    @property
    def is_problem(self) -> bool:
        """Whether somebody has to look at it."""
        return self not in _IN_ORDER


_IN_ORDER = frozenset({
    AttendanceState.not_begun, AttendanceState.on_duty, AttendanceState.in_order,
    AttendanceState.unscheduled_approved, AttendanceState.unscheduled_refused,
})  # fmt: skip


def attendance_state(
    duty: DutyView, attended: Attended | None, now: datetime, settings: RuleSettings
) -> AttendanceState:
    """Where a published duty stands; absence only after its end plus grace (P11)."""
    is_over = now > duty.ends_at + settings.grace
    if attended is None:
        if is_over:
            return AttendanceState.no_sign_in
        return AttendanceState.awaited if now >= duty.starts_at else AttendanceState.not_begun
    if attended.is_held:
        return AttendanceState.clock_doubted
    is_late = bool(lateness(duty.fact(), attended, settings))
    if attended.out_at is None:
        if is_over:
            return AttendanceState.no_sign_out
        return AttendanceState.late if is_late else AttendanceState.on_duty
    is_early = bool(earliness(duty.fact(), attended, settings))
    if is_late:
        return AttendanceState.late_and_early if is_early else AttendanceState.late
    return AttendanceState.early if is_early else AttendanceState.in_order


def unscheduled_state(in_at: datetime | None, is_approved: bool | None) -> AttendanceState:
    """Where a sign-in without a duty stands; is_approved None: nobody decided yet."""
    if in_at is None:
        return AttendanceState.sign_out_only
    if is_approved is None:
        return AttendanceState.unscheduled
    return AttendanceState.unscheduled_approved if is_approved else AttendanceState.unscheduled_refused
