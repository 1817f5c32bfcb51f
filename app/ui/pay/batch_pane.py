"""Shows the payment batches of a month beside the sheet, each with the step that the clerk may take (Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from app.documents.forms.pay_batch import BatchPaper
from app.kernel.permissions import Permission
from app.services.money.batch_papers import BankListFile, ExportBankList, PrintBatch
from app.services.money.batches import BatchState, PayBatchView
from app.services.money.check_batch import CheckBatch
from app.ui.files import show_pdf
from app.ui.pay.small_forms import BatchReturnForm, PayForm
from app.ui.saving import save_as
from app.ui.side_page import SidePage
from app.ui.story_pane import money
from app.ui.theme import State
from app.ui.widgets.button import PLAIN, PRIMARY, Button
from app.ui.widgets.card import row
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.text import label

TONES = {
    BatchState.made: State.DUE, BatchState.checked: State.DUE, BatchState.returned: State.FAULT,
    BatchState.paid: State.DONE,
}  # fmt: skip
SHEET = "Excel 工作簿 (*.xlsx)"


class BatchWork:
    """The batches of the month a page shows, and the steps taken with them."""

    def __init__(self, page: SidePage, pane: DetailPane) -> None:
        self._page, self._pane = page, pane
        self.may = page.desk.may

    def show(self, batches: Iterable[PayBatchView]) -> None:
        """The batches, those that wait first."""
        self._page.side.close_form()
        self._pane.begin("发放批次")
        for one in sorted(batches, key=lambda one: (not one.state.is_open, one.number)):
            _show_batch(self._pane, one)
            for line in _rows(_buttons(one, self)):
                self._pane.add(row(*line, None))
        self._pane.end()

    def check(self, batch: PayBatchView) -> None:
        """Say that the batch is right."""
        self._page.do(CheckBatch(batch.id, True), lambda _id: self._page.done("已复核，请第三人登记发放"))

    def send_back(self, batch: PayBatchView) -> None:
        """Ask for the reason, then send it back."""
        form = BatchReturnForm(batch)
        self._page.fill_in(form, form.command, "已退回，重新制单")

    def pay(self, batch: PayBatchView) -> None:
        """Ask for date and voucher, then record the payment."""
        form = PayForm(batch, self._page.desk.today)
        self._page.fill_in(form, form.command, "已登记发放")

    def bank(self, batch: PayBatchView) -> None:
        """Write what the bank takes, and tell what it must come to."""
        page = self._page
        save_as(
            page,
            f"代发清单-{batch.month}-{batch.number}.xlsx",
            SHEET,
            lambda path, failed: page.desk.runner.do(
                ExportBankList(batch.id, path), self._written, failed, title="正在导出"
            ),
        )

    def paper(self, batch: PayBatchView) -> None:
        """Show the sheet that three hands sign."""
        self._page.ask(PrintBatch(batch.id), self._draw)

    def _written(self, made: BankListFile) -> None:
        self._page.head.show_banner(
            f"代发清单已导出：{made.transfers} 笔，{money(made.total_fen)} 元，校验码 {made.check_code}。"
            "交银行前请核对笔数和金额。",
            "done",
        )

    def _draw(self, data: BatchPaper) -> None:
        show_pdf(self._page, "pay_batch", data, f"发放批次表-{data.month}-{data.number}.pdf")


def _show_batch(pane: DetailPane, one: PayBatchView) -> None:
    cash = f"，现金 {money(one.cash_fen)} 元" if one.cash_fen else ""
    title = f"第 {one.number} 批　{len(one.items)} 人 {money(one.total_fen)} 元{cash}"
    pane.add(label(title, "strong", wraps=True))
    roles = (("制单", one.maker), ("复核", one.checker), ("付款", one.payer))
    hands = "，".join(f"{role} {who}" for role, who in roles if who)
    pane.facts(("状态", one.state.value, TONES[one.state]), ("经手", hands))
    if one.paid_on:
        pane.facts(("凭证", f"{one.paid_on:%Y-%m-%d} {one.voucher}"))
    if one.reason:
        pane.add(label(f"退回理由：{one.reason}", "small2", wraps=True))
    for item in one.items:
        if item.notes:
            words = f"{item.name} {money(item.fen)} 元：{'；'.join(item.notes)}"
            pane.add(label(words, "small2", state="due", wraps=True))
    if waits := _waits_for(one):
        pane.add(label(waits, "small2", wraps=True))


def _buttons(one: PayBatchView, work: BatchWork) -> list[Button]:
    made = []
    if one.state is BatchState.made and work.may(Permission.REVIEW_MONTH) and not one.is_mine:
        made.append(Button("复核通过", partial(work.check, one), kind=PRIMARY))
    if one.state is BatchState.checked and work.may(Permission.PAY) and not one.is_mine:
        made.append(Button("登记发放", partial(work.pay, one), kind=PRIMARY))
    if one.state.is_open and work.may(Permission.REVIEW_MONTH):
        made.append(Button("退回", partial(work.send_back, one), kind=PLAIN))
    if one.state in (BatchState.checked, BatchState.paid) and work.may(Permission.PAY):
        made.append(Button("代发清单", partial(work.bank, one), icon="download"))
    made.append(Button("批次表", partial(work.paper, one), icon="print"))
    return made


def _rows(buttons: list[Button], width: int = 2) -> list[list[Button]]:
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def _waits_for(one: PayBatchView) -> str:
    """Whose hand is asked for, where it is not the reader's."""
    if one.state is BatchState.made and one.is_mine:
        return "由您制单，请另一人复核。"
    if one.state is BatchState.checked and one.is_mine:
        return "您已经手，请第三人登记发放。"
    return ""
