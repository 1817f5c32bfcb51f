"""The table of the program: sorting, column choice, copy, export of what is shown, lazy rows, empty state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import px
from app.ui.widgets.column_room import yielding
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.row_heights import fit_second_lines
from app.ui.widgets.table_delegate import CellDelegate
from app.ui.widgets.table_model import RIGHT, Column, More, RowsModel
from app.ui.widgets.table_view import TableView


@dataclass(frozen=True)
class Shown:
    """What a table shows now, for export: titles, kinds and the rows' texts, in the order seen."""

    titles: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Table(QWidget):
    """A table of frozen rows; before the first ones are set it says that they are awaited.

    selected(row): the current row changed (None: nothing). activated(row): Enter or double click.
    pressed(row, key): a row's button. fit_rows: as high as its rows, for a table inside a card.
    """

    selected = Signal(object)
    activated = Signal(object)
    pressed = Signal(object, str)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str = "表格",
        empty: str = "还没有内容",
        first: str = "",
        run: Callable[[], object] | None = None,
        has_header: bool = True,
        fit_rows: bool = False,
        row_height: int = 36,
    ) -> None:
        super().__init__()
        self.model = RowsModel(columns)
        self.export: Callable[[Shown], None] | None = None
        self._fits = fit_rows
        self._awaits_focus = False
        self._put_away = {column.key for column in columns if not column.is_shown}
        self.view = TableView(self)
        self.view.copied.connect(self.copy)
        self.view.setAccessibleName(name)
        self.view.setModel(self.model)
        self.cells = CellDelegate(self.view)
        self.cells.row_height = row_height
        self.view.setItemDelegate(self.cells)
        self.view.setWordWrap(any(column.sub for column in columns))
        self.empty = EmptyState(empty, first, run)
        self.pending = PendingPart()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit_heights)
        self._build(has_header)
        self._connect()
        self._show_empty()

    # contents

    def set_rows(self, rows: Sequence[Any], more: More | None = None) -> None:
        """Replace the rows and keep the selection where the same row (by `id` or equality) is still there."""
        kept = self.current()
        self.model.set_rows(rows, more)
        self._sort_again()
        self.pending.come()
        self._fit_width()
        self._fit_heights()
        self.select(kept)
        self._take_focus()

    def setFocus(self, *how: Any) -> None:
        """Take the focus, or take it once there are rows; of a table without any its first step has it."""
        self._awaits_focus = not self.model.rows
        super().setFocus(*how)

    def _take_focus(self) -> None:
        part = self.view if self.model.rows else self.empty.step
        if self._awaits_focus and part is not None and self.isVisible():
            self._awaits_focus = False
            if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
                part.setFocus()

    def set_total(self, total: Mapping[str, str]) -> None:
        """A last bold row: column key → text."""
        self.model.set_total(total)
        self._fit_heights()

    def rows(self) -> list[Any]:
        """The rows in the order shown."""
        return list(self.model.rows)

    def current(self) -> Any:
        """The current row, or None."""
        at = self.view.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def chosen(self) -> list[Any]:
        """All selected rows."""
        found = {index.row() for index in self.view.selectionModel().selectedRows()}
        return [self.model.rows[at] for at in sorted(found) if at < len(self.model.rows)]

    def select(self, row: Any) -> None:
        """Make a row the current one (by `id`, else equality); the first one if it is not there.

        In a table as high as its rows nothing is current before it has the focus.
        """
        if not self.model.rows or (row is None and self._fits):
            self.selected.emit(None)
            return
        wanted = _identity(row)
        at = next((n for n, one in enumerate(self.model.rows) if _identity(one) == wanted), 0)
        self.view.setCurrentIndex(self.model.index(at, self._first_column()))

    def step(self, by: int) -> None:
        """Go some rows down (or up when negative), for J and K."""
        at = min(max(0, self.view.currentIndex().row() + by), len(self.model.rows) - 1)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, self._first_column()))

    def allow_many(self) -> None:
        """Let several rows be selected (Ctrl, Shift)."""
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def shown(self) -> Shown:
        """What is shown: visible columns in their order, all rows that have been fetched."""
        columns = [c for c in self._visible() if c.kind != "action"]
        rows = tuple(tuple(c.text(row) for c in columns) for row in self.model.rows)
        return Shown(tuple(c.title for c in columns), tuple(c.kind for c in columns), rows)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as text with tabs."""
        columns = [c for c in self._visible() if c.kind != "action"]
        lines = ["\t".join(c.text(row) for c in columns) for row in self.chosen()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def hide_columns(self, keys: Sequence[str]) -> None:
        """Hide these columns and show the others."""
        self._put_away = set(keys)
        self._fit_width()

    # building

    def _build(self, has_header: bool) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.view)
        stack.addWidget(self.empty)
        stack.addWidget(self.pending)
        header = self.view.horizontalHeader()
        header.setVisible(has_header)
        header.setMinimumHeight(px(32))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(32))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.verticalHeader().setDefaultSectionSize(px(self.cells.row_height))
        for at, column in enumerate(self.model.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, mode)
            if column.width:
                header.resizeSection(at, px(column.width))
            self.view.setColumnHidden(at, not column.is_shown)
        self.setFocusProxy(self.view)
        if self._fits:
            self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.selected.emit(self.current()))
        self.view.opened.connect(self._open)
        self.cells.pressed.connect(lambda at, key: self.pressed.emit(self.model.rows[at], key))
        self.view.asked_menu.connect(self._show_menu)
        self.view.resized.connect(self._fit_width)
        self.view.resized.connect(self._fit_heights)
        self.view.horizontalHeader().sectionResized.connect(lambda *_: self._later.start())
        self.model.layoutChanged.connect(lambda *_: self._later.start())
        self.model.rowsInserted.connect(lambda *_: self._show_empty())
        self.pending.turned.connect(self._show_empty)

    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.activated.emit(row)

    def _visible(self) -> list[Column]:
        header = self.view.horizontalHeader()
        order = sorted(range(len(self.model.columns)), key=header.visualIndex)
        return [self.model.columns[at] for at in order if not self.view.isColumnHidden(at)]

    def _first_column(self) -> int:
        return next(n for n in range(len(self.model.columns)) if not self.view.isColumnHidden(n))

    def _sort_again(self) -> None:
        header = self.view.horizontalHeader()
        if self.model.is_complete and header.sortIndicatorSection() < len(self.model.columns):
            self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def _show_empty(self) -> None:
        is_empty, is_open = not self.model.rows, self.pending.is_open
        self.view.setVisible(not is_empty and not is_open)
        self.empty.setVisible(is_empty and not is_open)

    def _span_total(self) -> None:
        """Let each text of the total row run on over the empty cells behind it."""
        self.view.clearSpans()
        columns = self.model.columns
        for at, column in enumerate(columns):
            empty = 1
            while at + empty < len(columns) and not self.model.total.get(columns[at + empty].key):
                empty += 1
            if self.model.total.get(column.key) and empty > 1 and column.kind not in RIGHT:
                self.view.setSpan(len(self.model.rows), at, 1, empty)

    def _fit_heights(self) -> None:
        self._span_total()
        fit_second_lines(self.view, self.model, self.cells)
        if self._fits:
            header = self.view.horizontalHeader()
            top = header.sizeHint().height() if not header.isHidden() else 0
            self.view.setFixedHeight(top + self.view.verticalHeader().length() + 1)

    # the menu of the table

    def _show_menu(self, at: QPoint) -> None:
        self.menu().exec(at)

    def menu(self) -> QMenu:
        """The table's menu: copy, export what is shown, choose columns."""
        made = QMenu(self)
        made.addAction("复制所选行", self.copy)
        if self.export is not None:
            made.addAction("导出当前所见…", self._export)
        made.addSeparator()
        for number, column in enumerate(self.model.columns):
            self._add_choice(made, number, column)
        return made

    def _add_choice(self, menu: QMenu, at: int, column: Column) -> None:
        if not column.title:
            return
        choice = menu.addAction(column.title)
        choice.setCheckable(True)
        choice.setChecked(column.key not in self._put_away)
        choice.toggled.connect(lambda on, at=at: self._show_column(at, on))

    def _show_column(self, at: int, is_shown: bool) -> None:
        key = self.model.columns[at].key
        if is_shown:
            self._put_away.discard(key)
        elif len(self._visible()) > 1:
            self._put_away.add(key)
        self._fit_width()

    def _fit_width(self) -> None:
        """Show what was chosen; where that is too wide, columns without a value go first, then those that yield."""
        chosen = [column for column in self.model.columns if column.key not in self._put_away]
        empty = {column.key for column in chosen if self.model.is_without_value(column)}
        gone = self._put_away | yielding(chosen, empty, self.view.viewport().width())
        for at, column in enumerate(self.model.columns):
            if self.view.isColumnHidden(at) != (column.key in gone):
                self.view.setColumnHidden(at, column.key in gone)

    def _export(self) -> None:
        if self.export is not None:
            self.export(self.shown())


def _identity(row: Any) -> Any:
    if isinstance(row, (QModelIndex, QPersistentModelIndex)) or row is None:
        return None
    return getattr(row, "id", row)
