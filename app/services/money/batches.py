"""Lists the payment batches of a month: whose hands they went through, who is in them, what to look at again (Y29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.clock import local, local_date
from app.desk_values import BatchStep
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_account
from app.models.batches import PayBatch, PayBatchItem, PayBatchStep
from app.models.records import Account
from app.rules.pay.batches import BatchState as BatchState
from app.rules.pay.batches import HandFact, batch_state, hands_before, same_account
from app.services.money.payments import payments_of, standing
from app.services.reading.people import person_links
from app.values import Month, yuan_text

MONTHS_BACK = 12
"""How far back batches that wait are looked for."""


@dataclass(frozen=True)
class PayBatches:
    """The batches of a month (2022-05); "" for those of every month that wait for a hand."""

    month: str = ""


@dataclass(frozen=True, kw_only=True)
class BatchItemView:
    """One person of a batch, 分; account: masked. notes: what the checker should look at again."""

    id: str
    person_id: str
    name: str
    bank: str
    account: str
    fen: int
    taken_fen: int
    is_cash: bool
    cash_reason: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PayBatchView:
    """A batch. maker, checker, payer: names of accounts; times are local. reason: why it was sent back.

    is_mine: the asker's hand is among those it went through, so that somebody else must take the next step.
    """

    id: str
    month: Month
    number: int
    state: BatchState
    items: tuple[BatchItemView, ...]
    maker: str
    made_at: datetime
    checker: str = ""
    payer: str = ""
    paid_on: date | None = None
    voucher: str = ""
    reason: str = ""
    is_mine: bool = False

    @property
    def total_fen(self) -> int:
        """All of it, 分."""
        return sum(one.fen for one in self.items)

    @property
    def cash_fen(self) -> int:
        """What goes in cash, 分."""
        return sum(one.fen for one in self.items if one.is_cash)

    @property
    def title(self) -> str:
        """2022年5月第 1 批."""
        return f"{self.month.year}年{self.month.month}月第 {self.number} 批"


@dataclass(frozen=True)
class StoredBatch:
    """A batch's rows, and how far it has come."""

    row: PayBatch
    items: Sequence[PayBatchItem]
    steps: Sequence[PayBatchStep]

    @property
    def hands(self) -> tuple[HandFact, ...]:
        """Its steps as the rules take them."""
        return tuple(HandFact(BatchStep(one.step), one.done_by) for one in self.steps)

    @property
    def state(self) -> BatchState:
        """How far it has come."""
        return batch_state(self.hands)

    @property
    def went_through(self) -> frozenset[str]:
        """The accounts whose hand it went through."""
        return hands_before(self.row.made_by, self.hands)


@answers(PayBatches, permission=Permission.LOOK)
def pay_batches(look: Look, query: PayBatches) -> tuple[PayBatchView, ...]:
    """By month and number. Raises Refused E921."""
    found = batches_of(look, Month.parse(query.month)) if query.month else open_batches(look)
    return batch_views(look, found)


def batches_of(look: Look, month: Month) -> tuple[StoredBatch, ...]:
    """The batches of a month, by number."""
    rows = look.session.scalars(
        select(PayBatch).where(PayBatch.month == str(month)).order_by(PayBatch.number)
    )
    return _stored(look, rows.all())


def open_batches(look: Look) -> tuple[StoredBatch, ...]:
    """The batches of the last months that wait to be checked or paid, by month and number."""
    first = Month.of(local_date(look.now.at))
    for _ in range(MONTHS_BACK):
        first = first.previous()
    rows = look.session.scalars(
        select(PayBatch).where(PayBatch.month >= str(first)).order_by(PayBatch.month, PayBatch.number)
    )
    return tuple(one for one in _stored(look, rows.all()) if one.state.is_open)


def need_batch(look: Look, batch_id: str) -> StoredBatch:
    """One batch. Raises Refused E894 where there is none."""
    row = look.session.get(PayBatch, batch_id)
    if row is None:
        raise Refused("E894", "没有找到这个发放批次，请刷新后再试。", field="batch")
    return _stored(look, [row])[0]


def waiting_in_batches(look: Look, month: Month) -> dict[str, int]:
    """Person → what of the month stands in batches that are not paid yet, 分."""
    linked, found = person_links(look), defaultdict[str, int](int)
    for batch in batches_of(look, month):
        for item in batch.items if batch.state.is_open else ():
            found[linked.get(item.person_id, item.person_id)] += item.fen
    return dict(found)


def batch_views(look: Look, found: Iterable[StoredBatch]) -> tuple[PayBatchView, ...]:
    """The batches as pages and papers show them."""
    names = {row.id: row.display_name for row in look.session.scalars(select(Account))}
    return tuple(_view(look, one, names) for one in found)


def _stored(look: Look, rows: Sequence[PayBatch]) -> tuple[StoredBatch, ...]:
    ids = [row.id for row in rows]
    items: dict[str, list[PayBatchItem]] = defaultdict(list)
    steps: dict[str, list[PayBatchStep]] = defaultdict(list)
    of_batch = select(PayBatchItem).where(PayBatchItem.batch_id.in_(ids)).order_by(PayBatchItem.id)
    for item in look.session.scalars(of_batch):
        items[item.batch_id].append(item)
    taken = select(PayBatchStep).where(PayBatchStep.batch_id.in_(ids))
    for step in look.session.scalars(taken.order_by(PayBatchStep.done_at, PayBatchStep.id)):
        steps[step.batch_id].append(step)
    return tuple(StoredBatch(row, items[row.id], steps[row.id]) for row in rows)


def _view(look: Look, batch: StoredBatch, names: Mapping[str, str]) -> PayBatchView:
    by_step = {step.step: step for step in batch.steps}
    checked, paid = by_step.get(BatchStep.checked), by_step.get(BatchStep.paid)
    returned = by_step.get(BatchStep.returned)
    month = Month.parse(batch.row.month)
    shared = same_account((one.person_id, one.bank_account or "") for one in batch.items if not one.is_cash)
    before = standing(payments_of(look, month)) if batch.state.is_open else {}
    return PayBatchView(
        id=batch.row.id,
        month=month,
        number=batch.row.number,
        state=batch.state,
        items=tuple(
            _item(one, shared, sum(p.fen for p in before.get(one.person_id, ()))) for one in batch.items
        ),
        maker=names.get(batch.row.made_by, ""),
        made_at=local(batch.row.made_at),
        checker=names.get(checked.done_by, "") if checked else "",
        payer=names.get(paid.done_by, "") if paid else "",
        paid_on=paid.paid_on if paid else None,
        voucher=paid.voucher if paid else "",
        reason=(returned.reason or "") if returned else "",
        is_mine=look.actor.account in batch.went_through,
    )


def _item(row: PayBatchItem, shared: frozenset[str], paid_fen: int) -> BatchItemView:
    notes = [
        f"现金：{row.cash_reason}" if row.is_cash else "",
        "与他人同一账号" if row.person_id in shared else "",
        f"本月已发 {yuan_text(paid_fen)} 元，这是补发" if paid_fen else "",
    ]
    return BatchItemView(
        id=row.id,
        person_id=row.person_id,
        name=row.payee_name or "",
        bank=row.bank_name or "",
        account=mask_account(row.bank_account or ""),
        fen=row.fen,
        taken_fen=row.taken_fen,
        is_cash=row.is_cash,
        cash_reason=row.cash_reason or "",
        notes=tuple(filter(None, notes)),
    )
