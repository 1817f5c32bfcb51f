"""The tab of accounts: add, roles, new password, disable."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLayout

from app.kernel.permissions import ROLE_PERMISSIONS
from app.services.security.account_names import LONGEST
from app.services.security.accounts import (
    Accounts,
    AccountView,
    AddAccount,
    DisableAccount,
    ResetPassword,
    SetRoles,
)
from app.services.security.key_state import KeyChange, KeyChangeState
from app.ui.page import PageView
from app.ui.settings.handover import HandingOver
from app.ui.tab import Tab
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import DANGER, Button
from app.ui.widgets.card import Card, column
from app.ui.widgets.choice import MultiChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.fields import LineField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import Role

_PASSWORD_NOTE = "密码至少 8 位，请混用字母、数字或符号。"


class AccountsTab(Tab):
    """Who may log in."""

    def __init__(self, page: PageView) -> None:
        self.key_banner = Banner()
        super().__init__(page, _COLUMNS, "账号", "还没有账号")
        self.confirm = ConfirmLine()

    def left(self) -> QLayout:
        """The table, and above it what waits: the change of the database key."""
        made = column(self.key_banner, Card(pad=1).add(self.table, stretch=1), spacing=12)
        made.setStretch(1, 1)
        return made

    def load(self) -> None:
        self.page.ask(Accounts(), self.table.set_rows)
        self.page.ask(KeyChange(), self._show_key)

    def _show_key(self, state: KeyChangeState) -> None:
        self.key_banner.setVisible(state.is_due)
        if state.is_due:
            self.key_banner.show_text(f"数据库密钥{state.words}", "due")

    def show_detail(self, row: AccountView) -> None:
        self.confirm = ConfirmLine()
        rights = {right.value for role in row.roles for right in ROLE_PERMISSIONS[Role(role)]}
        pane = self.detail.begin(row.display_name).add(self.confirm)
        pane.facts(("登录名", row.name), ("角色", "、".join(row.roles)), ("状态", *_state(row)[::-1]))
        pane.note("权限　" + "、".join(sorted(rights)))
        steps = [Button("更改角色", lambda: self._roles(row)), Button("重设密码", lambda: self._reset(row))]
        if row.is_active:
            steps.append(Button("交接…", HandingOver(self.page, row, self.open_form).ask))
            steps.append(Button("停用", lambda: self._ask_disable(row), kind=DANGER))
        pane.end(*steps)

    def new_item(self) -> None:
        form = SideForm("新增账号", "新增", note=_PASSWORD_NOTE, keys="Ctrl Return")
        form.form.add("name", LineField("登录名", is_required=True, max_length=LONGEST))
        form.form.add("display_name", LineField("姓名", is_required=True, max_length=LONGEST))
        form.form.add("roles", MultiChoiceField("角色", [role.value for role in Role], is_required=True))
        _add_password(form)
        form.form.set_values({"roles": (Role.clerk.value,)})
        self.open_form(form, _add, "已新增账号")

    def _roles(self, row: AccountView) -> None:
        form = SideForm(
            f"{row.display_name} 的角色",
            "保存",
            note="立即生效；左边的菜单下次登录时才变。",
            keys="Ctrl Return",
        )
        form.form.add(
            "roles", MultiChoiceField("角色", [role.value for role in Role], is_required=True)
        ).set_value(row.roles)
        self.open_form(form, lambda values: SetRoles(row.name, values["roles"]), "已更改角色")

    def _reset(self, row: AccountView) -> None:
        form = SideForm(f"{row.display_name} 的新密码", "重设密码", note=_PASSWORD_NOTE, keys="Ctrl Return")
        _add_password(form)
        self.open_form(form, lambda values: ResetPassword(row.name, values["password"]), "已重设密码")

    def _ask_disable(self, row: AccountView) -> None:
        self.confirm.ask(
            f"停用后“{row.name}”不能再登录，已打开的窗口也不能再用；操作记录都保留，重设密码即恢复。",
            "停用",
            lambda _reason: self.page.do(DisableAccount(row.name), lambda _: self._saved("已停用")),
            is_dangerous=True,
        )


class _SecondPassword(LineField):
    """The second typing of a password; differs from the first: a fault."""

    def __init__(self, first: LineField) -> None:
        super().__init__("再输一次", is_required=True, is_secret=True)
        self._first = first

    def own_fault(self) -> str:
        return "" if self.value() == self._first.value() else "两次输入不同，请重新输入"


def _add_password(form: SideForm) -> None:
    first = form.form.add("password", LineField("密码", is_required=True, is_secret=True))
    form.form.add("again", _SecondPassword(first))


def _add(values: dict[str, Any]) -> AddAccount:
    return AddAccount(values["name"], values["password"], values["roles"], values["display_name"])


def _state(row: AccountView) -> tuple[str, str]:
    return ("done", "可用") if row.is_active else ("none", "已停用")


_COLUMNS = (
    Column("name", "登录名", 150, "strong"),
    Column("display_name", "姓名", 150),
    Column("roles", "角色"),
    Column("state", "状态", 96, "tag", tag=_state),
)
