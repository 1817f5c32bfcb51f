"""Shows one person of the pay sheet: account, lines, debts, the person's own word, payments."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.money.debts import debt_sentences
from app.services.money.pay_sheet_view import Payee
from app.services.money.replies import DisputeView, PayReplyView, ReplyState
from app.services.reading.accounts import AWAITED
from app.ui.story_pane import line_day, money
from app.ui.theme import State
from app.ui.widgets.button import Button
from app.ui.widgets.card import column, row
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.text import label

REPLY_TONES = {
    ReplyState.waiting: State.INFO, ReplyState.confirmed: State.DONE, ReplyState.silent: State.DONE,
    ReplyState.overdue: State.DUE, ReplyState.disputed: State.FAULT, ReplyState.upheld: State.DONE,
    ReplyState.rejected: State.DONE,
}  # fmt: skip


def show_payee(pane: DetailPane, payee: Payee, account: QWidget | None) -> None:
    """All of one person but the actions; account: how the number is shown."""
    pane.begin(f"{payee.line.name}　{money(payee.line.payable_fen)} 元")
    pane.facts(("所属机构", payee.line.organisation), ("开户行", payee.line.bank or "未登记账户，请先补登"))
    if account is not None:
        pane.add(account)
    if payee.account_state == AWAITED:
        words = "账户待复核：请由登记人以外的人在“人员”里复核，复核前不能发放"
        pane.add(label(words, state="due", wraps=True))
    for line in payee.pay.lines:
        title = label(f"{line_day(line)} {line.site_name}", "strong")
        pane.add(row(title, None, label(money(line.net_fen), "strong")))
        if line.deductions or line.reasons:
            pane.add(label(line.explanation, "small2", wraps=True))
    for text in debt_sentences(payee.pay.carried):
        pane.add(label(text, "small2", state="fault", wraps=True))
    if payee.reply is not None:
        _show_reply(pane, payee.reply)
    for payment in payee.payments:
        words = "冲销" if payment.reverses else "发放"
        note = f"{payment.paid_on:%Y-%m-%d} {words} {payment.voucher}"
        amount = label(money(payment.fen), state="fault" if payment.fen < 0 else "")
        pane.add(row(label(note), None, amount))


def show_duties(pane: DetailPane, payee: Payee, statement: Button) -> None:
    """Without rates: the person's duties, no amounts."""
    pane.begin(payee.line.name).facts(("所属机构", payee.line.organisation))
    for line in payee.pay.lines:
        title = label(f"{line_day(line)} {line.site_name}", "strong")
        pane.add(row(title, None, label(line.kind.value)))
    pane.end(statement)


def dispute_words(one: DisputeView) -> str:
    """`5月10日：迟到早退记得不对`."""
    return f"{one.days or '全月'}：{one.reason}"


def _show_reply(pane: DetailPane, reply: PayReplyView) -> None:
    pane.facts(("本人答复", reply.state.value, REPLY_TONES[reply.state]))
    when = f"{reply.said_at:%Y-%m-%d %H:%M} 答复" if reply.said_at else f"请在 {reply.reply_by} 前答复"
    pane.add(label(when, "small2"))
    for one in reply.disputes:
        parts = [label(dispute_words(one), "strong", wraps=True)]
        if one.is_upheld is not None:
            word = ("成立，已调整" if one.is_adjusted else "成立") if one.is_upheld else "不成立"
            verdict = f"{word}：{one.answer}" + (f"（{one.answered_by}）" if one.answered_by else "")
            parts.append(label(verdict, "small2", wraps=True))
        pane.add(column(*parts, spacing=4))
