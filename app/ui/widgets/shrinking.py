"""A part that takes the height it needs while there is room, and scrolls when there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.ui.theme import px

LEAST = 96


class Shrinking(QScrollArea):
    """Holds one widget; put it in with a stretch, and call follow() after its content changed."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        held.setProperty("role", "scrolled")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(held)

    def follow(self) -> None:
        """Grow no higher than what is held now."""
        self.verticalScrollBar().setValue(0)
        self._bound()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._bound()
        return answer

    def sizeHint(self) -> QSize:
        return QSize(px(LEAST), min(px(LEAST), self._whole()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bound()

    def _bound(self) -> None:
        whole = max(1, self._whole())
        if whole != self.maximumHeight():
            self.setMaximumHeight(whole)
            self.updateGeometry()

    def _whole(self) -> int:
        held = self.widget()
        layout = held.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self.viewport().width())
        return held.sizeHint().height()
