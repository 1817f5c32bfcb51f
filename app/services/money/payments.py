"""Adds up what was handed over and what is still due, person by person; a reversal is an entry of its own (P20)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.kernel.work import Look
from app.models.pay import Payment
from app.services.reading.people import person_links
from app.values import Month


@dataclass(frozen=True, kw_only=True)
class PaymentView:
    """A payment, or the reversal of one (fen negative, reverses its id), 分; made_at is UTC. item_id: of the batch."""

    id: str
    month: str
    person_id: str
    fen: int
    paid_on: date
    voucher: str
    reverses: str | None
    reason_code: str
    reason: str
    made_by: str
    made_at: datetime
    item_id: str = ""


def payments_of(look: Look, month: Month, person_id: str = "") -> tuple[PaymentView, ...]:
    """The payments and reversals of a month, in order; of the linked person where one is named."""
    linked = person_links(look)
    rows = look.session.scalars(
        select(Payment).where(Payment.month == str(month)).order_by(Payment.made_at, Payment.id)
    )
    found = (_view(row, linked.get(row.person_id, row.person_id)) for row in rows)
    return tuple(one for one in found if not person_id or one.person_id == linked.get(person_id, person_id))


def paid_fen(look: Look, month: Month, person_id: str) -> int:
    """What a person holds of a month's pay, payments less reversals."""
    return sum(one.fen for one in payments_of(look, month, person_id))


def standing(payments: tuple[PaymentView, ...]) -> dict[str, tuple[PaymentView, ...]]:
    """Person → the payments that no reversal has cancelled."""
    gone = {one.reverses for one in payments if one.reverses}
    found: dict[str, list[PaymentView]] = defaultdict(list)
    for one in payments:
        if not one.reverses and one.id not in gone:
            found[one.person_id].append(one)
    return {person: tuple(group) for person, group in found.items()}


def _view(row: Payment, person_id: str) -> PaymentView:
    return PaymentView(
        id=row.id,
        month=row.month,
        person_id=person_id,
        fen=row.fen,
        paid_on=row.paid_on,
        voucher=row.voucher,
        reverses=row.reverses,
        reason_code=row.reason_code,
        reason=row.reason or "",
        made_by=row.made_by,
        made_at=row.made_at,
        item_id=row.item_id,
    )
