"""Chooses a month by two arrows or by typing 5, 2022-05, 上月."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.reading import read_month, step_month
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.fields import line_edit


class MonthPicker(QWidget):
    """A month with ‹ and ›. picked(year, month) when it changes."""

    picked = Signal(int, int)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._month = today, (today.year, today.month)
        self.line = line_edit()
        self.line.setMaximumHeight(px(32))
        self.line.setMinimumHeight(px(32))
        self.line.setFixedWidth(px(112))
        self.line.setAccessibleName("月份")
        self.line.setToolTip("输入 5、2022-05 或“上月”")
        self.line.editingFinished.connect(self._read)
        self.back = Button("", lambda: self.step(-1), icon="left", hint="上个月")
        self.on = Button("", lambda: self.step(1), icon="right", hint="下个月")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for one in (self.back, self.line, self.on):
            row.addWidget(one)
        self.setFocusProxy(self.line)
        self._show()

    def value(self) -> tuple[int, int]:
        """Year and month."""
        return self._month

    def set_value(self, month: tuple[int, int]) -> None:
        """Show a month; emits picked when it is another one."""
        is_new = month != self._month
        self._month = month
        self._show()
        if is_new:
            self.picked.emit(*month)

    def step(self, by: int) -> None:
        """Go some months on (back when negative)."""
        self.set_value(step_month(self._month, by))

    def _read(self) -> None:
        found = read_month(self.line.text(), self._today)
        self.set_value(found or self._month)

    def _show(self) -> None:
        self.line.setText(f"{self._month[0]}年{self._month[1]}月")
