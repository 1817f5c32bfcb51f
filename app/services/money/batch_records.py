"""Reads what became of every person of the payment batches: paid, in cash, come back (Y29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.kernel.work import Look
from app.rules.pay.batches import FAILURES
from app.services.money.batches import BatchItemView, PayBatchView, batch_views, batches_of
from app.services.money.payments import PaymentView, payments_of
from app.values import Period


@dataclass(frozen=True)
class BatchRecord:
    """One person of a batch; back: the counter-entry where the payment came back or was taken back."""

    batch: PayBatchView
    item: BatchItemView
    back: PaymentView | None = None

    @property
    def is_failed(self) -> bool:
        """Whether the transfer came back without anybody's fault here."""
        return self.back is not None and self.back.reason_code in FAILURES


def batch_records(look: Look, period: Period) -> Iterator[BatchRecord]:
    """Month by month, batch by batch; none at a station, which pays nobody."""
    for month in period.months() if look.office.is_bureau else ():
        payments = payments_of(look, month)
        paid = {one.id: one.item_id for one in payments if one.item_id}
        back = {paid[one.reverses]: one for one in payments if one.reverses in paid}
        for batch in batch_views(look, batches_of(look, month)):
            for item in batch.items:
                yield BatchRecord(batch, item, back.get(item.id))
