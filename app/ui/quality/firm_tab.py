"""The tab of firms: the accounts that their case subsidies go to, typed by one person and confirmed by another."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.kernel.permissions import Permission
from app.services.money.firm_accounts import (
    ConfirmFirmAccount,
    FirmAccounts,
    FirmAccountView,
    SetFirmAccount,
)
from app.services.security.reveal import REASONS, Reveal
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.widgets.button import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.reveal import RevealLine
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column


class FirmsTab(Tab):
    """Firms of the pool with their accounts, those that wait for a second person first."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _FIRMS, "承办单位账户", "人员库里还没有承办单位。")

    def load(self) -> None:
        self.page.ask(FirmAccounts(), self.table.set_rows, slot="firms")

    def show_detail(self, row: FirmAccountView) -> None:
        self.detail.begin(row.firm).facts(
            ("开户行", row.bank_name), ("状态", row.state or "没有账户"), ("登记", row.origin)
        )
        ask = partial(self._reveal, row) if row.id and self.page.desk.may(Permission.SEE_PAYEE) else None
        self.detail.add(RevealLine("银行账号", row.account, REASONS, ask))
        may_confirm = self.page.desk.may(Permission.CONFIRM_PAYEE) and row.state == "待复核"
        if may_confirm and row.is_mine:
            self.detail.note("这个账户由您登记，须另一人复核。")
        self.detail.end(
            *((Button("复核…", partial(self._confirm, row)),) if may_confirm and not row.is_mine else ()),
            *((Button("变更账户…", partial(self._change, row)),) if self._may_change() else ()),
        )

    def new_item(self) -> None:
        if self._may_change():
            self._open("登记承办单位账户", "", "")

    def _may_change(self) -> bool:
        return self.page.desk.may(Permission.CHANGE_PAYEE)

    def _reveal(self, row: FirmAccountView, why: str, show: Any) -> None:
        self.page.do(Reveal("firm_account", row.id, "bank_account", why), show)

    def _change(self, row: FirmAccountView) -> None:
        self._open(f"{row.firm} 的收款账户", row.firm, row.bank_name)

    def _open(self, title: str, firm: str, bank: str) -> None:
        form = SideForm(
            title,
            "保存账户",
            keys="Ctrl Return",
            note="单位全称要和案件上的一致。须由另一人复核后才能发放。两项都留空则去掉账户。",
        )
        form.form.add("firm", LineField("承办单位", is_required=True, max_length=100)).set_value(firm)
        form.form.add("bank_name", LineField("开户行")).set_value(bank)
        form.form.add("bank_account", LineField("银行账号"))
        form.form.add("reason", LineField("变更理由", is_required=True, max_length=40))
        self.open_form(form, lambda said: SetFirmAccount(**said), "已登记收款账户，待另一人复核")

    def _confirm(self, row: FirmAccountView) -> None:
        form = SideForm(
            f"复核 {row.firm} 的收款账户",
            "复核无误",
            keys="Ctrl Return",
            note="请对照单位提供的账户资料，填账号的后四位。登记账户的人不能自己复核。",
        )
        form.form.add("account_end", LineField("账号后四位", is_required=True, max_length=4))
        self.open_form(form, lambda said: ConfirmFirmAccount(row.firm, said["account_end"]), "已复核收款账户")


_FIRMS = (
    Column("firm", "承办单位", 0, "strong"),
    Column("bank_name", "开户行", 160),
    Column("account", "账号", 92),
    Column("state", "状态", 72, value=lambda row: row.state or "没有账户"),
)
