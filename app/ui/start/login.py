"""Login: who it is and the password; says until when a lock-out lasts and leads to the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.kernel.logins import LoginFile
from app.kernel.slots import KeySlots
from app.ui import icons
from app.ui.errors import Said
from app.ui.start.caps import with_caps_hint
from app.ui.start.context import Start
from app.ui.theme import colours, px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button, link
from app.ui.widgets.card import Card, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label

Opened = Callable[[Any, Any], None]


class LoginView(QWidget):
    """opened(office, actor): logged in. forgot: the recovery code is wanted."""

    opened = Signal(object, object)
    forgot = Signal()

    def __init__(
        self, start: Start, *, title: str = "登录", words: str = "登录", site: str = "", last: str = ""
    ) -> None:
        super().__init__()
        self._start = start
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        names = KeySlots(start.data.keys).names()
        self.account = ChoiceField("登录名", names, is_required=True)
        self.account.set_value(last if last in names else names[0] if len(names) == 1 else None)
        self.password = LineField("密码", is_secret=True, is_required=True)
        self.banner = Banner()
        self.go = Button(words, self.try_now, kind=PRIMARY)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._show_lock)
        self._build(title, site, has_choice=len(names) > 1)
        self.account.entered.connect(self.password.setFocus)
        self.account.changed.connect(self._show_lock)
        self.password.entered.connect(self.try_now)
        self._show_lock()

    def focus_first(self) -> None:
        """The password if the account is known, else the account."""
        (self.password if self.account.value() else self.account).setFocus()

    def try_now(self) -> None:
        """Check name and password away from the GUI thread."""
        if not self.go.isEnabled() or not self._is_complete():
            return
        name, password = self.account.value(), self.password.line.text()
        self.banner.hide()
        self._busy(True)
        self._start.work(lambda: self._open(name, password), self._in, self._refused, self)

    def _open(self, name: str, password: str) -> tuple[Any, Any]:
        from app.services.office.office import open_office

        return open_office(self._start.data, name, password, self._start.clock)

    def _is_complete(self) -> bool:
        for field, words in ((self.account, "请选择登录名"), (self.password, "请输入密码")):
            field.show_fault("" if field.value() else words)
        for field in (self.account, self.password):
            if field.fault():
                field.setFocus()
                return False
        return True

    def _in(self, found: tuple[Any, Any]) -> None:
        self.password.set_value("")
        self.opened.emit(*found)

    def _refused(self, said: Said) -> None:
        self._busy(False)
        self.password.set_value("")
        self.banner.show_text(str(said), "fault")
        self.password.setFocus()
        self._show_lock()

    def _busy(self, is_busy: bool) -> None:
        self.go.setEnabled(not is_busy)
        self.go.set_text("正在打开…" if is_busy else self._words)

    def _show_lock(self) -> None:
        """While the delay after wrong passwords lasts, say until when."""
        name = self.account.value() or ""
        logins, now = LoginFile(self._start.data.logins), self._start.clock.now()
        if name:
            logins.begin_waiting(name, now)
        refusal = logins.lock(name, now) if name else None
        if refusal is not None:
            self.banner.show_text(str(refusal), "due")
            self.go.setEnabled(False)
            self._countdown.start()
        elif self._countdown.isActive():
            self._countdown.stop()
            self.banner.hide()
            self.go.setEnabled(True)
            self.password.setFocus()

    def _build(self, title: str, site: str, *, has_choice: bool) -> None:
        self._words = self.go.text()
        mark = QLabel()
        mark.setPixmap(icons.picture("lock", colours().accent, px(40)))
        card = Card(pad=24, spacing=12)
        card.setFixedWidth(px(400))
        centre = Qt.AlignmentFlag.AlignHCenter
        card.inner.addWidget(mark, 0, centre)
        card.inner.addWidget(label("惠民法律服务台", "brand"), 0, centre)
        card.inner.addWidget(label(title, "title"), 0, centre)
        if site:
            card.inner.addWidget(label(site, "muted"), 0, centre)
        if not has_choice and self.account.value():
            card.inner.addWidget(label(f"登录名　{self.account.value()}", "muted"), 0, centre)
            self.account.hide()
        card.add(self.account, with_caps_hint(self.password), self.banner, self.go)
        self.go.setSizePolicy(self.password.sizePolicy())
        self.forgot_link = link("忘记密码，用恢复码重设", self.forgot.emit)
        card.inner.addWidget(self.forgot_link, 0, centre)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row(None, card, None))
        outer.addStretch(3)
