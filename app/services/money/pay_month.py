"""Posts the checked batches of a month person by person, by a third hand; confirming twice posts once (P20, Y18, Y29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.clock import local_date
from app.desk_values import BatchStep
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.masking import mask_name
from app.models.batches import PayBatchItem, PayBatchStep
from app.models.pay import Payment
from app.rules.funds.ledger import PayVerdict, may_pay
from app.services.money import ledger
from app.services.money.batches import BatchState, StoredBatch, batches_of, need_batch
from app.services.money.bureau import bureau_only
from app.services.money.debts import debt_sentences
from app.services.money.due import amounts_due
from app.services.money.known_paid import give_notice, refuse_known_paid
from app.services.money.month_pay import month_pay
from app.services.money.payments import PaymentView, payments_of
from app.services.reading.accounts import pay_accounts
from app.services.reading.funds import duty_fund, fund_ledger
from app.services.reading.incoming import refuse_incomplete
from app.services.reading.names import names_of
from app.services.reading.people import person_links
from app.text import clean, named_few
from app.values import Month


@dataclass(frozen=True)
class PayMonth:
    """The checked batches of a month were handed over on a date under a voucher number. batch "": all of them."""

    month: str
    paid_on: date
    voucher: str = field(metadata={"label": "凭证号"})
    batch: str = ""
    confirmed: str = ""
    """What comparing the vouchers showed, where a restored bureau must ask first."""

    def problems(self) -> Iterable[Problem]:
        """A voucher number."""
        if not clean(self.voucher):
            yield Problem("voucher", "请填写付款凭证号。", "E855")


@dataclass(frozen=True)
class Owing:
    """A person of the month who owes something after it, 分; text: from which month, and how it comes back."""

    person_id: str
    name: str
    fen: int
    text: str


@dataclass(frozen=True)
class PayRun:
    """posted: the payments of this confirmation; held: how many people had been paid before; owed: 应收回.

    warning: what should be looked at of the fund.
    """

    month: str
    posted: tuple[PaymentView, ...]
    held: int
    owed: tuple[Owing, ...] = ()
    warning: str = ""

    @property
    def total_fen(self) -> int:
        """What this confirmation posted, 分."""
        return sum(one.fen for one in self.posted)


@handles(PayMonth, title="发放补贴", permission=Permission.PAY)
def pay_month(work: Work, command: PayMonth) -> PayRun:
    """What was posted; a month whose batches are all paid posts nothing more.

    Raises Refused E188 at a station, E855 no voucher, E856 not finally settled, E857 a date to come, E875 no batch is
    checked, E876 the batch named is paid, E877 who made or checked it, E878 what changed since, E894 no such batch,
    E357 the fund does not reach, E796, E797 for what units below know, or may know, as paid, E740 while a part of somebody's records is still to come, E921.
    """
    bureau_only(work)
    refuse_incomplete(work)
    month = Month.parse(command.month)
    if ledger.settlement_of(work, month) is None:
        raise Refused("E856", f"{month.words}还没有最终结算，不能发放。", field="month")
    if command.paid_on > local_date(work.now.at):
        raise Refused("E857", f"付款日期 {command.paid_on} 还没有到，请填实际付款的日期。", field="paid_on")
    refuse_known_paid(work, month, command.confirmed)
    work.why = clean(command.confirmed)
    before = payments_of(work, month)
    batches = _payable(work, month, command.batch, before)
    items = [item for batch in batches for item in batch.items]
    _refuse_changed(work, month, items, before)
    warning = refuse_beyond_fund(work, command.paid_on, sum(item.fen for item in items))
    rows = [_post(work, month, item, command) for item in items]
    for batch in batches:
        _note_paid(work, batch, command)
    give_notice(work, month, rows)
    posted = {row.id for row in rows}
    return PayRun(
        str(month),
        tuple(one for one in payments_of(work, month) if one.id in posted),
        len({one.person_id for one in before} - {one.person_id for one in items}),
        _owing(work, month),
        warning,
    )


def _payable(
    work: Work, month: Month, batch_id: str, before: tuple[PaymentView, ...]
) -> tuple[StoredBatch, ...]:
    """The checked batches meant, none where nobody is due any more. Raises Refused E875, E876, E877, E894."""
    named = need_batch(work, batch_id) if batch_id else None
    if named is not None and named.state is BatchState.paid:
        raise Refused("E876", "这个批次已经登记发放，不能再发放一次。", field="batch")
    found = [named] if named else batches_of(work, month)
    ready = tuple(one for one in found if one.state is BatchState.checked and one.row.month == str(month))
    if not ready and (named or amounts_due(work, month, before)):
        raise Refused(
            "E875",
            f"{month.words}没有复核好的发放批次：请先制单，由另一人复核，再登记发放。",
            field="batch",
        )
    if any(work.actor.account in one.went_through for one in ready):
        raise Refused(
            "E877",
            "制单、复核、付款须是三个不同的人：这个批次由您制作或复核，请另一人登记发放。",
            field="batch",
        )
    return ready


def _refuse_changed(
    work: Work, month: Month, items: Sequence[PayBatchItem], before: tuple[PaymentView, ...]
) -> None:
    """Raises Refused E878 naming whose amount or account is no longer what was checked."""
    linked, due = person_links(work), amounts_due(work, month, before)
    accounts = pay_accounts(work, [one.person_id for one in items])
    wanted: dict[str, int] = defaultdict(int)
    for item in items:
        wanted[linked.get(item.person_id, item.person_id)] += item.fen
    changed = {person for person, fen in wanted.items() if fen > due.get(person, 0)}
    for item in items:
        account = accounts.get(item.person_id)
        if not item.is_cash and (account is None or account.confirmation != item.confirmation):
            changed.add(item.person_id)
    if changed:
        names = sorted(mask_name(name) for name in names_of(work, changed).values())
        raise Refused(
            "E878",
            f"批次复核以后，{named_few(names, '人')}的应发金额或收款账户变了（有异议、已调整或换了账户）。"
            "请退回批次，重新制单。",
            field="batch",
        )


def _note_paid(work: Work, batch: StoredBatch, command: PayMonth) -> None:
    work.add(
        PayBatchStep(
            batch_id=batch.row.id,
            step=BatchStep.paid.value,
            paid_on=command.paid_on,
            voucher=clean(command.voucher),
            done_by=work.actor.account,
            done_at=work.now.at,
        )
    )


def refuse_beyond_fund(work: Work, paid_on: date, fen: int) -> str:
    """What should be looked at of the fund that duty pay comes from (Y25). Raises Refused E357 where it does not
    reach: nothing is paid then."""
    verdict = may_pay(fund_ledger(work, duty_fund(work)), paid_on, fen) if fen else PayVerdict()
    if verdict.refusal:
        raise Refused("E357", f"没有登记发放：{verdict.refusal}。", field="paid_on")
    return verdict.warning if fund_ledger(work, duty_fund(work)).opened_on else ""


def _owing(work: Work, month: Month) -> tuple[Owing, ...]:
    people = (one for one in month_pay(work, month).people if one.owed_fen)
    return tuple(
        Owing(one.person_id, one.name, one.owed_fen, "；".join(debt_sentences(one.carried))) for one in people
    )


def _post(work: Work, month: Month, item: PayBatchItem, command: PayMonth) -> Payment:
    row: Payment = work.add(
        Payment(
            month=str(month),
            person_id=item.person_id,
            fen=item.fen,
            paid_on=command.paid_on,
            voucher=clean(command.voucher),
            confirmation=item.confirmation,
            item_id=item.id,
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    return row
