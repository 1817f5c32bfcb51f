"""Paints the small marks of states and the keycaps, the same wherever they appear."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.ui.theme import State, colours, current, px

_STROKES: dict[State, tuple[tuple[tuple[float, float], ...], ...]] = {
    State.DONE: (((1.5, 5.5), (4.2, 8.2), (8.7, 2.2)),),
    State.FAULT: (((2, 2), (8, 8)), ((8, 2), (2, 8))),
    State.DUE: (((5, 1.2), (5, 6.2)), ((5, 8.8), (5, 8.9))),
    State.INFO: (((5, 4.2), (5, 8.8)), ((5, 1.5), (5, 1.6))),
    State.NONE: (((1.8, 5), (8.2, 5)),),
    State.OUTREACH: (((1.5, 8.5), (5, 1.5), (8.5, 8.5), (1.5, 8.5)),),
}


def paint_mark(painter: QPainter, box: QRectF, state: State | str, colour: QColor) -> None:
    """The state's mark (tick, cross, exclamation mark …) in a square box."""
    unit = box.width() / 10
    pen = QPen(colour, max(1.4, 1.5 * unit))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in _STROKES[State(state)]:
        painter.drawPolyline([QPointF(box.x() + x * unit, box.y() + y * unit) for x, y in stroke])
    painter.restore()


def tag_width(word: str, size: float = 12) -> int:
    """Width of a tag with this word, in pixels."""
    metrics = QFontMetrics(current().font(size, is_bold=True))
    return metrics.horizontalAdvance(word) + px(size * 0.75) * 2 + px(size * 0.8) + px(5)


def tag_height(size: float = 12) -> int:
    """Height of a tag, in pixels."""
    return px(size * 1.7)


def paint_tag(painter: QPainter, box: QRectF, state: State | str, word: str, size: float = 12) -> None:
    """A tag in a box of tag_width × tag_height: rounded ground, mark, word."""
    text, ground = (QColor(value) for value in colours().of(state))
    pad, mark = px(size * 0.75), px(size * 0.8)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    top = box.y() + (box.height() - mark) / 2
    paint_mark(painter, QRectF(box.x() + pad, top, mark, mark), state, text)
    painter.setFont(current().font(size, is_bold=True))
    painter.setPen(text)
    left = pad + mark + px(5)
    rest = QRectF(box.x() + left, box.y(), box.width() - left - pad / 2, box.height())
    painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), word)
    painter.restore()


def keycap_width(keys: str) -> int:
    """Width of a keycap with these keys, in pixels."""
    return QFontMetrics(current().font(12)).horizontalAdvance(keys) + px(12)


def paint_keycap(painter: QPainter, box: QRectF, keys: str, *, is_on_accent: bool = False) -> None:
    """A keycap: the keys in a small rounded box with a thicker lower edge."""
    c = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(c.line), 1))
    painter.setBrush(QColor(c.card))
    body = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(body, px(4), px(4))
    painter.drawLine(
        QPointF(body.left() + px(3), body.bottom() - 1), QPointF(body.right() - px(3), body.bottom() - 1)
    )
    painter.setFont(current().font(12))
    painter.setPen(QColor(c.accent if is_on_accent else c.ink3))
    painter.drawText(box.adjusted(0, 0, 0, -1), int(Qt.AlignmentFlag.AlignCenter), keys)
    painter.restore()
