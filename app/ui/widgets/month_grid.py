"""The calendar of a month with painted duties, driven by keys as well as by the mouse."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme import current, px
from app.ui.widgets.month_cell import CalendarDay, DayDelegate, chip_at

Index = QModelIndex | QPersistentModelIndex
DAY = int(Qt.ItemDataRole.UserRole) + 1
LOW, HIGH = 83, 100
"""How high a week is at the least: six of them fit a screen of 768 lines; large text scrolls and has more."""
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class MonthModel(QAbstractTableModel):
    """Weeks by weekdays of a month, Monday first, with the neighbours' days around it."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.month, self.weeks = date(2000, 1, 3), (2000, 1), 5
        self.days: Mapping[date, CalendarDay] = {}

    def show_month(self, year: int, month: int, days: Mapping[date, CalendarDay]) -> None:
        """Replace everything."""
        self.beginResetModel()
        start = date(year, month, 1)
        self.first = start - timedelta(days=start.weekday())
        self.month, self.days = (year, month), days
        self.weeks = -(-(start.weekday() + calendar.monthrange(year, month)[1]) // 7)
        self.endResetModel()

    def day(self, index: Index) -> CalendarDay:
        on = self.first + timedelta(days=index.row() * 7 + index.column())
        outside = (on.year, on.month) != self.month
        found = self.days.get(on)
        if found is None or outside:
            return CalendarDay(on, is_off=outside or on.weekday() >= 5, is_outside=outside)
        return found

    def index_of(self, on: date) -> QModelIndex:
        offset = (on - self.first).days
        return self.index(offset // 7, offset % 7) if 0 <= offset < self.weeks * 7 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 7

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.day(index).is_outside:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return WEEKDAYS[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        day = self.day(index)
        if role == DAY:
            return day
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return day_sentence(day) if role == Qt.ItemDataRole.AccessibleTextRole or day.chips else None
        return None


def day_sentence(day: CalendarDay) -> str:
    """A day as a sentence, for screen readers and tooltips."""
    marks = {"休": "，休息", "班": "，上班"}.get(day.mark, "")
    chips = "；".join(" ".join(filter(None, (c.title, c.line, c.fault))) for c in day.chips)
    note = f"，{day.note}" if day.note else ""
    return f"{day.on.month}月{day.on.day}日{marks}{note}" + (f"：{chips}" if chips else "，无值班")


class MonthGrid(QTableView):
    """A month's days. Arrows move, Space assigns, Enter opens, Page Up/Down step the month.

    moved(day): the current day changed. spaced(date), opened(date), chip_clicked(date, key), stepped(±1).
    """

    moved = Signal(object)
    spaced = Signal(object)
    opened = Signal(object)
    chip_clicked = Signal(object, object)
    stepped = Signal(int)

    def __init__(self, name: str = "排班月历") -> None:
        super().__init__()
        self.setProperty("role", "calendar")
        self.days = MonthModel()
        self.setModel(self.days)
        self.setItemDelegate(DayDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setMinimumHeight(px(34) + 5 * px(88))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setMinimumHeight(px(32))
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit(self.current()))

    def show_month(
        self, year: int, month: int, days: Mapping[date, CalendarDay], current: date | None = None
    ) -> None:
        """Show a month; the current day stays, or is the one named, or the first."""
        kept = current or self.current_date()
        self.days.show_month(year, month, days)
        self._fit()
        wanted = kept if kept and (kept.year, kept.month) == (year, month) else date(year, month, 1)
        self.setCurrentIndex(self.days.index_of(wanted))

    def current(self) -> CalendarDay | None:
        """The current day."""
        index = self.currentIndex()
        return self.days.day(index) if index.isValid() else None

    def current_date(self) -> date | None:
        """The current day's date."""
        day = self.current()
        return day.on if day is not None else None

    def go_to(self, on: date) -> None:
        """Make a day of this month the current one."""
        index = self.days.index_of(on)
        if index.isValid():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on, key = self.current_date(), event.key()
        if key == Qt.Key.Key_Space and on is not None:
            self.spaced.emit(on)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and on is not None and not event.modifiers():
            self.opened.emit(on)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and on is not None:
            self._step(on, -1 if key == Qt.Key.Key_Left else 1)
        elif event.text() and not event.modifiers() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, on: date, by: int) -> None:
        target = on + timedelta(days=by)
        if (target.year, target.month) == self.days.month:
            self.go_to(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            day = self.days.day(index)
            at = chip_at(day, self.visualRect(index), event.position().toPoint())
            if at is not None:
                self.chip_clicked.emit(day.on, day.chips[at].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        on = self.current_date()
        if on is not None:
            self.opened.emit(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().height()
        least = px(LOW if current().scale <= 100 else HIGH)
        height = max(least, room // self.days.weeks)
        self.setMinimumHeight(least * self.days.weeks + self.horizontalHeader().height() + px(4))
        for number in range(self.days.weeks):
            self.setRowHeight(number, height)
