"""The three faces that a client answers with: drawn large, the word under each, its key in the corner."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui.theme import State, colours, current, px
from app.ui.widgets.button import press_with_enter
from app.values import Rating

TONES = {
    Rating.satisfied: State.DONE,
    Rating.fairly_satisfied: State.INFO,
    Rating.dissatisfied: State.DUE,
}
_SMILE = {Rating.satisfied: 0.42, Rating.fairly_satisfied: 0.0, Rating.dissatisfied: -0.34}
"""How far the middle of the mouth hangs below its corners, in radii of the face."""

FACE, STROKE, EYE = 112, 6, 7
ROUND_FACE, LEAST_FACE = 96, 48
"""What a button has around its face; a face shrinks to so many pixels where room is scarce."""
STEPS = 24


class FaceButton(QAbstractButton):
    """One answer. key: the digit that gives it."""

    def __init__(self, rating: Rating, key: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.rating, self.key = rating, key
        self.is_marked = False
        self.setText(rating.value)
        self.setAccessibleName(f"{rating.value}，按 {key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: run())

    def mark(self, is_marked: bool) -> None:
        """Show it as the answer that was just given."""
        self.is_marked = is_marked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(208))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(ROUND_FACE) + LEAST_FACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        ink, ground = (QColor(value) for value in c.of(TONES[self.rating]))
        if not self.isEnabled():
            ink, ground = QColor(c.faint), QColor(c.none_weak)
        is_edged = self.is_marked or self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if is_edged else c.edge), px(4) if is_edged else 1))
        painter.setBrush(ground if self.isDown() or self.is_marked else QColor(c.card))
        inset = px(4) / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(12), px(12))
        size = min(px(FACE), self.height() - px(ROUND_FACE))
        paint_face(painter, QRectF((self.width() - size) / 2, px(20), size, size), self.rating, ink, ground)
        painter.setPen(QColor(c.ink if self.isEnabled() else c.faint))
        painter.setFont(current().font(28, is_bold=True))
        words = QRectF(0, px(20) + size, self.width(), self.height() - size - px(28))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.setPen(QColor(c.ink3))
        painter.setFont(current().font(20))
        corner = QRectF(px(20), px(12), px(32), px(32))
        painter.drawText(corner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.key)


def paint_face(painter: QPainter, box: QRectF, rating: Rating, ink: QColor, ground: QColor) -> None:
    """A round face whose mouth says the rating, so that it is told apart without any colour."""
    radius, middle = box.width() / 2, box.center()
    pen = QPen(ink, px(STROKE))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.setPen(pen)
    painter.setBrush(ground)
    half = px(STROKE) / 2
    painter.drawEllipse(box.adjusted(half, half, -half, -half))
    painter.drawPolyline(_mouth(middle, radius, _SMILE[rating]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for side in (-1, 1):
        painter.drawEllipse(
            QPointF(middle.x() + side * radius * 0.36, middle.y() - radius * 0.22), px(EYE), px(EYE)
        )
    painter.restore()


def _mouth(middle: QPointF, radius: float, hang: float) -> QPolygonF:
    level = middle.y() + radius * (0.36 - hang / 2)
    turns = [pi * step / STEPS for step in range(STEPS + 1)]
    return QPolygonF(
        [QPointF(middle.x() - radius * 0.5 * cos(turn), level + radius * hang * sin(turn)) for turn in turns]
    )
