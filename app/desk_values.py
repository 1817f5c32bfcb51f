"""Words of the service desk that travel between offices, beside those of consultations."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """What came of a follow-up call that brought no rating (Y06)."""

    no_answer = "未接通"
    wrong_number = "号码不对"
    declined = "不愿回答"
