"""Scrolls what was opened, or what is wrong, into view: with large text it may lie below the fold."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.theme import px

AROUND = 8


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area that holds the widget, once the layout has settled; of a tall one its top is shown."""
    QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, lambda: _scroll_to(widget)))


def _scroll_to(widget: QWidget) -> None:
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea) and holder.widget() is not None:
            _scroll(holder, widget)
        holder = holder.parentWidget()


def _scroll(area: QScrollArea, widget: QWidget) -> None:
    bar, room = area.verticalScrollBar(), area.viewport().height()
    top = widget.mapTo(area.widget(), QPoint(0, 0)).y()
    height = min(widget.height(), room)
    first, last = max(0, top + height + px(AROUND) - room), max(0, top - px(AROUND))
    bar.setValue(min(max(bar.value(), min(first, last)), last))
