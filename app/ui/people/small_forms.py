"""The short forms about one person: leave, kiosk PIN, the account that pay goes to."""

from __future__ import annotations

from app.services.kiosk.set_pin import SetPin
from app.services.money.confirm_payee import ConfirmPayee
from app.services.people.card import PersonCardView
from app.services.people.leave import MORNING, PARTS, WHOLE, AddLeave, leave_times
from app.services.people.payee import SetPayee
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField
from app.ui.widgets.side_form import SideForm


class LeaveForm(SideForm):
    """First and last day of leave, halves possible."""

    def __init__(self, desk: Desk, card: PersonCardView) -> None:
        super().__init__(
            f"{card.name} 请假",
            "登记请假",
            columns=2,
            keys="Ctrl Return",
            note="请假期间排班会提示冲突；半天以中午 12 点为界。",
        )
        self._person_id = card.id
        self.form.add("first", DateField("从哪天", is_required=True, today=desk.today))
        self.form.add("first_part", ChoiceField("起", PARTS)).set_value(WHOLE)
        self.form.add("last", DateField("到哪天", hint="同一天可不填", today=desk.today))
        self.form.add("last_part", ChoiceField("止", (WHOLE, MORNING))).set_value(WHOLE)
        self.form.add("reason", LineField("事由", max_length=40), span=2)

    def submit(self) -> None:
        values = self.form.values()
        if self.form.check():
            if values["last"] and values["last"] < values["first"]:
                self.form.fields["last"].show_fault("结束日期早于开始日期，请核对")
                return
            self.saved.emit()

    def command(self) -> AddLeave:
        """The leave as typed."""
        values = self.form.values()
        starts, ends = leave_times(
            values["first"], values["last"], values["first_part"] or WHOLE, values["last_part"] or WHOLE
        )
        return AddLeave(self._person_id, starts, ends, values["reason"] or "")


class PinForm(SideForm):
    """A kiosk PIN typed twice, best by the person."""

    def __init__(self, card: PersonCardView) -> None:
        super().__init__(
            f"{card.name} 的签到密码",
            "设置密码",
            keys="Ctrl Return",
            note="请由本人输入 4 至 6 位数字，不要用相同或连续的数字。原密码随即作废，锁定随之解除。",
        )
        self._person_id = card.id
        self.form.add("pin", LineField("新密码", is_required=True, is_secret=True, max_length=6))
        self.form.add("again", LineField("再输一次", is_required=True, is_secret=True, max_length=6))

    def submit(self) -> None:
        if not self.form.check():
            return
        if self.form.values()["pin"] != self.form.values()["again"]:
            self.form.fields["again"].show_fault("两次输入不同，请重新输入")
            self.form.focus("again")
            return
        self.saved.emit()

    def command(self) -> SetPin:
        """The PIN as typed."""
        return SetPin(self._person_id, self.form.values()["pin"])


class PayeeForm(SideForm):
    """Bank and account, typed anew; both empty takes them away."""

    def __init__(self, card: PersonCardView) -> None:
        super().__init__(
            f"{card.name} 的收款账户",
            "保存账户",
            keys="Ctrl Return",
            note="变更留有记录，并须由另一人复核后才能发放。两项都留空则删去账户。",
        )
        self._person_id = card.id
        self.form.add("bank_name", LineField("开户行")).set_value(card.bank_name)
        self.form.add("bank_account", LineField("银行账号", hint=card.bank_account))
        self.form.add("reason", LineField("变更理由", is_required=True, max_length=40))

    def command(self) -> SetPayee:
        """The account as typed."""
        values = self.form.values()
        return SetPayee(self._person_id, values["bank_name"], values["bank_account"], values["reason"])


class ConfirmPayeeForm(SideForm):
    """A second person's word on the account, after a look at the person's own paper."""

    def __init__(self, card: PersonCardView) -> None:
        super().__init__(
            f"复核 {card.name} 的收款账户",
            "复核无误",
            keys="Ctrl Return",
            note="请对照本人提供的银行卡或账户资料，填账号的后四位。登记账户的人不能自己复核。",
        )
        self._person_id = card.id
        self.form.add("account_end", LineField("账号后四位", is_required=True, max_length=4))

    def command(self) -> ConfirmPayee:
        """The word as given."""
        return ConfirmPayee(self._person_id, account_end=self.form.values()["account_end"])
