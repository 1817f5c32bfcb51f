"""What leaving early costs by the pack's D2, told before it is recorded (Y17 (2))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.dates import time_text
from app.rules.duty.facts import DutyFact
from app.rules.duty.lateness import early_by, late_by
from app.rules.pay.wording import span, yuan
from app.rules.policy.duty_rates import DutyRates, RuleSettings


@dataclass(frozen=True)
class EarlyLeaving:
    """cost_fen: 分 by rule. clause: its citation, "" for none.

    text: 现在签退，早退 12 分 30 秒，按规定扣 50 元. note: what to do in a break of the duty, else "".
    """

    cost_fen: int
    clause: str
    text: str
    note: str


def leaving_early(
    duty: DutyFact,
    in_at: datetime,
    at: datetime,
    rates: DutyRates | None,
    settings: RuleSettings,
    *,
    is_public: bool,
) -> EarlyLeaving | None:
    """What a sign-out at this moment means for a duty begun at in_at; None where it is not early. Naive local times."""
    early = early_by(duty, at, settings)
    if not early:
        return None
    was_late = bool(late_by(duty, in_at, settings))
    free = _free_of_charge(rates, settings, was_late=was_late, is_public=is_public)
    fen = 0 if rates is None or free else rates.d2_fen
    cost = f"{free}，但会记录在案" if free else f"按规定扣 {yuan(fen)} 元"
    clause = rates.clause("D2") if rates is not None else ""
    return EarlyLeaving(fen, clause, f"现在签退，早退 {span(early)}，{cost}", _break_note(duty, at))


def _free_of_charge(
    rates: DutyRates | None, settings: RuleSettings, *, was_late: bool, is_public: bool
) -> str:
    """Why leaving early takes nothing from the pay, "" where it does."""
    if rates is None:
        return "本方案没有定扣款标准"
    if is_public:
        return "您不领值班补贴，不扣款"
    if was_late and settings.late_and_early == "once":
        return "本班迟到已扣过，不再加扣"
    return ""


def _break_note(duty: DutyFact, at: datetime) -> str:
    """A duty with a noon break ends with its last range: who comes back and signs out then has not left early."""
    if at < duty.start or any(begin <= at < end for begin, end in duty.ranges):
        return ""
    return f"现在是中间休息。休息后回来再签到，{time_text(duty.end)} 后签退的，不算早退"
