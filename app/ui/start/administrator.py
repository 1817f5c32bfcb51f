"""The step that asks for the first administrator, the same for a bureau and a station."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.security.account_names import LONGEST
from app.ui.start.password import NewPassword
from app.ui.theme import px
from app.ui.widgets.card import column, row
from app.ui.widgets.fields import LineField


class AdministratorPage(QWidget):
    """Login name, the name shown, and the password twice. entered: Enter in the last field."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = LineField("登录名", is_required=True, hint="如 姓名拼音或 admin", max_length=LONGEST)
        self.title = LineField("显示姓名", hint="在窗口和记录里显示，可与登录名相同", max_length=LONGEST)
        self.password = NewPassword()
        for field, after in ((self.name, self.title), (self.title, self.password.first)):
            field.entered.connect(after.setFocus)
        self.password.entered.connect(self.entered)
        holder = QWidget()
        holder.setLayout(column(self.name, self.title, self.password, spacing=12))
        holder.setFixedWidth(px(420))
        self.setLayout(column(row(holder, None), None))

    def check(self) -> bool:
        """Show what is missing or wrong; True if nothing."""
        self.name.show_fault("" if self.name.value() else "请填写登录名")
        if self.name.fault():
            self.name.setFocus()
            return False
        return self.password.check()
