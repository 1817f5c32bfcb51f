"""The small forms of money: another amount for a line, a payment, a reversal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.services.money.adjust_line import AdjustLine
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import Payee, PaySheetView
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


class PayForm(SideForm):
    """The pay was handed over on a date under a voucher."""

    def __init__(self, found: PaySheetView, today: Callable[[], date]) -> None:
        due = [one for one in found.payees if one.due_fen]
        self._ready = tuple(one.id for one in due if one.account_state != AWAITED)
        awaited = len(due) - len(self._ready)
        super().__init__(
            "登记发放",
            "登记发放",
            keys="Ctrl Return",
            note="同一人不会重复入账；付错或退回的用“冲销”，记录不删除。",
        )
        self._month = str(found.sheet.month)
        self.form.put(ShownField("待发放", f"{len(due)} 人，{money(found.due_fen)} 元"))
        if awaited and self._ready:
            words = f"其中 {awaited} 人账户待复核，先发放其他人"
            self.form.add("is_partial", TickField(words)).set_value(True)
        self.form.add("paid_on", DateField("付款日期", today=today, is_required=True)).set_value(today())
        self.form.add("voucher", LineField("凭证号", is_required=True, hint="如 记-2022-06-015"))
        self.form.add("confirmed", LineField("恢复后核对情况", hint="只在恢复备份以后、程序要求时填写"))

    def command(self) -> PayMonth:
        """The payment as typed."""
        typed = self.form.values()
        people = self._ready if typed.get("is_partial") else ()
        return PayMonth(self._month, typed["paid_on"], typed["voucher"], people, confirmed=typed["confirmed"])


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
