"""A part that takes the height it needs while there is room, and scrolls when there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.ui.theme import px

LEAST = 96


class Shrinking(QScrollArea):
    """Holds one widget; follow() after its content changed."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        held.setProperty("role", "scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(held)

    def follow(self) -> None:
        """Take the height of what is held now."""
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        held = self.widget()
        layout = held.layout()
        width = self.width()
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        return QSize(held.sizeHint().width(), height if height >= 0 else held.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(px(LEAST), self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
