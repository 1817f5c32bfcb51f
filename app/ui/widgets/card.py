"""The white card that groups what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.text import label


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


def columns(*parts: tuple[QWidget | QLayout, int], spacing: int = 16) -> QHBoxLayout:
    """Parts side by side; each (part, width): a width above 20 is fixed pixels, below it a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(px(spacing))
    for part, width in parts:
        holder = _held(part)
        if width > 20:
            holder.setFixedWidth(px(width))
            made.addWidget(holder)
        else:
            made.addWidget(holder, width)
    return made


def _held(part: QWidget | QLayout) -> QWidget:
    if isinstance(part, QWidget):
        return part
    holder = QWidget()
    holder.setLayout(part)
    return holder
