"""Gathers a month's pay person by person for the pay sheet that is signed for, and who holds it already (Y16–Y18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.clock import local
from app.documents.forms.duty_ledger import duty_ledger_sheet
from app.documents.forms.pay_sheet import Deducted, PaySheet, PaySheetLine, pay_sheet
from app.documents.render_file import WrittenFile, write_sheet
from app.kernel.dispatcher import Task
from app.kernel.handlers import answers, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_account, mask_id
from app.models.organisation import Person
from app.rules.pay.debts import sum_fen
from app.services.attendance.exceptions_list import ExceptionsList, exceptions_list
from app.services.money.batches import batch_views, batches_of, waiting_in_batches
from app.services.money.debts import debt_sentences
from app.services.money.duty_ledger import duty_ledger
from app.services.money.month_pay import MonthPay, PersonPay, month_pay
from app.services.money.pay_sheet_view import Payee, PaySheetView
from app.services.money.payments import PaymentView, payments_of, standing
from app.services.money.replies import PayReplyView, replies_of
from app.services.money.story import LineView
from app.services.reading.accounts import AWAITED, PayAccount, pay_accounts
from app.values import Month, SiteKind, yuan_text

_FOLDED = {"D4M": "D4"}
_AWAITED = "账户待复核，暂不发放"


@dataclass(frozen=True)
class PaySheetOf:
    """The pay sheet of a month (2022-05) for the screen; accounts are masked for everybody."""

    month: str


@dataclass(frozen=True)
class ExportPaySheet:
    """The pay sheet of a month (2022-05) as an .xlsx or .pdf file; provisional ones are marked 试算."""

    month: str
    out: Path


@dataclass(frozen=True)
class PrintPaySheet:
    """The pay sheet of a month (2022-05) as it is printed; accounts are whole only for those who pay."""

    month: str


@answers(PaySheetOf, permission=Permission.REPORT)
def pay_sheet_of(look: Look, query: PaySheetOf) -> PaySheetView:
    """The month's pay sheet, provisional until the final settlement (P26: showing it locks nothing)."""
    month = Month.parse(query.month)
    waiting = len(exceptions_list(look, ExceptionsList(month)))
    batches = batch_views(look, batches_of(look, month)) if look.office.is_bureau else ()
    return replace(sheet_view(look, month_pay(look, month)), waiting=waiting, batches=batches)


@performs(ExportPaySheet, title="导出发放表", permission=Permission.REPORT)
def export_pay_sheet(task: Task, request: ExportPaySheet) -> WrittenFile:
    """The file written; nothing is locked by it (P26), and it is on record. Raises Refused E921, E501 … E508."""
    with task.look() as look:
        found = _on_paper(look, request.month)
        sheet = duty_ledger_sheet(found.ledger) if found.ledger else pay_sheet(found.sheet)
    task.progress.step(1, 2, "正在写发放表")
    written = write_sheet(sheet, request.out)
    task.progress.step(2, 2, "已写好")
    return written


@performs(PrintPaySheet, title="打印发放表", permission=Permission.REPORT)
def print_pay_sheet(task: Task, request: PrintPaySheet) -> PaySheetView:
    """What is drawn for the preview and the printer; that is on record. Raises Refused E921."""
    with task.look() as look:
        return _on_paper(look, request.month)


def _on_paper(look: Look, month: str) -> PaySheetView:
    """The pay sheet that leaves the screen, with whole accounts for those who pay; a ledger of duties has none."""
    may_pay = look.actor.may(Permission.PAY)
    found = sheet_view(look, month_pay(look, Month.parse(month)), is_whole=may_pay)
    what = "值班台账" if found.ledger else "补贴发放表（含完整账号）" if may_pay else "补贴发放表"
    look.disclose(what, period=str(found.sheet.month), rows=len(found.sheet.lines))
    return found


def sheet_view(look: Look, pay: MonthPay, *, is_whole: bool = False) -> PaySheetView:
    """The pay sheet of a month's pay; accounts masked unless is_whole, which is for those who pay."""
    payments = payments_of(look, pay.month)
    accounts = pay_accounts(look, [one.person_id for one in pay.people])
    replies = {one.person_id: one for one in replies_of(look, pay.month)} if look.office.is_bureau else {}
    in_batches = waiting_in_batches(look, pay.month) if look.office.is_bureau else {}
    payees = tuple(
        replace(
            _payee(look, one, payments, accounts.get(one.person_id), pay, replies, is_whole=is_whole),
            waiting_fen=in_batches.get(one.person_id, 0),
        )
        for one in pay.people
    )
    rates = look.pack.rates
    basis = rates.clause("base") if rates else ""
    sheet = PaySheet(
        office=look.office.name,
        month=pay.month,
        lines=tuple(one.line for one in payees),
        basis=basis,
        is_final=pay.is_final,
        version=_version(pay),
        printed_at=local(look.now.at),
        validity=pay.validity_note,
    )
    ledger = None if pay.has_rates else duty_ledger(look, pay, sheet.version)
    return PaySheetView(sheet, payees, pay, ledger)


