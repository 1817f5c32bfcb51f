"""How the states of duties, of evidence and of clocks are shown: a tone and, where it has no word of its own, words."""

from __future__ import annotations

from app.services.attendance.attendance_state import AttendanceState
from app.services.supervision.evidence_month import CheckStanding
from app.ui.theme import State
from app.values import ClockGrade, SpotResult, Verdict

DUTY_TONES = {
    AttendanceState.not_begun: State.NONE, AttendanceState.awaited: State.DUE, AttendanceState.on_duty: State.DONE,
    AttendanceState.in_order: State.DONE, AttendanceState.late: State.DUE, AttendanceState.early: State.DUE,
    AttendanceState.late_and_early: State.DUE, AttendanceState.no_sign_out: State.FAULT,
    AttendanceState.no_sign_in: State.FAULT, AttendanceState.clock_doubted: State.FAULT,
    AttendanceState.sign_out_only: State.FAULT, AttendanceState.unscheduled: State.DUE,
    AttendanceState.unscheduled_approved: State.DONE, AttendanceState.unscheduled_refused: State.NONE,
}  # fmt: skip
GRADES = {
    ClockGrade.green: (State.DONE, "可信"),
    ClockGrade.grey: (State.NONE, "重启过"),
    ClockGrade.amber: (State.DUE, "存疑"),
    ClockGrade.red: (State.FAULT, "被改动"),
}
STANDINGS = {
    CheckStanding.present: (State.DONE, "在岗"),
    CheckStanding.reason_awaited: (State.DUE, "理由待认定"),
    CheckStanding.awaited: (State.DUE, "待核实"),
    CheckStanding.unmatched: (State.DUE, "待匹配班次"),
    CheckStanding.justified: (State.NONE, "理由正当"),
    CheckStanding.deducted: (State.FAULT, "扣减"),
    CheckStanding.confirmed: (State.FAULT, "属实"),
    CheckStanding.unfounded: (State.NONE, "不属实"),
}
RESULT_TONES = {
    SpotResult.present: State.DONE,
    SpotResult.absent: State.FAULT,
    SpotResult.not_on_site: State.FAULT,
    SpotResult.sham: State.FAULT,
}
VERDICT_TONES = {
    Verdict.confirmed: State.FAULT,
    Verdict.unfounded: State.NONE,
    Verdict.pending: State.DUE,
}
