"""Posts a month's pay person by person; confirming twice posts once (P20, Y18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.pay import Payment
from app.rules.funds.ledger import PayVerdict, may_pay
from app.rules.pay.debts import sum_fen
from app.services.money import ledger
from app.services.money.bureau import bureau_only
from app.services.money.confirm_payee import refuse_awaited
from app.services.money.debts import carried_into, debt_sentences
from app.services.money.known_paid import give_notice, refuse_known_paid
from app.services.money.month_pay import month_pay
from app.services.money.payments import PaymentView, payments_of
from app.services.money.replies import held_fen
from app.services.reading.accounts import PayAccount
from app.services.reading.funds import duty_fund, fund_ledger
from app.services.reading.incoming import refuse_incomplete
from app.services.reading.people import person_links
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class PayMonth:
    """The pay of a finally settled month was handed over on a date under a voucher number. people (): everybody due."""

    month: str
    paid_on: date
    voucher: str = field(metadata={"label": "凭证号"})
    people: tuple[str, ...] = ()
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
    """Raises Refused E188 at a station, E855 no voucher, E856 not finally settled, E857 a date to come, E866 accounts
    that no second person confirmed, E357 the fund does not reach, E796, E797 for what units below know, or may know, as paid, E740 while a part of somebody's records is still to come, E921.
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
    due = amounts_due(work, month, before)
    chosen = {person: fen for person, fen in due.items() if not command.people or person in command.people}
    accounts = refuse_awaited(work, list(chosen))
    warning = refuse_beyond_fund(work, command.paid_on, sum(chosen.values()))
    rows = [
        _post(work, month, person, fen, command, accounts.get(person))
        for person, fen in sorted(chosen.items())
    ]
    give_notice(work, month, rows)
    posted = {row.id for row in rows}
    after = payments_of(work, month)
    return PayRun(
        str(month),
        tuple(one for one in after if one.id in posted),
        len({one.person_id for one in before} - set(chosen)),
        _owing(work, month),
        warning,
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


def amounts_due(work: Work, month: Month, before: Iterable[PaymentView]) -> dict[str, int]:
    """Person → what is still to be handed over, 分: less payments, debts and what waits for the answer to a dispute,
    never below zero; nobody due is left out."""
    linked, nets = person_links(work), dict[str, int]()
    for line in ledger.lines_paid_in(work, month):
        person = linked.get(line.person_id, line.person_id)
        nets[person] = nets.get(person, 0) + line.net_fen
    met = carried_into(work, month, nets)
    due = {person: net - sum_fen(met[person].taken) for person, net in nets.items()}
    for payment in before:
        due[payment.person_id] = due.get(payment.person_id, 0) - payment.fen
    for person, fen in held_fen(work, month).items():
        due[person] = due.get(person, 0) - fen
    return {person: fen for person, fen in due.items() if fen > 0}


def _post(
    work: Work, month: Month, person_id: str, fen: int, command: PayMonth, account: PayAccount | None
) -> Payment:
    row = work.add(
        Payment(
            month=str(month),
            person_id=person_id,
            fen=fen,
            paid_on=command.paid_on,
            voucher=clean(command.voucher),
            confirmation=account.confirmation if account else "",
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    assert isinstance(row, Payment)
    return row
