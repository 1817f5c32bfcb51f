"""A row of tabs over a stack of parts, driven by mouse, arrow keys and code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.ui.theme import px
from app.ui.widgets.button import Button


class Tabs(QWidget):
    """The row; parts are made when first shown. shown(key): another tab is in front."""

    shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self.key = ""
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._parts: dict[str, QWidget] = {}
        self._buttons: dict[str, Button] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(8))
        self._line.addStretch(1)

    def add(self, key: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab on the right; two tabs may share one part."""
        made = Button(title, lambda: self.show_tab(key))
        made.setCheckable(True)
        made.installEventFilter(self)
        self._buttons[key], self._makers[key] = made, make
        self._line.insertWidget(self._line.count() - 1, made)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        if key not in self._parts:
            self._parts[key] = part = self._makers[key]()
            if self.stack.indexOf(part) < 0:
                self.stack.addWidget(part)
        self.key = key
        self.stack.setCurrentWidget(self._parts[key])
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self.shown.emit(key)

    def set_title(self, key: str, title: str) -> None:
        """Other words on a tab, such as a count."""
        self._buttons[key].set_text(title)

    def focus_tab(self) -> None:
        """Put the focus on the tab that is in front."""
        self._buttons[self.key].setFocus()

    def part(self) -> QWidget | None:
        """The part in front."""
        return self._parts.get(self.key)

    def names(self) -> tuple[str, ...]:
        """The tabs in order."""
        return tuple(self._makers)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows turn the tabs before a button takes them for a step to the next one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in steps:
            keys = self.names()
            key = keys[(keys.index(self.key) + steps[Qt.Key(event.key())]) % len(keys)]
            self._buttons[key].setFocus()
            self.show_tab(key)
            return True
        return False
