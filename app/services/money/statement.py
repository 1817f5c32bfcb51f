"""Explains to one person each yuan of a month over all sites, to be confirmed or disputed (Y18, Y29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.clock import local
from app.documents.forms.pay_statement import PayStatement, StatementLine
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person
from app.rules.pay.debts import sum_fen
from app.rules.policy.pack import NO_RATES
from app.services.money.debts import debt_sentences
from app.services.money.month_pay import UNPAID, MonthPay, PersonPay, month_pay
from app.services.money.story import LineView
from app.services.reading.people import person_links
from app.values import Month, yuan_text


@dataclass(frozen=True)
class StatementOf:
    """One person's pay of a month (2022-05)."""

    month: str
    person_id: str


@dataclass(frozen=True)
class MyPay:
    """The pay of a month of the person who signed in at the kiosk."""

    month: str
    person_id: str


@dataclass(frozen=True)
class MyPayLine:
    """A line as the person sees it, 分: `300 − 50 迟到 12 分（签到 09:12）= 250`."""

    id: str
    on: str
    site_name: str
    kind: str
    net_fen: int
    explanation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class MyPayView:
    """A person's month; is_final False: what it would be now. net_fen: what is handed over. debts: in words.

    has_rates False: duties only, no pay is fixed.
    """

    name: str
    month: str
    is_final: bool
    net_fen: int
    lines: tuple[MyPayLine, ...]
    debts: tuple[str, ...] = ()
    has_rates: bool = True


@answers(StatementOf, title="打印补贴明细单", permission=Permission.REPORT)
def statement_of(look: Look, query: StatementOf) -> PayStatement:
    """The statement as it prints, which is on record. Raises Refused E861 when the person has no line in the month, E921."""
    pay = month_pay(look, Month.parse(query.month))
    own = _own(look, pay, query.person_id)
    if own is None:
        raise Refused("E861", f"这个人在{pay.month.words}没有值班补贴记录。", field="person_id")
    person = look.session.get(Person, own.person_id)
    look.disclose("补贴明细单", period=str(pay.month), rows=len(own.lines), subjects=(own.person_id,))
    return PayStatement(
        office=look.office.name,
        month=pay.month,
        name=own.name,
        kind=person.kind if person else "",
        organisation=person.organisation if person else "",
        lines=tuple(_line(line) for line in own.lines),
        basis=pay.document,
        validity=pay.validity_note,
        unpaid="" if pay.has_rates else UNPAID,
        printed_at=local(look.now.at),
        recovered_fen=sum_fen(own.carried.taken),
        debts=debt_sentences(own.carried),
    )


@answers(MyPay, permission=Permission.KIOSK)
def my_pay(look: Look, query: MyPay) -> MyPayView:
    """The person's own lines at the sites this office knows of."""
    pay = month_pay(look, Month.parse(query.month))
    own = _own(look, pay, query.person_id)
    return MyPayView(
        own.name if own else "",
        str(pay.month),
        pay.is_final,
        own.payable_fen if own else 0,
        tuple(
            MyPayLine(
                line.id or line.key,
                f"{line.on.month}月{line.on.day}日",
                line.site_name,
                line.kind.value,
                line.net_fen,
                line.explanation,
                tuple(reason for reason in line.reasons if reason != NO_RATES),
            )
            for line in (own.lines if own else ())
        ),
        debt_sentences(own.carried) if own else (),
        pay.has_rates,
    )


def _own(look: Look, pay: MonthPay, person_id: str) -> PersonPay | None:
    person = person_links(look).get(person_id, person_id)
    return next((one for one in pay.people if one.person_id == person), None)


def _line(line: LineView) -> StatementLine:
    kind = line.kind.value if line.is_settled else line.origin.value
    return StatementLine(line.on, line.site_name, kind, line.base_fen, line.net_fen, tuple(_sentences(line)))


def _sentences(line: LineView) -> Iterator[str]:
    for one in line.deductions:
        words = "；".join(one.detail or one.brief)
        yield f"扣 {yuan_text(one.fen)} 元：{words}" + (f"，{one.clause}" if one.clause else "")
    yield from (reason for reason in line.reasons if reason != NO_RATES)
    if line.note:
        yield line.note
