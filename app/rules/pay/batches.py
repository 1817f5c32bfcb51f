"""Says how far a payment batch has come, and whose hand may take it further: three different ones (Y29)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.desk_values import BatchStep

FAILURES = ("账号户名不符", "账户冻结", "账户已销户", "账户有误", "转账退回")
"""Why a transfer came back without anybody's fault here; the person is paid again in a later batch."""


class BatchState(StrEnum):
    """How far a batch has come."""

    made = "待复核"
    checked = "待付款"
    returned = "已退回"
    paid = "已发放"

    @property
    def is_open(self) -> bool:
        """Whether its people wait in it, and stand in no other batch meanwhile."""
        return self in (BatchState.made, BatchState.checked)


@dataclass(frozen=True)
class HandFact:
    """A step and the account that took it."""

    step: BatchStep
    account: str


_AFTER = {
    BatchStep.checked: BatchState.checked,
    BatchStep.returned: BatchState.returned,
    BatchStep.paid: BatchState.paid,
}


def batch_state(steps: Sequence[HandFact]) -> BatchState:
    """The state after the last step."""
    return _AFTER[steps[-1].step] if steps else BatchState.made


def hands_before(maker: str, steps: Iterable[HandFact]) -> frozenset[str]:
    """The accounts whose hand a batch went through: none of them may take the next approving step."""
    return frozenset({maker, *(one.account for one in steps)})


def same_account(numbers: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The people (first) who share an account number (second) with somebody else."""
    by_number: dict[str, set[str]] = {}
    for person, number in numbers:
        if number:
            by_number.setdefault(number, set()).add(person)
    return frozenset(one for group in by_number.values() if len(group) > 1 for one in group)
