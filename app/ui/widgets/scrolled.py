"""Parts one below the other in one scroll area, the only one of its pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import px


def scrolled(*parts: QWidget) -> QScrollArea:
    """The parts, as high as they are, what is over is reached by scrolling; put it in with a stretch."""
    holder = QWidget()
    holder.setProperty("role", "scrolled")
    stack = QVBoxLayout(holder)
    stack.setContentsMargins(0, 0, px(8), 0)
    stack.setSpacing(px(8))
    for part in parts:
        stack.addWidget(part)
    stack.addStretch(1)
    made = QScrollArea()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    made.setWidget(holder)
    return made
