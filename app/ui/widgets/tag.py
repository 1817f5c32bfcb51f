"""A state as icon and word: 在岗, 缺 1 项, 未报."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import State
from app.ui.widgets.marks import paint_tag, tag_height, tag_width


class Tag(QWidget):
    """A tag; size is the type size of the 100 % drawing (12 in the office, 18 at the kiosk)."""

    def __init__(self, word: str = "", state: State | str = State.NONE, size: float = 12) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(word, state)

    def show_state(self, word: str, state: State | str) -> None:
        """Another word and state."""
        self.word, self.state = word, State(state)
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self.word, self._size), tag_height(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tag(painter, QRectF(self.rect()), self.state, self.word, self._size)
