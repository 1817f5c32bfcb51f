"""Settles a month finally, shows the pay sheet, records that it was paid, and reverses what came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from app.documents.forms.circular import Circular
from app.kernel.permissions import Permission
from app.services.money.circulars import CircularDrafts
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf, PrintPaySheet
from app.services.money.pay_sheet_view import Payee, PaySheetView
from app.services.money.replies import DisputeView
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import StatementOf
from app.services.security.reveal import REASONS, Reveal, right_to_see
from app.ui.desk import Desk
from app.ui.files import save_sheet, show_pdf
from app.ui.month_choice import closing_month, month_text, parse_month
from app.ui.page import BUREAUS, Action, Page
from app.ui.pay.batch_pane import BatchWork
from app.ui.pay.pay_table import hidden_columns, pay_table, pay_totals
from app.ui.pay.payee_pane import dispute_words, show_duties, show_payee
from app.ui.pay.reply_forms import DisputeAnswerForm, ReplyForm
from app.ui.pay.small_forms import BatchForm, ReverseForm
from app.ui.side_page import SidePage
from app.ui.story_pane import money
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import DANGER, Button, link
from app.ui.widgets.card import Card, column, columns
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.reveal import RevealLine, Shown
from app.ui.widgets.text import label


class PayPage(SidePage):
    """People of the month on the left, one person's lines and payments on the right."""

    help_key = "pay"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "补贴发放")
        self.found: PaySheetView | None = None

    def build(self) -> Iterator[None]:
        self.month = MonthPicker(self.desk.today())
        self.month.set_value(closing_month(self.desk.today()))
        self.month.picked.connect(lambda *_: self.refresh())
        self.circulars = Button("通报草稿", self.show_circulars)
        self.disputes = Button("异议", self.show_disputes)
        self.batches = Button("批次", self.show_batches)
        self.head.filters(self.month, self.circulars, self.batches, self.disputes)
        self.preview = self.head.action("预览发放表", self.print_item, icon="print", keys="Ctrl P")
        self.head.action("导出", self.export, icon="download")
        self.main = self.head.primary("最终结算", self.go_on, keys="Ctrl Return")
        yield
        self.validity, self.confirm = Banner(), ConfirmLine()
        self.body.addWidget(self.validity)
        self.body.addWidget(self.confirm)
        yield
        self.table = pay_table()
        self.table.selected.connect(self._show_payee)
        yield
        self.detail = DetailPane("选中一人，这里显示各班次和付款")
        self.batch_work = BatchWork(self, self.detail)
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (self.hold(self.detail), 372)), 1
        )

    # hooks

    def refresh(self) -> None:
        self.ask(PaySheetOf(self._month_text()), self._fill)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("month"):
            self.month.set_value(parse_month(str(wanted["month"])))

    def focus_first(self) -> None:
        self.table.setFocus()

    def print_item(self) -> None:
        if self.found is not None:
            self.do(PrintPaySheet(self._month_text()), self._print_sheet)

    def _print_sheet(self, found: PaySheetView) -> None:
        if found.ledger is not None:
            show_pdf(self, "duty_ledger", found.ledger, f"值班台账-{found.sheet.month}.pdf")
        else:
            show_pdf(self, "pay_sheet", found.sheet, f"补贴发放表-{found.sheet.month}.pdf")

    def save_item(self) -> None:
        if not self.side.submit_form():
            self.go_on()

    def go_back(self) -> bool:
        was_open = self.side.form is not None or self.confirm.isVisible()
        self.confirm.close_line()
        self.side.close_form()
        return was_open

    def steps(self) -> list[Action]:
        return [Action("预览发放表", self.print_item, "Ctrl P"), Action("导出发放表", self.export)]

    # what was asked for

    def _fill(self, found: PaySheetView) -> None:
        self.found = found
        kind = "值班台账" if found.ledger else "补贴发放"
        self.head.set_title(f"{found.sheet.month.year}年{found.sheet.month.month}月{kind}")
        self.table.hide_columns(hidden_columns(found))
        self.preview.set_text("预览值班台账" if found.ledger else "预览发放表")
        self.table.set_total(pay_totals(found))
        self.table.set_rows(found.payees)
        self.circulars.setVisible(bool(found.pay.circulars))
        self.circulars.set_text(f"通报草稿 {len(found.pay.circulars)} 份")
        self.batches.setVisible(bool(found.batches))
        self.batches.set_text(f"批次 {len(found.batches)} 个")
        self.disputes.setVisible(bool(found.disputes))
        self.disputes.set_text(f"异议 {len(found.disputes)} 条")
        self._show_state(found)
        self.validity.show_text(f"{found.pay.validity_note}。", "due")
        self.validity.setVisible(bool(found.pay.validity_note))

    def _show_state(self, found: PaySheetView) -> None:
        is_final = found.sheet.is_final
        state = "最终结算，已锁定" if is_final else "试算，未锁定"
        if found.ledger is not None:
            duties = f"{len(found.payees)} 人 {len(found.ledger.lines)} 次值班"
            self.head.set_lead(f"{state} · {duties} · {found.ledger.remark}")
            self.main.set_text("最终结算")
            self.main.setEnabled(not is_final and self.desk.may(Permission.SETTLE))
            return
        rest = (
            f"待发放 {money(found.due_fen)} 元"
            + (f" · 有异议暂不发 {money(found.held_fen)} 元" if found.held_fen else "")
            + (f" · 应收回 {money(found.owed_fen)} 元" if found.owed_fen else "")
            if is_final
            else f"{len(found.pay.unapproved)} 个单位未通过审核"
        )
        self.head.set_lead(f"{state} · {len(found.payees)} 人 {money(found.sheet.total_fen)} 元 · {rest}")
        waits = any(one.state.is_open for one in found.batches)
        is_due = any(one.ready_fen for one in found.payees) if is_final else True
        self.main.set_text("办理批次" if waits else "制单" if is_final else "最终结算")
        self.main.setEnabled(waits or (self.desk.may(Permission.SETTLE) and is_due))

    def _show_payee(self, payee: Payee | None) -> None:
        if payee is None:
            self.detail.show_nothing()
            return
        if self.found is not None and self.found.ledger is not None:
            show_duties(self.detail, payee, self._statement_button(payee))
            return
        show_payee(self.detail, payee, self._account_line(payee) if payee.line.account else None)
        self.detail.end(*self._actions(payee))

    def _account_line(self, payee: Payee) -> RevealLine:
        """The account masked; who sees it whole is on record."""

        def ask(why: str, show: Shown) -> None:
            self.do(Reveal("person_private", payee.account_row, "bank_account", why), show)

        may = self.desk.may(right_to_see("person_private", "bank_account"))
        return RevealLine("收款账户", payee.line.account, REASONS, ask if may else None)

    def _actions(self, payee: Payee) -> list[Button]:
        made = [self._statement_button(payee)]
        if payee.reply is not None:
            waiting = [one for one in payee.reply.disputes if one.is_open]
            if waiting and self.desk.may(Permission.REVIEW_MONTH):
                made.append(Button("答复异议", lambda: self._answer(payee, waiting[0])))
            elif payee.reply.state.is_open and self.desk.may(Permission.RECORD_ATTENDANCE):
                made.append(Button("登记答复", lambda: self._reply(payee)))
        if payee.paid_fen and self.desk.may(Permission.PAY):
            made.append(Button("冲销", lambda: self._reverse(payee), kind=DANGER))
        return made

    def _statement_button(self, payee: Payee) -> Button:
        return Button("明细单", lambda: self._print_statement(payee), icon="print")

    def _reply(self, payee: Payee) -> None:
        form = ReplyForm(self._month_text(), payee)
        self.fill_in(form, form.command, "已登记本人答复")

    def _answer(self, payee: Payee, dispute: DisputeView) -> None:
        form = DisputeAnswerForm(payee, dispute)
        self.fill_in(form, form.command, "已答复，本人在签到台可以看到")

    def _reverse(self, payee: Payee) -> None:
        form = ReverseForm(self._month_text(), payee)
        self.fill_in(form, form.command, "已冲销，可重新发放")

    # steps

    def go_on(self) -> None:
        """Settle finally, or record the payment once the month is settled."""
        found = self.found
        if found is None or not self.main.isEnabled():
            return
        if any(one.state.is_open for one in found.batches):
            self.show_batches()
            return
        if found.sheet.is_final:
            form = BatchForm(found)
            self.fill_in(form, form.command, "已制单，请另一人复核")
            return
        waits = [
            f"{len(found.pay.unapproved)} 个单位的月报未通过审核" if found.pay.unapproved else "",
            f"{found.waiting} 条异常待处理" if found.waiting else "",
        ]
        what = "、".join(filter(None, waits))
        sum_words = f"，共 {money(found.sheet.total_fen)} 元" if found.ledger is None else ""
        outside = f"{found.pay.outside}。" if found.pay.outside else ""
        self.confirm.ask(
            outside
            + f"最终结算后{found.sheet.month.words}锁定{sum_words}。"
            + (f"现有{what}，将按现状结算；" if what else "")
            + "以后的证据和调整计入下一次结算。",
            "最终结算",
            lambda reason: self.do(
                SettleFinal(self._month_text(), reason), lambda _made: self.done("已最终结算并锁定")
            ),
            needs_reason=bool(outside),
        )

    def export(self) -> None:
        """Write the pay sheet to a file."""
        name = "值班台账" if self.found is not None and self.found.ledger is not None else "补贴发放表"
        save_sheet(
            self, f"{name}-{self._month_text()}.xlsx", lambda out: ExportPaySheet(self._month_text(), out)
        )

    def show_batches(self) -> None:
        """The month's batches, each with its next step."""
        self.batch_work.show(self.found.batches if self.found else ())

    def show_disputes(self) -> None:
        """Whose disputes wait for an answer."""
        self.detail.begin("待答复的异议")
        for payee in self.found.payees if self.found else ():
            for one in payee.reply.disputes if payee.reply else ():
                if one.is_open:
                    self.detail.add(
                        column(
                            label(f"{payee.line.name}　暂不发放 {money(payee.held_fen)} 元", "strong"),
                            label(dispute_words(one), "small2", wraps=True),
                            link("答复", partial(self._answer, payee, one), is_flush=True),
                            spacing=4,
                        )
                    )
        self.detail.end()

    def show_circulars(self) -> None:
        """The drafts of circulated notices, each to be seen and printed."""
        self.ask(CircularDrafts(self._month_text()), self._list_circulars)

    def _list_circulars(self, drafts: Iterable[Circular]) -> None:
        self.detail.begin("通报批评草稿")
        for one in drafts:
            words = f"{one.on.month}月{one.on.day}日 {one.person} {one.result}"
            self.detail.add(
                column(
                    label(words, "strong"),
                    label(one.site, "small2"),
                    link("预览", partial(self._show_circular, one), is_flush=True),
                    spacing=4,
                )
            )
        self.detail.note("草稿由核实属实的抽查生成，文号和日期由司法局填写后印发。").end()

    def _show_circular(self, draft: Circular) -> None:
        show_pdf(self, "circular", draft, f"通报-{draft.on}.pdf")

    def _print_statement(self, payee: Payee) -> None:
        self.ask(
            StatementOf(self._month_text(), payee.id),
            lambda data: show_pdf(self, "pay_statement", data, f"补贴明细单-{self._month_text()}.pdf"),
        )

    def _month_text(self) -> str:
        return month_text(self.month.value())


PAGE = Page(
    "pay",
    "补贴发放",
    "funds",
    PayPage,
    group=1,
    order=1,
    permission=Permission.REPORT,
    levels=BUREAUS,
)
