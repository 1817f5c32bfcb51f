"""A brief message at the lower edge of the window that goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import State, colours, current, px
from app.ui.widgets.marks import paint_mark

SHOWN_MS = 4000


class Toast(QWidget):
    """One at a time, above the lower edge of its parent; a click puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._text, self._state = "", State.DONE
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_text(self, text: str, state: State | str = State.DONE) -> None:
        """Show a sentence; a fault stays twice as long."""
        self._text, self._state = text, State(state)
        self.setAccessibleName(text)
        self.resize(self.sizeHint())
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(SHOWN_MS * (2 if self._state is State.FAULT else 1))

    def sizeHint(self) -> QSize:
        width = QFontMetrics(current().font()).horizontalAdvance(self._text) + px(56)
        room = self._over.width() - px(48)
        lines = 1 + width // max(1, room)
        return QSize(min(width, room), px(20) + px(21) * lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.fault if self._state is State.FAULT else c.ink))
        painter.drawRoundedRect(QRectF(self.rect()), px(8), px(8))
        white = QColor("#FFFFFF")
        paint_mark(painter, QRectF(px(16), self.height() / 2 - px(6), px(12), px(12)), self._state, white)
        painter.setPen(white)
        painter.setFont(current().font())
        box = QRectF(px(38), 0, self.width() - px(50), self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self._text)

    def mousePressEvent(self, event: object) -> None:
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        parent = self._over
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - px(44))
