"""Parts one below the other in one scroll area, the only one of its pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import px

MOST = 140
"""Up to this scale in percent the least height grows; larger text scrolls sooner, for the screen does not grow."""


def scrolled(*parts: QWidget, spacing: int = 8, least: int = 0) -> QScrollArea:
    """The parts, as high as they are, what is over is reached by scrolling; put it in with a stretch.

    least: they stand in the middle of what room there is, which is this much at the least, in pixels of the 100 % drawing.
    """
    holder = QWidget()
    holder.setProperty("role", "scrolled")
    stack = QVBoxLayout(holder)
    stack.setContentsMargins(0, 0, 0 if least else px(8), 0)
    stack.setSpacing(px(spacing))
    if least:
        stack.addStretch(1)
    for part in parts:
        stack.addWidget(part)
    stack.addStretch(1)
    return _area(holder, least)


def scrolled_column(stack: QLayout) -> QScrollArea:
    """A column of cards of which only what there is no room for is reached by scrolling."""
    holder = QWidget()
    holder.setProperty("role", "scrolled")
    holder.setLayout(stack)
    return _area(holder, 0)


def _area(holder: QWidget, least: int) -> QScrollArea:
    made = QScrollArea()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    made.setWidget(holder)
    made.setMinimumHeight(min(px(least), least * MOST // 100))
    return made
