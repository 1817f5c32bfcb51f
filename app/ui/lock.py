"""Locks the window: by F9, or when nobody has touched it for a while; the password opens it again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui import icons
from app.ui.desk import Place
from app.ui.progress import ProgressDialog
from app.ui.theme import colours, px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label

Tell = Callable[[str], None]
Unlock = Callable[[str, Tell], None]
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class LockVeil(QFrame):
    """Covers the whole window until unlocked. opened: the password was right; left: the person leaves.

    What it covers takes no key either: neither Tab nor a button's letter reaches it.
    """

    opened = Signal()
    left = Signal()

    def __init__(self, window: QWidget, place: Place, unlock: Unlock) -> None:
        super().__init__(window)
        self._over, self._unlock = window, unlock
        self._covered: list[QWidget] = []
        self._left_at: QWidget | None = None
        self.setProperty("role", "lock")
        self.setAccessibleName("已锁定")
        mark = QLabel()
        mark.setPixmap(icons.picture("lock", colours().accent, px(40)))
        self.password = LineField("密码", is_secret=True)
        self.password.entered.connect(self._try)
        self.go = Button("解锁", self._try, kind=PRIMARY)
        self.leave = Button("换人登录", self.left.emit)
        card = Card(pad=24, spacing=12)
        card.setFixedWidth(px(360))
        card.inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        card.inner.addWidget(label("已锁定", "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        who = label(f"{place.user_name} · {place.site_name}", "muted")
        card.inner.addWidget(who, 0, Qt.AlignmentFlag.AlignHCenter)
        card.add(self.password, self.go, self.leave)
        for button in (self.go, self.leave):
            button.setSizePolicy(self.password.sizePolicy())
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row(None, card, None))
        outer.addStretch(3)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lock now; previews, file dialogs and strips go, for they show or hand out what the lock hides."""
        for dialog in self.window().findChildren(QDialog):
            if dialog.isVisible() and not isinstance(dialog, ProgressDialog):
                dialog.reject()
        for part in self.window().findChildren(QWidget):
            if part.windowType() == Qt.WindowType.Tool and part.isVisible():
                part.close()
        self._left_at = self.window().focusWidget()
        parts = self._over.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._covered = [part for part in parts if part is not self and part.isEnabled()]
        for part in self._covered:
            part.setEnabled(False)
        self.setGeometry(self._over.rect())
        self.password.set_value("")
        self.password.show_fault("")
        self.go.setEnabled(True)
        self.show()
        self.raise_()
        self.password.setFocus()

    def _try(self) -> None:
        typed = self.password.value()
        if typed and self.go.isEnabled():
            self.go.setEnabled(False)
            self._unlock(typed, self._told)

    def _told(self, fault: str) -> None:
        self.go.setEnabled(True)
        self.password.set_value("")
        if fault:
            self.password.show_fault(fault)
            self.password.setFocus()
        else:
            self._uncover()
            self.opened.emit()

    def _uncover(self) -> None:
        """Everything as it was left, the place where somebody typed included."""
        for part in self._covered:
            part.setEnabled(True)
        self.hide()
        if self._left_at is not None and isValid(self._left_at):
            self._left_at.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False


class IdleWatch(QObject):
    """Tells when nobody has touched keyboard, mouse or screen for some minutes; 0 minutes means never."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Change the time and start anew."""
        self._minutes = minutes
        self._timer.stop()
        if minutes > 0:
            self._timer.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._minutes > 0 and event.type() in TOUCHES:
            self._timer.start()
        return False
