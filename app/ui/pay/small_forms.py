"""The small forms of money: another amount for a line, a batch, its return, its payment, a reversal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.services.money.adjust_line import AdjustLine
from app.services.money.batches import PayBatchView
from app.services.money.check_batch import CheckBatch
from app.services.money.make_batch import MakeBatch
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet_view import Payee, PaySheetView
from app.services.money.reverse_payment import REVERSAL_REASONS, ReversePayment
from app.services.money.review_sheet import REASONS, ReviewLine
from app.services.reading.accounts import AWAITED
from app.ui.story_pane import line_day, money
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, MoneyField, ShownField, TickField
from app.ui.widgets.side_form import SideForm


class AdjustForm(SideForm):
    """Another amount for a line; the original stays on the sheet."""

    def __init__(self, month: str, found: ReviewLine) -> None:
        super().__init__(
            f"调整 {line_day(found.line)} {found.line.name}",
            "保存调整",
            keys="Ctrl Return",
            note="原来的一行保留不变，另记一行差额，本人和站点都能看到原因。",
        )
        self._month, self._key = month, found.line.key
        self.form.put(ShownField("原金额", f"{money(found.now_fen)} 元"))
        self.form.add("new_fen", MoneyField("调整后金额", is_required=True))
        self.form.add("code", ChoiceField("原因", REASONS, is_required=True))
        self.form.add("note", LineField("说明", hint="原因选“其他”时必填"))

    def command(self) -> AdjustLine:
        """The adjustment as typed."""
        typed = self.form.values()
        return AdjustLine(self._month, self._key, typed["new_fen"], typed["code"] or "", typed["note"])


class BatchForm(SideForm):
    """A batch of everybody due whose account is confirmed, or of all."""

    def __init__(self, found: PaySheetView) -> None:
        due = [one for one in found.payees if one.ready_fen]
        self._ready = tuple(one.id for one in due if one.account_state != AWAITED)
        awaited = len(due) - len(self._ready)
        cash = sum(not one.line.account for one in due)
        super().__init__(
            "制作发放批次",
            "制单",
            keys="Ctrl Return",
            note="收款账户按已复核的写定。制单以后由另一人复核，再由第三人登记发放。",
        )
        self._month = str(found.sheet.month)
        total = sum(one.ready_fen for one in due)
        self.form.put(ShownField("待发放", f"{len(due)} 人，{money(total)} 元"))
        if awaited and self._ready:
            words = f"其中 {awaited} 人账户待复核，先发放其他人"
            self.form.add("is_partial", TickField(words)).set_value(True)
        if cash:
            hint = f"{cash} 人没有收款账户，如 外地律师，尚未开户"
            self.form.add("cash_reason", LineField("发现金的理由", is_required=True, hint=hint))

    def command(self) -> MakeBatch:
        """The batch as typed."""
        typed = self.form.values()
        people = self._ready if typed.get("is_partial") else ()
        return MakeBatch(self._month, people, cash_reason=typed.get("cash_reason", ""))


class BatchReturnForm(SideForm):
    """A batch goes back to its maker."""

    def __init__(self, batch: PayBatchView) -> None:
        super().__init__(
            f"退回{batch.title}", "退回", keys="Ctrl Return", note="退回以后，里面的人重新列入下一批。"
        )
        self._batch = batch.id
        self.form.add("reason", LineField("理由", is_required=True, hint="如 张三的账号与本人资料不符"))

    def command(self) -> CheckBatch:
        """The return as typed."""
        return CheckBatch(self._batch, False, self.form.values()["reason"])


class PayForm(SideForm):
    """A checked batch was handed over on a date under a voucher."""

    def __init__(self, batch: PayBatchView, today: Callable[[], date]) -> None:
        super().__init__(
            "登记发放",
            "登记发放",
            keys="Ctrl Return",
            note="同一人不会重复入账；付错或退回的用“冲销”，记录不删除。",
        )
        self._batch = batch
        cash = f"，其中现金 {money(batch.cash_fen)} 元" if batch.cash_fen else ""
        self.form.put(ShownField(batch.title, f"{len(batch.items)} 人，{money(batch.total_fen)} 元{cash}"))
        self.form.add("paid_on", DateField("付款日期", today=today, is_required=True)).set_value(today())
        self.form.add("voucher", LineField("凭证号", is_required=True, hint="如 记-2022-06-015"))
        self.form.add("confirmed", LineField("恢复后核对情况", hint="只在恢复备份以后、程序要求时填写"))

    def command(self) -> PayMonth:
        """The payment as typed."""
        typed = self.form.values()
        return PayMonth(
            str(self._batch.month), typed["paid_on"], typed["voucher"], self._batch.id, typed["confirmed"]
        )


class ReverseForm(SideForm):
    """A payment came back or was wrong."""

    def __init__(self, month: str, payee: Payee) -> None:
        super().__init__(
            f"冲销 {payee.line.name} 的发放",
            "冲销",
            keys="Ctrl Return",
            note="冲销另记一笔负数，原付款记录保留；冲销后可重新发放。",
        )
        self._month, self._person = month, payee.id
        self.form.put(ShownField("已付", f"{money(payee.paid_fen)} 元"))
        self.form.add("code", ChoiceField("原因", REVERSAL_REASONS, is_required=True))
        self.form.add("note", LineField("说明", hint="原因选“其他”时必填"))

    def command(self) -> ReversePayment:
        """The reversal as typed."""
        typed = self.form.values()
        return ReversePayment(self._month, self._person, typed["code"] or "", typed["note"])
