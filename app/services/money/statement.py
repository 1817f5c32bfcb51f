"""Explains to one person each yuan of a month over all sites, to be confirmed or disputed (Y18, Y29)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.clock import local
from app.documents.forms.pay_statement import PayStatement, StatementLine, ToldElsewhere
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Person
from app.models.statements import PersonStatement
from app.rules.pay.debts import sum_fen
from app.rules.pay.replies import ReplyState
from app.rules.policy.pack import NO_RATES
from app.services.money.debts import debt_sentences
from app.services.money.month_pay import UNPAID, MonthPay, PersonPay, month_pay
from app.services.money.payments import PaymentView, payments_of
from app.services.money.replies import ReplyStanding, answers_of, standings
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


@dataclass(frozen=True, kw_only=True)
class MyPayLine:
    """A line as the person sees it, 分: `300 − 50 迟到 12 分（签到 09:12）= 250`. key: the duty."""

    id: str
    key: str
    on: str
    site_name: str
    kind: str
    net_fen: int
    explanation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MyReply:
    """What the bureau told of the person's final month, and the person's own word on it.

    elsewhere: the other sites' sums in words. answer: of the bureau to the last dispute, "" while there is none.
    """

    state: ReplyState
    reply_by: date
    elsewhere: tuple[str, ...]
    may_confirm: bool
    may_dispute: bool
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class MyPayView:
    """A person's month; is_final False: what it would be now. net_fen: what is handed over, over all sites once the
    bureau told it. debts: in words. has_rates False: duties only, no pay is fixed. reply: None until the bureau told.
    """

    name: str
    month: str
    is_final: bool
    net_fen: int
    lines: tuple[MyPayLine, ...]
    debts: tuple[str, ...] = ()
    has_rates: bool = True
    reply: MyReply | None = None


@answers(StatementOf, title="打印补贴明细单", permission=Permission.REPORT)
def statement_of(look: Look, query: StatementOf) -> PayStatement:
    """The statement as it prints, which is on record. Raises Refused E861 when the person has no line in the month, E921."""
    pay = month_pay(look, Month.parse(query.month))
    own = _own(look, pay, query.person_id)
    if own is None:
        raise Refused("E861", f"这个人在{pay.month.words}没有值班补贴记录。", field="person_id")
    person = look.session.get(Person, own.person_id)
    look.disclose("补贴明细单", period=str(pay.month), rows=len(own.lines), subjects=(own.person_id,))
    standing = _standing(look, pay.month, query.person_id)
    is_below = standing is not None and not look.office.is_bureau
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
        dispute_by=standing.last.reply_by if standing else None,
        told=_told(standing.last) if standing and is_below else None,
        paid=tuple(_paid(one) for one in payments_of(look, pay.month, own.person_id)),
        reply=_reply_words(standing) if standing else "",
    )


def _told(row: PersonStatement) -> ToldElsewhere:
    return ToldElsewhere(row.payable_fen, elsewhere_sentences(row), tuple(row.debts))


def _paid(one: PaymentView) -> str:
    word = f"退回或冲销（{one.reason_code}）" if one.reverses else "发放"
    return f"{one.paid_on:%Y-%m-%d} {word} {yuan_text(abs(one.fen))} 元，凭证 {one.voucher}"


def _reply_words(standing: ReplyStanding) -> str:
    """How the person's word stands, for the paper; "" while it waits."""
    if not standing.rows:
        return "到期未答复，视为确认" if standing.state is ReplyState.silent else ""
    word = "提出异议" if standing.rows[-1].is_dispute else "确认无误"
    return f"本人 {local(standing.rows[-1].at):%Y-%m-%d %H:%M} {word}"


def elsewhere_sentences(row: PersonStatement) -> tuple[str, ...]:
    """What the other sites come to: `东郭镇 2 笔 600.00 元`."""
    return tuple(f"{one['name']} {one['lines']} 笔 {yuan_text(one['fen'])} 元" for one in row.elsewhere)


@answers(MyPay, permission=Permission.KIOSK)
def my_pay(look: Look, query: MyPay) -> MyPayView:
    """The person's own lines at the sites this office knows of, and what the bureau told of the others."""
    pay = month_pay(look, Month.parse(query.month))
    own, standing = _own(look, pay, query.person_id), _standing(look, pay.month, query.person_id)
    payable = own.payable_fen if own else 0
    debts = debt_sentences(own.carried) if own else ()
    return MyPayView(
        name=own.name if own else "",
        month=str(pay.month),
        is_final=pay.is_final,
        net_fen=standing.last.payable_fen if standing else payable,
        lines=tuple(_my_line(line) for line in (own.lines if own else ())),
        debts=tuple(standing.last.debts) if standing else debts,
        has_rates=pay.has_rates,
        reply=_my_reply(look, standing) if standing else None,
    )


def _my_line(line: LineView) -> MyPayLine:
    return MyPayLine(
        id=line.id or line.key,
        key=line.key,
        on=f"{line.on.month}月{line.on.day}日",
        site_name=line.site_name,
        kind=line.kind.value,
        net_fen=line.net_fen,
        explanation=line.explanation,
        reasons=tuple(reason for reason in line.reasons if reason != NO_RATES),
    )


def _my_reply(look: Look, standing: ReplyStanding) -> MyReply:
    told = answers_of(look, Month.parse(standing.last.month))
    answered = [told[row.id] for row in standing.rows if row.id in told]
    said = answered[-1] if answered else None
    return MyReply(
        state=standing.state,
        reply_by=standing.last.reply_by,
        elsewhere=elsewhere_sentences(standing.last),
        may_confirm=standing.may_confirm,
        may_dispute=standing.may_dispute,
        answer=f"异议{'成立' if said.is_upheld else '不成立'}：{said.reason or ''}" if said else "",
    )


def _standing(look: Look, month: Month, person_id: str) -> ReplyStanding | None:
    return standings(look, month).get(person_links(look).get(person_id, person_id))


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