def _version(pay: MonthPay) -> str:
    if not pay.is_final:
        return "试算"
    return f"最终结算 {local(pay.final_at):%Y-%m-%d %H:%M}" if pay.final_at else "最终结算"


def _payee(
    look: Look,
    one: PersonPay,
    payments: Iterable[PaymentView],
    account: PayAccount | None,
    month: MonthPay,
    replies: Mapping[str, PayReplyView],
    *,
    is_whole: bool,
) -> Payee:
    own = tuple(payment for payment in payments if payment.person_id == one.person_id)
    paid = sum(payment.fen for payment in own)
    dates = "、".join(
        f"{p.paid_on:%Y-%m-%d} 付 {p.voucher}" for group in standing(own).values() for p in group
    )
    state = account.state if account and look.office.is_bureau else ""
    awaited = [_AWAITED] if state == AWAITED and one.net_fen > 0 else []
    dated = [dates] if dates else []
    reply = replies.get(one.person_id)
    held = [f"有异议待答复，暂不发放 {yuan_text(reply.held_fen)} 元"] if reply and reply.held_fen else []
    remarks = (*_remarks(one.lines), *awaited, *held, *debt_sentences(one.carried), *dated)
    is_handed_out = state != AWAITED and one.payable_fen > 0
    line = _line(look, one, account, remarks, month, is_whole=is_whole and is_handed_out)
    return Payee(
        id=one.person_id,
        account_row=account.source if account else "",
        account_state=state,
        line=line,
        pay=one,
        payments=own,
        paid_fen=paid,
        reply=reply,
    )


def _line(
    look: Look,
    one: PersonPay,
    account: PayAccount | None,
    remarks: tuple[str, ...],
    month: MonthPay,
    *,
    is_whole: bool,
) -> PaySheetLine:
    """An account that nobody confirmed, or that nothing is paid into, stays masked on paper too."""
    person = look.session.get(Person, one.person_id)
    settled = [line for line in one.lines if line.is_settled]
    paid = [line for line in settled if line.base_fen or not month.has_rates]
    number = account.number if account else ""
    return PaySheetLine(
        name=one.name,
        masked_id=mask_id(account.id_number if account else ""),
        organisation=person.organisation if person else "",
        bank=account.bank_name if account else "",
        account=number if is_whole else mask_account(number),
        centre_days=sum(line.site_kind is not SiteKind.station for line in paid),
        station_sessions=sum(line.site_kind is SiteKind.station for line in paid),
        base_fen=sum(line.base_fen for line in settled),
        net_fen=one.net_fen,
        deductions=_deducted(settled),
        adjust_fen=sum(line.net_fen for line in one.lines if not line.is_settled),
        recovered_fen=sum_fen(one.carried.taken),
        owed_fen=one.owed_fen,
        remarks=remarks,
    )


def _deducted(lines: Iterable[LineView]) -> tuple[tuple[str, Deducted], ...]:
    """Rule → how often and how much; the forfeited month stands with the absences it rests on, each counted once."""
    counts: dict[str, int] = {}
    sums: dict[str, int] = {}
    for line in lines:
        for one in line.deductions:
            rule = _FOLDED.get(one.rule, one.rule)
            sums[rule] = sums.get(rule, 0) + one.fen
            is_whole = one.rule in ("D4M", "D5")
            counts[rule] = (
                max(counts.get(rule, 0), one.count) if is_whole else counts.get(rule, 0) + one.count
            )
    return tuple((rule, Deducted(counts[rule], sums[rule])) for rule in sorted(sums))


def _remarks(lines: tuple[LineView, ...]) -> list[str]:
    paid = {line.unit for line in lines if line.base_fen}
    return list(dict.fromkeys(text for line in lines for text in _remark(line, line.unit in paid)))


def _remark(line: LineView, is_counted: bool) -> Iterator[str]:
    """Why a line pays nothing or another amount, in few words. is_counted: another duty of its unit carries the base."""
    when = f"{line.on.month}月{line.on.day}日"
    rules = {one.rule for one in line.deductions}
    if not line.is_settled:
        yield f"{when} {line.origin.value}"
    elif "D4M" in rules:
        yield "当月脱岗三次及以上，当月停发"
    elif "D5" in rules:
        yield f"{when} 不在岗或虚假值班，取消当天补贴"
    elif not line.base_fen and line.reasons and not is_counted:
        yield line.reasons[0] if line.is_public_servant else f"{when} {line.reasons[0]}"
