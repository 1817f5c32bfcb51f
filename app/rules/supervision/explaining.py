"""Tells how far evidence against somebody has come: noted, told to him, explained by him, verified by another (Y24)."""

from __future__ import annotations

from datetime import date
from enum import Enum


class HearingState(Enum):
    """Where a finding or a complaint stands before anything is taken from anybody's pay."""

    to_notify = "to_notify"
    explanation_awaited = "explanation_awaited"
    explanation_missed = "explanation_missed"
    explained = "explained"
    verified = "verified"

    @property
    def may_be_found_proved(self) -> bool:
        """Whether the person had his say: he explained himself, or let the day pass."""
        return self in (HearingState.explained, HearingState.explanation_missed, HearingState.verified)


def hearing_state(
    *, due_on: date | None, has_explained: bool, is_verified: bool, today: date
) -> HearingState:
    """due_on: the last day for the explanation, None where nobody told the person yet; that day still belongs to it."""
    if is_verified:
        return HearingState.verified
    if has_explained:
        return HearingState.explained
    if due_on is None:
        return HearingState.to_notify
    return HearingState.explanation_missed if today > due_on else HearingState.explanation_awaited
