"""Words of the service desk and of payment batches that stand in rows, beside those of consultations and pay lines."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """What came of a follow-up call that brought no rating (Y06)."""

    no_answer = "未接通"
    wrong_number = "号码不对"
    declined = "不愿回答"


class BatchStep(StrEnum):
    """What was done with a payment batch."""

    checked = "复核"
    returned = "退回"
    paid = "发放"
