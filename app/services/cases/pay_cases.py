"""Pays a quarter's passed lines from one fund, whole or not at all (Y19 Y25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.case_values import CasePayState, Fund
from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.funds import CasePayment, CasePaymentItem, CaseSettlement, StoredCaseAdjustment
from app.quarters import Quarter
from app.rules.funds.final_lines import FinalBook, FinalLine
from app.rules.funds.ledger import may_pay
from app.rules.funds.shares import HandlerShare
from app.services.cases.examine_line import examiners_of
from app.services.cases.settle_cases import agency_only
from app.services.reading.case_lines import final_book
from app.services.reading.firm_accounts import firm_payees
from app.services.reading.funds import fund_ledger
from app.services.reading.incoming import refuse_incomplete
from app.text import clean, named_few
from app.values import LineOrigin, yuan_text

_OF_FUND = {Fund.special: "special_fen", Fund.lottery: "project_fen", Fund.foundation: "project_fen"}


@dataclass(frozen=True)
class PayCases:
    """What a final quarter owes from one fund was handed over on a date under a voucher number."""

    quarter: str
    fund: Fund
    paid_on: date
    voucher: str = field(metadata={"label": "凭证号"})

    def problems(self) -> Iterable[Problem]:
        """A voucher number."""
        if not clean(self.voucher):
            yield Problem("voucher", "请填写付款凭证号。", "E337")


@dataclass(frozen=True)
class DueItem:
    """What one line, or one adjustment, owes one payee from a fund, 分."""

    line_id: str
    number: str
    payee: str
    fen: int


@dataclass(frozen=True)
class CasesPaid:
    """What was paid, 分, to whom, and what should be looked at again."""

    id: str
    fen: int
    items: tuple[DueItem, ...]
    warnings: tuple[str, ...] = ()


@handles(PayCases, title="发放办案补贴", permission=Permission.PAY)
def pay_cases(work: Work, command: PayCases) -> CasesPaid:
    """The payment. Raises Refused E331, E337, E338 not final, E339 a day to come, E340 nothing due, E341 lines not
    passed, E342 the same hand, E343 the fund does not reach, E344 more comes back than is due,
    E398 a firm's account that nobody confirmed, E740 while a part of somebody's records is still to come."""
    agency_only(work)
    refuse_incomplete(work)
    quarter = Quarter.parse(command.quarter)
    book = final_book(work)
    if not book.is_final(quarter):
        raise Refused("E338", f"{quarter.words}还没有定稿，不能发放。请先定稿并审核。", field="quarter")
    if command.paid_on > local_date(work.now.at):
        raise Refused("E339", f"付款日期 {command.paid_on} 还没有到，请填实际付款的日期。", field="paid_on")
    _refuse_same_hand(work, quarter)
    items = due_items(work, book, quarter, command.fund)
    if not items:
        raise Refused("E340", f"{quarter.words}没有要从“{command.fund}”发放的了。", field="fund")
    _refuse_awaited(work, items)
    fen = sum(one.fen for one in items)
    if fen < 0:
        raise Refused(
            "E344",
            f"{quarter.words}从“{command.fund}”应收回的比应发的多 {yuan_text(-fen)} 元，请先收回。",
            field="fund",
        )
    verdict = may_pay(fund_ledger(work, command.fund), command.paid_on, fen)
    if verdict.refusal:
        raise Refused("E343", f"没有发放：{verdict.refusal}。", field="fund")
    row = _post(work, command, quarter, items, fen)
    return CasesPaid(row.id, fen, items, (verdict.warning,) if verdict.warning else ())


def _refuse_awaited(look: Look, items: Iterable[DueItem]) -> None:
    """Raises Refused E398 naming the firms whose account waits for a second person; one without account is paid otherwise."""
    held = firm_payees(look, {one.payee for one in items if one.fen > 0})
    awaited = sorted(firm for firm, one in held.items() if one.is_awaited)
    if awaited:
        raise Refused(
            "E398",
            f"{named_few(awaited, '家单位')}的收款账户还没有复核，不能发放。请由登记人以外的人复核。",
            field="fund",
        )


def due_items(look: Look, book: FinalBook, quarter: Quarter, fund: Fund) -> tuple[DueItem, ...]:
    """What the quarter still owes from the fund. Raises Refused E341 where a line of it waits for the bureau."""
    paid = set(
        look.session.execute(
            select(CasePaymentItem.line_id, CasePaymentItem.fund).where(CasePaymentItem.fund == fund.value)
        ).tuples()
    )
    owing = [one for one in book.lines if one.quarter == quarter and one.pay.burden_fen.get(fund)]
    waiting = [one.pay.number for one in owing if one.pay.state is CasePayState.listed]
    if waiting:
        raise Refused(
            "E341",
            f"还有 {len(waiting)} 件没有审核（如 {waiting[0]}），审核通过或退回以后再发放。",
            field="quarter",
        )
    good = [one for one in owing if one.pay.state in (CasePayState.examined, CasePayState.paid)]
    lines = [item for one in good if (one.id, fund.value) not in paid for item in _of_line(one, fund)]
    return (*lines, *_of_adjustments(look, book, quarter, fund, paid))


def _of_line(line: FinalLine, fund: Fund) -> Iterator[DueItem]:
    whole = line.pay.burden_fen.get(fund, 0)
    if fund in _OF_FUND and line.pay.shares:
        for share in line.pay.shares:
            if fen := getattr(share, _OF_FUND[fund]):
                yield DueItem(line.id, line.pay.number, payee_of(share), fen)
        return
    shared = [(share, share.business_fen) for share in line.pay.shares]
    rest = whole - sum(fen for _, fen in shared)
    for place, (share, fen) in enumerate(shared):
        total = fen + (rest if place == len(shared) - 1 else 0)
        if total:
            yield DueItem(line.id, line.pay.number, payee_of(share), total)


def payee_of(share: HandlerShare) -> str:
    """The firm it goes to, else the person (Y14)."""
    return share.firm or share.name


def _of_adjustments(
    look: Look, book: FinalBook, quarter: Quarter, fund: Fund, paid: set[tuple[str, str]]
) -> Iterator[DueItem]:
    """Adjustments of lines that were paid; what adjusts a line that never was needs no money."""
    lines = {one.id: one for one in book.lines}
    rows = look.session.scalars(
        select(StoredCaseAdjustment)
        .where(StoredCaseAdjustment.quarter == str(quarter), StoredCaseAdjustment.fund == fund.value)
        .order_by(StoredCaseAdjustment.id)
    )
    for row in rows:
        line = lines.get(row.adjusts)
        was_paid = (row.adjusts, fund.value) in paid
        is_reversal = row.origin == LineOrigin.reversal
        if line is None or (row.id, fund.value) in paid or not row.fen or (is_reversal and not was_paid):
            continue
        shares = line.pay.shares
        yield DueItem(row.id, row.number, payee_of(shares[-1]) if shares else "", row.fen)


def _post(
    work: Work, command: PayCases, quarter: Quarter, items: tuple[DueItem, ...], fen: int
) -> CasePayment:
    row: CasePayment = work.add(
        CasePayment(
            quarter=str(quarter),
            fund=command.fund.value,
            paid_on=command.paid_on,
            voucher=clean(command.voucher),
            fen=fen,
            cases=len({one.line_id for one in items}),
            made_by=work.actor.account,
            made_at=work.now.at,
        )
    )
    for one in items:
        work.add(
            CasePaymentItem(
                payment_id=row.id, line_id=one.line_id, fund=command.fund.value, fen=one.fen, payee=one.payee
            )
        )
    return row


def _refuse_same_hand(work: Work, quarter: Quarter) -> None:
    final_by = work.session.scalar(
        select(CaseSettlement.final_by).where(CaseSettlement.quarter == str(quarter))
    )
    if work.actor.account in {final_by, *examiners_of(work, quarter)}:
        raise Refused(
            "E342", "列报、审核和发放须是不同的人：这份清单是您定稿或审核的，请由财务人员用自己的账号发放。"
        )
