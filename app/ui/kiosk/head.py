"""The kiosk's upper and lower edge: where one is, what day and time it is, whom to call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.dates import date_text
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import row
from app.ui.widgets.figure import BigFigure
from app.ui.widgets.text import label


class KioskHead(QWidget):
    """Site, date and clock, and the staff's way out."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.leave = Button("工作人员退出", leave, size=64, type_size=18)
        self.site = label("", "kiosk-site")
        self.day = label("", "kiosk-line")
        self.clock = BigFigure("--:--", 64)
        self.clock.setAccessibleDescription("现在时间")
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(self.site)
        words.addWidget(self.day)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words)
        line.addStretch(1)
        line.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addSpacing(px(24))
        line.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignBottom)

    def show_time(self, now: datetime) -> None:
        """Naive local time; the seconds are not shown, they are recorded."""
        self.day.setText(date_text(now.date()))
        if self.clock.text != f"{now:%H:%M}":
            self.clock.set_text(f"{now:%H:%M}")


class KioskFoot(QWidget):
    """The lawyers' way to their pay, the citizens' to rate the advice, and the supervision telephone."""

    def __init__(self, rate: Callable[[], object], my_pay: Callable[[], object]) -> None:
        super().__init__()
        self.rate = Button("群众评价请按这里", rate, size=64, type_size=24)
        self.pay = Button("我的补贴", my_pay, size=64, type_size=24)
        self.phone = label("", "kiosk-line")
        self._buttons = row(self.rate, self.pay, None, spacing=12)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self._line.addLayout(self._buttons)
        self._line.addStretch(1)
        self._line.addWidget(self.phone)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._buttons.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def show_office(self, phone: str, asks_rating: bool) -> None:
        """The telephone, "" for none."""
        self.phone.setText(f"监督电话 {phone}" if phone else "")
        self.rate.setVisible(asks_rating)
        self._place()

    def _place(self) -> None:
        """The telephone goes below the buttons where large text leaves it no room beside them."""
        ways, wanted = QBoxLayout.Direction, self._buttons.sizeHint().width() + self.phone.sizeHint().width()
        fits = self.width() >= wanted + px(24)
        self._line.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
