"""Paints the program's own icon: a symbol of its pages, light on a rounded ground of its colour; menus get the same."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources
from app.ui.theme import LIGHT

OFFICE, KIOSK = "consultations", "kiosk"
SIZES = (16, 24, 32, 48, 64, 128, 256)
_MARGIN, _ROUND, _INSET = 0.04, 0.2, 0.2
"""Shares of the whole: the empty edge, the corner's radius, where the symbol begins."""


def program_icon(symbol: str) -> QIcon:
    """The icon of the office or of the kiosk, in the sizes that desktops ask for."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(painted(symbol, size)))
    return made


def painted(symbol: str, size: int, *, is_document: bool = False) -> QImage:
    """The icon as a picture of size × size; is_document: on a white sheet with an edge, for files of the program."""
    made = QImage(size, size, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    ground, ink = (LIGHT.card, LIGHT.accent) if is_document else (LIGHT.accent, LIGHT.on_accent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = size * _MARGIN
    box = QRectF(edge, edge, size - 2 * edge, size - 2 * edge)
    if is_document:
        box.adjust(size * 0.1, 0, -size * 0.1, 0)
    shape = QPainterPath()
    corner = size * (_ROUND / 3 if is_document else _ROUND)
    shape.addRoundedRect(box, corner, corner)
    painter.fillPath(shape, QColor(ground))
    if is_document:
        painter.setPen(QColor(LIGHT.edge))
        painter.drawPath(shape)
    text = (resources() / "icons" / f"{symbol}.svg").read_text(encoding="utf-8")
    drawing = QSvgRenderer(QByteArray(text.replace("currentColor", ink).encode()))
    inset = size * (_INSET + (0.06 if is_document else 0))
    drawing.render(painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    painter.end()
    return made
