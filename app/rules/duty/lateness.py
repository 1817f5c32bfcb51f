"""How late somebody came and how early somebody left, to the second."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.rules.duty.facts import DutyFact
from app.rules.duty.matching import Attended
from app.rules.policy.duty_rates import RuleSettings

NOTHING = timedelta()


def late_by(duty: DutyFact, at: datetime, settings: RuleSettings) -> timedelta:
    """A sign-in after start + grace: the time since the start, else zero (Y17 (2))."""
    late = at.replace(microsecond=0) - duty.start
    return late if late > settings.grace else NOTHING


def early_by(duty: DutyFact, at: datetime, settings: RuleSettings) -> timedelta:
    """A sign-out before end − grace: the time left until the end, else zero (Y17 (2))."""
    early = duty.end - at.replace(microsecond=0)
    return early if early > settings.grace else NOTHING


def lateness(duty: DutyFact, attended: Attended, settings: RuleSettings) -> timedelta:
    """How late the first sign-in came."""
    return late_by(duty, attended.in_at, settings)


def earliness(duty: DutyFact, attended: Attended, settings: RuleSettings) -> timedelta:
    """How early the last sign-out came; zero for an open row and for times that cannot be relied on."""
    if attended.out_at is None or attended.is_clock_wrong:
        return NOTHING
    return early_by(duty, attended.out_at, settings)
