"""The PIN pad of the kiosk: digits by touch or by key events only, so that no input method can interfere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import colours, px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.text import label

KEY_HEIGHT, WORDS_HEIGHT = 72, 112


class PinDots(QWidget):
    """How many digits were typed, never which."""

    def __init__(self, length: int = 4) -> None:
        super().__init__()
        self.length, self.typed = length, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_typed(self, typed: int) -> None:
        """So many were typed."""
        self.typed = typed
        self.setAccessibleName(f"已输入 {typed} 位")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(32) * max(self.length, self.typed), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        c, size, gap = colours(), px(18), px(14)
        count = max(self.length, self.typed)
        left = (self.width() - count * size - (count - 1) * gap) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n in range(count):
            box = QRectF(left + n * (size + gap), 1, size, size)
            is_full = n < self.typed
            painter.setPen(QPen(QColor(c.accent if is_full else c.edge), 2))
            painter.setBrush(QColor(c.accent if is_full else c.card))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))


class PinPad(QWidget):
    """Ten digits, 取消, 退格 and the one big button. entered(pin) on the button or Enter; cancelled on 取消 or Esc.

    The pad has the focus itself and reads key events; it is no text field, so no input method ever opens on it.
    """

    entered = Signal(str)
    cancelled = Signal()
    typed = Signal()

    def __init__(self, words: str = "签　到", *, least: int = 4, most: int = 8, title: str = "") -> None:
        super().__init__()
        self._least, self._most, self._pin = least, most, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setAccessibleName("签到密码键盘")
        self.title = label(title, "kiosk-title", wraps=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fault = label("", "kiosk-fault", wraps=True)
        self.fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.dots = PinDots(least)
        self.go = Button(words, self._enter, kind=PRIMARY, size=72, type_size=28)
        self._build()
        self._show()

    def set_words(self, title: str, words: str) -> None:
        """What is asked and what the button says (签　到, 签　退)."""
        self.title.setText(title)
        self.go.set_text(words)
        self.clear()

    def show_fault(self, text: str) -> None:
        """Say what went wrong, and start again."""
        self.clear()
        self.fault.setText(text)
        self._show()

    def clear(self) -> None:
        """Forget what was typed."""
        self._pin = ""
        self.fault.setText("")
        self._show()

    def _build(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, words in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "取消", "0", "退格")):
            grid.addWidget(self._key(words), at // 3, at % 3)
        stack.addWidget(scrolled(self.title, self.dots, self.fault, spacing=10, least=WORDS_HEIGHT), 1)
        stack.addLayout(grid)
        stack.addWidget(self.go.fill())

    def _key(self, words: str) -> Button:
        run = {"取消": self.cancelled.emit, "退格": self._back}.get(words, lambda: self._add(words))
        made = Button(words, run, size=KEY_HEIGHT, type_size=32 if words.isdecimal() else 24)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made.fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._add(str(key - int(Qt.Key.Key_0)))
        elif len(text) == 1 and text in "0123456789":
            self._add(text)
        elif key == Qt.Key.Key_Backspace:
            self._back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        event.ignore()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query)

    def _add(self, digit: str) -> None:
        if len(self._pin) < self._most:
            self._pin += digit
            self.fault.setText("")
            self._show()
            self.typed.emit()

    def _back(self) -> None:
        self._pin = self._pin[:-1]
        self._show()
        self.typed.emit()

    def _enter(self) -> None:
        if len(self._pin) >= self._least:
            pin, self._pin = self._pin, ""
            self._show()
            self.entered.emit(pin)

    def _show(self) -> None:
        self.dots.show_typed(len(self._pin))
        self.fault.setVisible(bool(self.fault.text()))
        self.go.setEnabled(len(self._pin) >= self._least)
