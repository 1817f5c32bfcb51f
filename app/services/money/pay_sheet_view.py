"""The pay sheet of a month as pages and reports see it: its people, what they hold, what waits and why (Y18, Y29)."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.forms.duty_ledger import DutyLedger
from app.documents.forms.pay_sheet import PaySheet, PaySheetLine
from app.services.money.batches import PayBatchView
from app.services.money.month_pay import MonthPay, PersonPay
from app.services.money.payments import PaymentView
from app.services.money.replies import PayReplyView, ReplyState


@dataclass(frozen=True, kw_only=True)
class Payee:
    """One person's line of the pay sheet, its pay lines, and what was handed over, 分.

    account_row: id of the private row the account stands in, "" for none. account_state: 待复核, 已复核 or "".
    """

    id: str
    account_row: str
    account_state: str
    line: PaySheetLine
    pay: PersonPay
    payments: tuple[PaymentView, ...]
    paid_fen: int
    reply: PayReplyView | None = None
    """The person's own word on the month, None while nobody was told of it."""
    waiting_fen: int = 0
    """What stands in batches that are not paid yet."""

    @property
    def held_fen(self) -> int:
        """What waits for the answer to a dispute."""
        return self.reply.held_fen if self.reply else 0

    @property
    def due_fen(self) -> int:
        """What is to be paid now, never below zero: what was paid too much is owed instead."""
        return max(0, self.line.payable_fen - self.paid_fen - self.held_fen)

    @property
    def ready_fen(self) -> int:
        """What may be put into a batch now."""
        return max(0, self.due_fen - self.waiting_fen)

    @property
    def has_reversal(self) -> bool:
        """Whether a payment was reversed."""
        return any(one.reverses for one in self.payments)


@dataclass(frozen=True)
class PaySheetView:
    """The pay sheet as it prints, and its people with their payments.

    ledger: what prints instead where the document fixes no duty pay; None where it does. waiting: how many exceptions
    of the month the attendance page lists; told on the screen, on paper 0. batches: the month's, by number.
    """

    sheet: PaySheet
    payees: tuple[Payee, ...]
    pay: MonthPay
    ledger: DutyLedger | None = None
    waiting: int = 0
    batches: tuple[PayBatchView, ...] = ()

    @property
    def paid_fen(self) -> int:
        """All that was handed over, less reversals."""
        return sum(one.paid_fen for one in self.payees)

    @property
    def due_fen(self) -> int:
        """What is still to be paid."""
        return sum(one.due_fen for one in self.payees)

    @property
    def held_fen(self) -> int:
        """What waits for answers to disputes."""
        return sum(one.held_fen for one in self.payees)

    @property
    def disputes(self) -> tuple[PayReplyView, ...]:
        """Whose disputes wait for an answer."""
        replies = [one.reply for one in self.payees if one.reply is not None]
        return tuple(one for one in replies if one.state is ReplyState.disputed)

    @property
    def owed_fen(self) -> int:
        """What is still to be taken back (应收回)."""
        return sum(one.line.owed_fen for one in self.payees)
