"""The white card that groups what belongs together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import px
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.text import label

FIXED = 20
LEAST = 440
LOW = 240
QWIDGETSIZE_MAX = (1 << 24) - 1


class Card(QFrame):
    """A card with an optional title; add() puts widgets below one another."""

    def __init__(self, title: str = "", *, pad: int = 16, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.inner = QVBoxLayout(self)
        self.inner.setContentsMargins(px(pad), px(pad), px(pad), px(pad))
        self.inner.setSpacing(px(spacing))
        self.heading: QLabel | None = None
        if title:
            self.set_title(title)

    def set_title(self, title: str) -> None:
        """Set or change the title."""
        if self.heading is None:
            self.heading = label(title, "section", wraps=True)
            self.inner.insertWidget(0, self.heading)
        self.heading.setText(title)
        self.setAccessibleName(title)

    def add(self, *items: QWidget | QLayout, stretch: int = 0) -> Card:
        """Put widgets or layouts below what is there."""
        for item in items:
            if isinstance(item, QWidget):
                self.inner.addWidget(item, stretch)
            else:
                self.inner.addLayout(item, stretch)
        return self

    def await_answer(self) -> PendingPart:
        """Say in place of what is in the card that it is awaited, until come() of what is given back."""
        pending = PendingPart()
        held = [one for one in (self.inner.itemAt(at).widget() for at in range(self.inner.count())) if one]
        parts = [one for one in held if one is not self.heading]

        def show_parts() -> None:
            for part in parts:
                part.setVisible(not pending.is_open)

        show_parts()
        pending.turned.connect(show_parts)
        self.inner.addWidget(pending)
        return pending

    def fill(self) -> Card:
        """Keep what is in the card at its top."""
        self.inner.addStretch(1)
        return self


def row(*items: QWidget | str | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is a stretch, text becomes a label."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(px(spacing))
    for item in items:
        if item is None:
            made.addStretch(1)
        else:
            made.addWidget(label(item) if isinstance(item, str) else item)
    return made


def column(*items: QWidget | QLayout | None, spacing: int = 16) -> QVBoxLayout:
    """Widgets or layouts below one another; None is a stretch."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(px(spacing))
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, QWidget):
            made.addWidget(item)
        else:
            made.addLayout(item)
    return made


def columns(*parts: tuple[QWidget | QLayout, int], spacing: int = 16, least: int = 0) -> QVBoxLayout:
    """Parts side by side; each (part, width): a width above 20 is fixed pixels, below it a stretch.

    Where the window is too narrow for them (large text), they stand below one another; least: what a stretching part
    needs beside a fixed one, in pixels.
    """
    return column(Columns(parts, spacing, least))


class Columns(QWidget):
    """Parts side by side, or below one another when there is no room."""

    def __init__(self, parts: Sequence[tuple[QWidget | QLayout, int]], spacing: int, least: int = 0) -> None:
        super().__init__()
        self._parts = [(_held(part), width) for part, width in parts]
        self._least = least
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(spacing))
        for part, width in self._parts:
            self._line.addWidget(part, 0 if width > FIXED else width)
        self._place(is_beside=True)

    def minimumSizeHint(self) -> QSize:
        least = self._line.minimumSize()
        widest = max(part.minimumSizeHint().width() for part, _width in self._parts)
        return QSize(min(widest, least.width()), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        has_fixed = any(width > FIXED for _part, width in self._parts)
        least = (self._least or LEAST) if has_fixed else LEAST // 2
        wanted = sum(px(width if width > FIXED else least) for _part, width in self._parts)
        is_beside = event.size().width() >= wanted
        if is_beside != (self._line.direction() == QBoxLayout.Direction.LeftToRight):
            self._place(is_beside=is_beside)

    def _place(self, *, is_beside: bool) -> None:
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if is_beside else ways.TopToBottom)
        for part, width in self._parts:
            if width > FIXED:
                part.setMinimumWidth(px(width) if is_beside else 0)
                part.setMaximumWidth(px(width) if is_beside else QWIDGETSIZE_MAX)
            if any(one > FIXED for _part, one in self._parts):
                part.setMinimumHeight(0 if is_beside else max(px(LOW), part.minimumSizeHint().height()))
        self.updateGeometry()


def _held(part: QWidget | QLayout) -> QWidget:
    if isinstance(part, QWidget):
        return part
    holder = QWidget()
    holder.setLayout(part)
    return holder
