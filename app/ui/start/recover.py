"""Sets a new password by the printed recovery code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kernel.slots import KeySlots, normal_recovery_code
from app.ui.errors import Said
from app.ui.start.context import Start
from app.ui.start.password import NewPassword
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label

GROUPS, GROUP = 8, 4


class RecoverView(QWidget):
    """opened(office, actor): the password is set and the person is in. left: back to the login."""

    opened = Signal(object, object)
    left = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        names = KeySlots(start.data.keys).names()
        self.code = LineField("恢复码", is_required=True, hint="8 组，每组 4 位，大小写、空格和横线都可以")
        self.count = label("", "small")
        self.account = ChoiceField("登录名", names, is_required=True)
        self.account.set_value(names[0] if len(names) == 1 else None)
        self.password = NewPassword()
        self.banner = Banner()
        self.go = Button("设置新密码并登录", self.try_now, kind=PRIMARY)
        self._build()
        self.code.changed.connect(self._tidy)
        self.code.entered.connect(self.account.setFocus)
        self.account.entered.connect(self.password.first.setFocus)
        self.password.entered.connect(self.try_now)

    def focus_first(self) -> None:
        """The code."""
        self.code.setFocus()

    def try_now(self) -> None:
        """Check the code and set the password, away from the GUI thread."""
        if not self.go.isEnabled() or not self._is_complete():
            return
        code, name, password = self.code.value(), self.account.value(), self.password.value()
        self.go.setEnabled(False)
        self.banner.hide()
        self._start.work(lambda: self._reset(code, name, password), self._in, self._refused, self)

    def _reset(self, code: str, name: str, password: str) -> tuple[Any, Any]:
        from app.services.office.reset_with_recovery import reset_with_recovery

        return reset_with_recovery(self._start.data, code, name, password, self._start.clock)

    def _in(self, found: tuple[Any, Any]) -> None:
        self.go.setEnabled(True)
        self.password.clear()
        self.code.set_value("")
        self.opened.emit(*found)

    def _refused(self, said: Said) -> None:
        self.go.setEnabled(True)
        self.banner.show_text(str(said), "fault")
        self.code.setFocus()

    def _is_complete(self) -> bool:
        whole = len(self.code.value().replace("-", "")) == GROUPS * GROUP
        self.code.show_fault("" if whole else f"恢复码共 {GROUPS} 组、每组 {GROUP} 位，请对照打印件输完")
        self.account.show_fault("" if self.account.value() else "请选择要重设密码的登录名")
        for field in (self.code, self.account):
            if field.fault():
                field.setFocus()
                return False
        return self.password.check()

    def _tidy(self) -> None:
        """Put what is typed into groups of four and count them."""
        line = self.code.line
        if line.cursorPosition() == len(line.text()):
            line.setText(normal_recovery_code(line.text()))
        signs = len(self.code.value().replace("-", ""))
        self.count.setText(f"已输入 {signs} / {GROUPS * GROUP} 位" if signs else "")

    def _build(self) -> None:
        card = Card(pad=24, spacing=12)
        card.setFixedWidth(px(520))
        card.add(
            label("用恢复码重设密码", "title"),
            label(
                "恢复码印在建立办公点时的保管单上。核对正确后，为一个账号设置新密码；数据不受影响。",
                "muted",
                wraps=True,
            ),
            self.code,
            self.count,
            self.account,
            self.password,
            self.banner,
        )
        card.add(row(Button("返回登录", self.left.emit, keys="Esc"), None, self.go))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(row(None, card, None))
        outer.addStretch(1)
