"""A very large figure, bold even where the type family has no bold face of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import fonts
from app.ui.theme import colours, current


class BigFigure(QWidget):
    """The kiosk's clock: text at a size of the 100 % drawing, drawn as outlines (made-up bold ends at 64 px)."""

    def __init__(self, text: str = "", size: float = 64) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Another text."""
        self.text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self.text) + 4, metrics.capHeight() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(colours().ink)
        has_bold = self._has_bold()
        path = QPainterPath()
        path.addText(2, self.height() - 4, self._font(), self.text)
        painter.setBrush(ink)
        painter.setPen(QPen(ink, 0.5 if has_bold else current().px(self._size) / 28))
        painter.drawPath(path)

    def _has_bold(self) -> bool:
        return "Bold" in QFontDatabase.styles(fonts.family())

    def _font(self) -> QFont:
        made = current().font(self._size, is_bold=self._has_bold())
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 103)
        return made
