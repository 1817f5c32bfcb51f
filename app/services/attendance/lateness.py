"""How late somebody came and how early somebody left, to the second."""

from __future__ import annotations

from datetime import timedelta

from app.services.attendance.matching import Attended
from app.services.money.facts import DutyFact, RuleSettings

NOTHING = timedelta()


def lateness(duty: DutyFact, attended: Attended, settings: RuleSettings) -> timedelta:
    """Sign-in after start + grace: the time since the start, else zero (Y17 (2))."""
    late = attended.in_at.replace(microsecond=0) - duty.start
    return late if late > settings.grace else NOTHING


def earliness(duty: DutyFact, attended: Attended, settings: RuleSettings) -> timedelta:
    """Sign-out before end − grace: the time left until the end, else zero; never for an open row."""
    if attended.out_at is None or attended.is_clock_wrong:
        return NOTHING
    early = duty.end - attended.out_at.replace(microsecond=0)
    return early if early > settings.grace else NOTHING
