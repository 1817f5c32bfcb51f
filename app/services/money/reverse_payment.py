"""Takes a payment back by a counter-entry, never by deleting it (P20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.pay import Payment
from app.rules.pay.batches import FAILURES
from app.services.money.bureau import bureau_only
from app.services.money.known_paid import give_notice
from app.services.money.payments import PaymentView, payments_of, standing
from app.text import clean
from app.values import Month

REVERSAL_REASONS = (*FAILURES, "误付", "重复付款", "其他")
"""The coded reasons, first those of a transfer that came back; 其他 needs a note."""


@dataclass(frozen=True)
class ReversePayment:
    """A person's pay of a month came back or was wrong; afterwards it is due again. reversed_on None: today."""

    month: str
    person_id: str
    code: str
    note: str = ""
    reversed_on: date | None = None
    voucher: str = ""

    def problems(self) -> Iterable[Problem]:
        """A coded reason, and words for 其他."""
        if self.code not in REVERSAL_REASONS:
            yield Problem("code", f"请选择冲销原因：{'、'.join(REVERSAL_REASONS)}。", "E858")
        elif self.code == REVERSAL_REASONS[-1] and not clean(self.note):
            yield Problem("note", "冲销原因选“其他”时，请写明情况。", "E859")


@handles(ReversePayment, title="冲销发放", permission=Permission.PAY)
def reverse_payment(work: Work, command: ReversePayment) -> tuple[PaymentView, ...]:
    """The counter-entries. Raises Refused E188, E858, E859, E860 nothing to reverse, E921."""
    bureau_only(work)
    month = Month.parse(command.month)
    paid = standing(payments_of(work, month, command.person_id))
    rows = [_counter(work, one, command) for group in paid.values() for one in group]
    if not rows:
        raise Refused(
            "E860", f"{month.words}没有这个人可以冲销的发放记录（没有发放，或已经冲销）。", field="person_id"
        )
    give_notice(work, month, rows)
    made = {row.id for row in rows}
    return tuple(one for one in payments_of(work, month) if one.id in made)


def _counter(work: Work, paid: PaymentView, command: ReversePayment) -> Payment:
    row = work.add(
        Payment(
            month=paid.month,
            person_id=paid.person_id,
            fen=-paid.fen,
            paid_on=command.reversed_on or local_date(work.now.at),
            voucher=clean(command.voucher) or paid.voucher,
            reverses=paid.id,
            reason_code=command.code,
            reason=clean(command.note) or None,
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    assert isinstance(row, Payment)
    return row
