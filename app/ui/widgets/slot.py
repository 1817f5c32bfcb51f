"""A bare place whose content is changed as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.ui.theme import px


class Slot(QWidget):
    """Shows what it was last given, from top to bottom."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(px(spacing))

    def show_items(self, *items: QWidget | QLayout) -> None:
        """Take out what is there and show these."""
        _empty(self._stack)
        for item in items:
            if isinstance(item, QWidget):
                self._stack.addWidget(item)
            else:
                self._stack.addLayout(item)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _empty(inner)
            inner.deleteLater()
