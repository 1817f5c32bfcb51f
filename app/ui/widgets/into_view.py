"""Scrolls what was opened, or what is wrong, into view: with large text it may lie below the fold."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QTableView, QWidget
from shiboken6 import isValid

from app.ui.theme import px

AROUND = 8
FOLLOWED_MS = 1000


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area that holds the widget, once the layout has settled; of a tall one its top is shown.

    What arrives within a second (a list of drives, a longer sentence) makes the page taller: it is scrolled again.
    """
    QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, lambda: _scroll_to(widget)))


def follow_row(view: QTableView) -> None:
    """Scroll what holds a table as high as its rows along with its current row, while the table has the focus."""

    def show() -> None:
        if view.hasFocus():
            row = view.visualRect(view.currentIndex())
            for area in _areas(view):
                at = view.viewport().mapTo(area.widget(), row.center())
                area.ensureVisible(at.x(), at.y(), 0, row.height())

    view.selectionModel().currentRowChanged.connect(lambda *_rows: show())


def _scroll_to(widget: QWidget) -> None:
    for area in _areas(widget):
        _scroll(area, widget)
        _follow(area, widget)


def _areas(widget: QWidget) -> Iterator[QScrollArea]:
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea) and holder.widget() is not None:
            yield holder
        holder = holder.parentWidget()


def _follow(area: QScrollArea, widget: QWidget) -> None:
    bar = area.verticalScrollBar()

    def again() -> None:
        if isValid(widget):
            QTimer.singleShot(0, widget, lambda: _scroll(area, widget))

    bar.rangeChanged.connect(again)
    QTimer.singleShot(FOLLOWED_MS, bar, lambda: bar.rangeChanged.disconnect(again))


def _scroll(area: QScrollArea, widget: QWidget) -> None:
    bar, room = area.verticalScrollBar(), area.viewport().height()
    top = widget.mapTo(area.widget(), QPoint(0, 0)).y()
    height = min(widget.height(), room)
    first, last = max(0, top + height + px(AROUND) - room), max(0, top - px(AROUND))
    bar.setValue(min(max(bar.value(), min(first, last)), last))
