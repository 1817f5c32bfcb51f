"""The second hand of a payment batch: checked by somebody who did not make it, or sent back with a reason (Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.desk_values import BatchStep
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.batches import PayBatchStep
from app.services.money.batches import BatchState, need_batch
from app.services.money.bureau import bureau_only
from app.text import clean


@dataclass(frozen=True)
class CheckBatch:
    """A batch was compared with the pay sheet and the accounts. is_good False: it goes back, and its people are due again."""

    batch: str
    is_good: bool
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """A reason for sending it back."""
        if not self.is_good and not clean(self.reason):
            yield Problem("reason", "退回批次请写明理由，制单人按理由重做。", "E874")


@handles(CheckBatch, title="复核发放批次", permission=Permission.REVIEW_MONTH)
def check_batch(work: Work, command: CheckBatch) -> str:
    """The batch's id; checked batches, too, may go back until they are paid. Raises Refused E188, E872 its own maker,
    E873 in another state, E874, E894."""
    bureau_only(work)
    batch = need_batch(work, command.batch)
    may = batch.state is BatchState.made or (batch.state is BatchState.checked and not command.is_good)
    if not may:
        raise Refused("E873", f"这个批次{batch.state.value}，不用再复核。请刷新后再试。", field="batch")
    if command.is_good and work.actor.account in batch.went_through:
        raise Refused("E872", "制单和复核须是不同的人：这个批次由您制作，请另一人复核。", field="batch")
    step = BatchStep.checked if command.is_good else BatchStep.returned
    work.add(
        PayBatchStep(
            batch_id=batch.row.id,
            step=step.value,
            reason=clean(command.reason) or None,
            done_by=work.actor.account,
            done_at=work.now.at,
        )
    )
    return batch.row.id
