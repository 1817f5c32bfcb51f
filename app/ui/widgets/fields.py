"""Fields for text, dates, times, months, numbers, yuan and ticks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.ui.reading import read_date, read_time
from app.ui.theme import px
from app.ui.widgets.field import Field
from app.ui.widgets.text import label
from app.values import yuan_text

Today = Callable[[], date]
_AMOUNT = str.maketrans({" ": None, ",": None, "，": None, "−": "-"})
"""How an amount is written becomes how Python reads one."""


def line_edit() -> QLineEdit:
    """A line to type in, at the program's size."""
    made = QLineEdit()
    made.setMinimumHeight(px(34))
    made.setMaximumHeight(px(34))
    return made


def slim(field: Field) -> Field:
    """As high as the buttons it stands beside in a bar of filters."""
    field.editor.setFixedHeight(px(32))
    return field


class LineField(Field):
    """One line of text, without blanks at its ends."""

    def __init__(
        self,
        title: str,
        *,
        is_required: bool = False,
        hint: str = "",
        is_secret: bool = False,
        max_length: int = 0,
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.line = line_edit()
        if is_secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        if max_length:
            self.line.setMaxLength(max_length)
        self.hold(self.line)
        self.line.textEdited.connect(lambda _text: self._touched())

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)


class _Text(QPlainTextEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


class TextField(Field):
    """Several lines of text; rows is its height in lines. Tab goes on to the next field."""

    def __init__(self, title: str, *, is_required: bool = False, hint: str = "", rows: int = 4) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.text = _Text()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(21) * rows + px(8))
        self.hold(self.text)
        self.text.textChanged.connect(self._on_text)
        self._is_setting = False

    def _on_text(self) -> None:
        if not self._is_setting:
            self._touched()

    def value(self) -> str:
        return self.text.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self._is_setting = True
        self.text.setPlainText("" if value is None else str(value))
        self._is_setting = False


class ReadField(Field):
    """A line that is read into a value when left. complaint: told where read() gives None."""

    complaint = ""

    def __init__(self, title: str, *, is_required: bool, hint: str) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.line = line_edit()
        self.hold(self.line)
        self.line.textEdited.connect(lambda _text: self._touched())
        self.line.editingFinished.connect(self._tidy)

    def read(self, text: str) -> Any:
        """The value of a text that is not empty, None where it cannot be read."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The text that stands for a value."""
        raise NotImplementedError

    def value(self) -> Any:
        text = self.line.text().strip()
        return self.read(text) if text else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self.write(value))

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def own_fault(self) -> str:
        return self.complaint if not self.is_empty() and self.value() is None else ""

    def draft(self) -> Any:
        return self.line.text()

    def set_draft(self, kept: Any) -> None:
        self.line.setText(str(kept or ""))

    def _tidy(self) -> None:
        found = self.value()
        if found is not None:
            self.line.setText(self.write(found))
        self.show_fault(self.own_fault())


class DateField(ReadField):
    """A date: takes 0510, 今天, 2022-05-10; ↑ ↓ go a day on or back."""

    complaint = "看不懂这个日期，请写成 0510、2022-05-10 或“今天”"

    def __init__(
        self, title: str, *, is_required: bool = False, hint: str = "0510 或 今天", today: Today = date.today
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self._today = today
        self.line.installEventFilter(self)

    def read(self, text: str) -> date | None:
        return read_date(text, self._today())

    def write(self, value: date) -> str:
        return value.isoformat()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and event.key() in steps:
            found = self.value() or self._today()
            self.set_value(date.fromordinal(found.toordinal() + steps[Qt.Key(event.key())]))
            self._touched()
            return True
        return False


class TimeField(ReadField):
    """A time of day: takes 0912, 9:12:34, 9点30, 现在."""

    complaint = "看不懂这个时间，请写成 0912、9:12 或“现在”"

    def __init__(
        self,
        title: str,
        *,
        is_required: bool = False,
        hint: str = "0912 或 现在",
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self._now = now

    def read(self, text: str) -> time | None:
        return read_time(text, self._now().time())

    def write(self, value: time) -> str:
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


class NumberField(ReadField):
    """A whole number, with limits."""

    def __init__(
        self, title: str, *, is_required: bool = False, hint: str = "", low: int = 0, high: int = 999_999
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self._low, self._high = low, high
        self.complaint = f"请填 {low} 到 {high} 的整数"

    def read(self, text: str) -> int | None:
        plain = text.replace(" ", "").replace(",", "")
        if not plain.lstrip("-").isdecimal():
            return None
        return int(plain) if self._low <= int(plain) <= self._high else None

    def write(self, value: int) -> str:
        return str(value)


class MoneyField(ReadField):
    """An amount typed in 元; the value is integer 分."""

    complaint = "请填金额，如 300 或 240.50（元）"

    def __init__(self, title: str, *, is_required: bool = False, hint: str = "元") -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, text: str) -> int | None:
        try:
            fen = Decimal(text.translate(_AMOUNT).removesuffix("元")) * 100
        except InvalidOperation:
            return None
        return int(fen) if fen.is_finite() and fen == fen.to_integral_value() else None

    def write(self, value: int) -> str:
        return yuan_text(value)


class TickField(Field):
    """A tick with its words beside it. Enter ticks it; within a form it goes on to the next field, as everywhere there."""

    def __init__(self, words: str, *, hint: str = "") -> None:
        super().__init__("", hint=hint)
        self.tick = QCheckBox(words)
        self.tick.setToolTip(hint)
        self.hold(self.tick)
        self.tick.setAccessibleName(words)
        self.tick.clicked.connect(lambda _on: self._touched())
        self.entered.connect(self._enter)

    def _enter(self) -> None:
        if not self.is_in_form:
            self.tick.click()

    def value(self) -> bool:
        return self.tick.isChecked()

    def set_value(self, value: Any) -> None:
        self.tick.setChecked(bool(value))

    def is_empty(self) -> bool:
        return False


class ShownField(Field):
    """A value that is only shown, with room for a tag beside it."""

    def __init__(self, title: str, text: str = "—", *, beside: QWidget | None = None) -> None:
        super().__init__(title)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        self.words = label(text)
        self.words.setMinimumHeight(px(34))
        line.addWidget(self.words, 1)
        if beside is not None:
            line.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hold(self.words, holder)
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def value(self) -> str:
        return self.words.text()

    def set_value(self, value: Any) -> None:
        self.words.setText("—" if value in (None, "") else str(value))
