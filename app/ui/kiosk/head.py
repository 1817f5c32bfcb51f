"""The kiosk's upper and lower edge: where one is, what day and time it is, whom to call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.dates import date_text
from app.ui.theme import px
from app.ui.widgets.button import Button
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
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(self.rate)
        line.addWidget(self.pay)
        line.addStretch(1)
        line.addWidget(self.phone)

    def show_office(self, phone: str, asks_rating: bool) -> None:
        """The telephone, "" for none."""
        self.phone.setText(f"监督电话 {phone}" if phone else "")
        self.rate.setVisible(asks_rating)
