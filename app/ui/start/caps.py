"""Notices that the caps-lock key is on, from what is typed, on every system alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label

WORDS = "大写锁定（Caps Lock）已打开"


class CapsWatch(QObject):
    """Watches a line; changed(is_on) when a typed letter shows that caps lock is on or off."""

    changed = Signal(bool)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        self.is_on = False
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._note(event)
        return False

    def _note(self, event: QKeyEvent) -> None:
        text, is_shifted = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            is_on = False
        elif len(text) == 1 and text.isascii() and text.isalpha():
            is_on = text.isupper() != is_shifted
        else:
            return
        if is_on != self.is_on:
            self.is_on = is_on
            self.changed.emit(is_on)


def with_caps_hint(field: LineField) -> QWidget:
    """A password field with the hint below it while caps lock is on."""
    holder = QWidget()
    hint: QLabel = label(WORDS, "small2", state="due")
    hint.hide()
    stack = QVBoxLayout(holder)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(0)
    stack.addWidget(field)
    stack.addWidget(hint)
    CapsWatch(field.line).changed.connect(hint.setVisible)
    return holder
