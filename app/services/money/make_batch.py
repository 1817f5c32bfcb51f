"""Makes a payment batch: the amounts and confirmed accounts as they stand, to be checked and paid by others (Y29)."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.masking import mask_name
from app.models.batches import PayBatch, PayBatchItem
from app.rules.pay.debts import sum_fen
from app.services.money import ledger
from app.services.money.batches import batches_of, waiting_in_batches
from app.services.money.bureau import bureau_only
from app.services.money.confirm_payee import refuse_awaited
from app.services.money.due import amounts_due
from app.services.money.month_pay import month_pay
from app.services.money.payments import payments_of, standing
from app.services.reading.accounts import PayAccount
from app.services.reading.incoming import refuse_incomplete
from app.services.reading.names import names_of
from app.text import clean, named_few
from app.values import Month


@dataclass(frozen=True)
class MakeBatch:
    """Pay these people of a finally settled month together; people (): everybody due.

    cash: who is paid in cash though there is an account; cash_reason: why anybody is, those without account among them.
    """

    month: str
    people: tuple[str, ...] = ()
    cash: tuple[str, ...] = ()
    cash_reason: str = ""


@handles(MakeBatch, title="制作发放批次", permission=Permission.SETTLE)
def make_batch(work: Work, command: MakeBatch) -> str:
    """The batch's id. Raises Refused E188 at a station, E740, E856 not finally settled, E866 accounts that no second
    person confirmed, E871 cash without a reason, E879 nobody is due, E921."""
    bureau_only(work)
    refuse_incomplete(work)
    month = Month.parse(command.month)
    if ledger.settlement_of(work, month) is None:
        raise Refused("E856", f"{month.words}还没有最终结算，不能发放。", field="month")
    chosen = _chosen(work, month, command)
    accounts = refuse_awaited(work, sorted(set(chosen) - set(command.cash)))
    by_transfer = {one: found for one, found in accounts.items() if found.number and one not in command.cash}
    _refuse_unreasoned(work, set(chosen) - set(by_transfer), clean(command.cash_reason))
    row: PayBatch = work.add(
        PayBatch(
            month=str(month),
            number=len(batches_of(work, month)) + 1,
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    _fill(work, row, chosen, by_transfer, clean(command.cash_reason))
    return row.id


def _chosen(work: Work, month: Month, command: MakeBatch) -> dict[str, int]:
    waiting = waiting_in_batches(work, month)
    due = {
        person: fen - waiting.get(person, 0)
        for person, fen in amounts_due(work, month, payments_of(work, month)).items()
    }
    chosen = {
        person: fen
        for person, fen in due.items()
        if fen > 0 and (not command.people or person in command.people)
    }
    if not chosen:
        raise Refused(
            "E879",
            f"{month.words}没有要列入批次的人：都已发放、已在别的批次里，或有异议待答复。",
            field="month",
        )
    return chosen


def _refuse_unreasoned(work: Work, people: set[str], reason: str) -> None:
    """Transfer is the rule: cash says why. Raises Refused E871."""
    if people and not reason:
        names = [mask_name(name) for name in names_of(work, people).values()]
        raise Refused(
            "E871",
            f"{named_few(sorted(names), '人')}没有收款账户或要发现金：请写明发现金的理由，或先登记、复核账户。",
            field="cash_reason",
        )


def _fill(
    work: Work, batch: PayBatch, chosen: dict[str, int], accounts: dict[str, PayAccount], reason: str
) -> None:
    month = Month.parse(batch.month)
    names = names_of(work, chosen)
    taken = {one.person_id: sum_fen(one.carried.taken) for one in month_pay(work, month).people}
    before = {*standing(payments_of(work, month)), *waiting_in_batches(work, month)}
    for person, fen in sorted(chosen.items()):
        account = accounts.get(person)
        work.add(
            PayBatchItem(
                batch_id=batch.id,
                person_id=person,
                fen=fen,
                taken_fen=0 if person in before else taken.get(person, 0),
                is_cash=account is None,
                cash_reason=None if account else reason,
                payee_name=names[person],
                bank_name=account.bank_name if account else None,
                bank_account=account.number if account else None,
                confirmation=account.confirmation if account else "",
            )
        )
