"""A target's progress with the mark of the year's pace."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import colours, px
from app.ui.widgets.card import row
from app.ui.widgets.text import label, set_state


class ShareBar(QWidget):
    """A share done, and where the year's pace stands; both 0–1."""

    def __init__(self) -> None:
        super().__init__()
        self.share, self.pace = 0.0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(120), px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        c, height, top = colours(), px(10), px(3)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.track))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), height / 2, height / 2)
        painter.setBrush(QColor(c.accent))
        done = max(height, self.width() * min(1.0, self.share)) if self.share > 0 else 0
        painter.drawRoundedRect(QRectF(0, top, done, height), height / 2, height / 2)
        if self.pace > 0:
            at = round(self.width() * min(1.0, self.pace)) - 1
            painter.fillRect(QRectF(at - 1, 0, px(2) + 2, px(16)), QColor(c.card))
            painter.fillRect(QRectF(at, 0, px(2), px(16)), QColor(c.ink2))


class PaceBar(QWidget):
    """A title, `318 / 800 人次`, the bar with the pace mark, and the lead or lag in words."""

    def __init__(self, title: str = "", unit: str = "") -> None:
        super().__init__()
        self._title, self._unit = label(title), unit
        self._value, self._target = label("0", "large"), label("")
        self._bar, self._words = ShareBar(), label("", "small")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(4))
        stack.addLayout(row(self._title, None, self._value, self._target, spacing=4))
        stack.addWidget(self._bar)
        stack.addWidget(self._words)
        self.setAccessibleName(title)

    def show_pace(self, value: int, target: int, pace: float) -> None:
        """value and target in the unit; pace: the share of the period elapsed, 0–1."""
        self._value.setText(f"{value:,}")
        self._target.setText(f"/ {target:,} {self._unit}")
        self._bar.share = value / target if target else 0.0
        self._bar.pace = pace
        points = round(self._bar.share * 100) - round(pace * 100)
        lead = (
            f"领先 {points} 个百分点"
            if points > 0
            else f"落后 {-points} 个百分点"
            if points < 0
            else "与时序持平"
        )
        self._words.setText(f"时序 {round(pace * 100)}%（竖线）· {lead}")
        set_state(self._words, state="due" if points < 0 else "")
        self.setAccessibleDescription(f"{value} / {target} {self._unit}，{self._words.text()}")
        self._bar.update()
