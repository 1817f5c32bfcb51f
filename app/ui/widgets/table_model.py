"""Rows of frozen dataclasses as a Qt model: columns as data, sorting, lazy paging, one total row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.text import display_safe
from app.ui.theme import State, colour, current
from app.values import number_text, yuan_text

Index = QModelIndex | QPersistentModelIndex
ROW, COLUMN, TAG, SUB = (int(Qt.ItemDataRole.UserRole) + n for n in range(1, 5))
RIGHT = ("money", "number")
LOOKED_AT = 200
"""How many rows tell whether a column has any value."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    kind: text, strong, muted, number, money (value in 分), date, datetime, time, hours (08:30-12:00；14:00-18:30), tag
    or action.
    value: row → value (default: the attribute `key`). tag: row → (state, word) for kind tag, None for no tag.
    action: row → the button's words, "" for none, for kind action. sub: row → a smaller second line.
    sub_lines: 0 wraps the second line as far as it wants; 1 keeps it to one, shortened, so that all rows are of one height.
    tone: row → state whose colour the text takes. width: pixels of the 100 % drawing; 0 takes the free room.
    yields: 0 stays while it has a value; columns of a higher number go first where the table is too narrow for all of them.
    """

    key: str
    title: str
    width: int = 0
    kind: str = "text"
    value: Callable[[Any], Any] | None = None
    tag: Callable[[Any], tuple[State | str, str] | None] | None = None
    action: Callable[[Any], str] | None = None
    sub: Callable[[Any], str] | None = None
    sub_lines: int = 0
    tone: Callable[[Any], State | str | None] | None = None
    is_shown: bool = True
    is_sortable: bool = True
    yields: int = 0

    def of(self, row: Any) -> Any:
        """The row's value."""
        return self.value(row) if self.value is not None else getattr(row, self.key, None)

    def text(self, row: Any) -> str:
        """The row's value as shown and copied."""
        if self.kind == "tag" and self.tag is not None:
            found = self.tag(row)
            return found[1] if found else ""
        if self.kind == "action" and self.action is not None:
            return self.action(row)
        return shown(self.of(row), self.kind)


def shown(value: Any, kind: str = "text") -> str:
    """A value as a person reads it: 分 as 元 with two decimals, dates as 2022-05-10, nothing as —."""
    if value is None or value == "":
        return "—"
    if kind == "money":
        return yuan_text(value)
    if kind == "number" and isinstance(value, int):
        return number_text(value)
    if isinstance(value, datetime):
        return f"{value:%H:%M:%S}" if kind == "time" else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, (tuple, list, frozenset, set)):
        return display_safe("，".join(str(item) for item in value))
    return display_safe(str(value))


Deliver = Callable[[Sequence[Any]], None]
More = Callable[[int, Deliver], None]


class RowsModel(QAbstractTableModel):
    """Shows rows; more(offset, deliver) fetches further ones when the end comes into sight."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.total: Mapping[str, str] = {}
        self.on_sort: Callable[[str, bool], None] | None = None
        self._more: More | None = None
        self._waits = False
        self._generation = 0

    def set_rows(self, rows: Sequence[Any], more: More | None = None) -> None:
        """Replace all rows; more is None when these are all of them."""
        self.beginResetModel()
        self.rows = list(rows)
        self._more = more
        self._waits = False
        self._generation += 1
        self.endResetModel()

    def set_total(self, total: Mapping[str, str]) -> None:
        """A last row that is neither sorted nor chosen: column key → text."""
        self.beginResetModel()
        self.total = dict(total)
        self.endResetModel()

    def set_title(self, key: str, title: str) -> None:
        """Another heading for a column."""
        self.columns = tuple(replace(one, title=title) if one.key == key else one for one in self.columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def is_total(self, row: int) -> bool:
        return bool(self.total) and row == len(self.rows)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are here, so that sorting them here is right."""
        return self._more is None

    def is_without_value(self, column: Column) -> bool:
        """Whether every row that is here shows — in this column; False without rows."""
        return bool(self.rows) and all(column.text(row) in ("", "—") for row in self.rows[:LOOKED_AT])

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows) + bool(self.total)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more is not None and not self._waits

    def fetchMore(self, parent: Index) -> None:
        if self._more is None or self._waits:
            return
        self._waits, generation = True, self._generation
        self._more(len(self.rows), lambda found: self._append(found, generation))

    def _append(self, found: Sequence[Any], generation: int) -> None:
        if generation != self._generation:
            return
        self._waits = False
        if not found:
            self._more = None
            return
        start = len(self.rows)
        self.beginInsertRows(QModelIndex(), start, start + len(found) - 1)
        self.rows.extend(found)
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.is_total(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        column = self.columns[index.column()]
        if self.is_total(index.row()):
            return self._total_data(column, role)
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(column, row)
        if role == Qt.ItemDataRole.FontRole and column.kind == "strong":
            return current().font(is_bold=True)
        return self._own_data(column, row, role)

    def _own_data(self, column: Column, row: Any, role: int) -> Any:
        if role == ROW:
            return row
        if role == COLUMN:
            return column
        if role == TAG and column.kind == "tag" and column.tag is not None:
            return column.tag(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.kind == "hours":
            return column.text(row)
        if role == SUB and column.sub is not None:
            return column.sub(row)
        return None

    def _total_data(self, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.total.get(column.key, "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return current().font(is_bold=True)
        return column if role == COLUMN else None

    def _alignment(self, column: Column) -> int:
        side = Qt.AlignmentFlag.AlignRight if column.kind in RIGHT else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _ink(self, column: Column, row: Any) -> Any:
        tone = column.tone(row) if column.tone is not None else None
        if tone is not None:
            return colour(str(tone))
        if column.kind == "muted" or column.text(row) == "—":
            return colour("ink3")
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].is_sortable:
            return
        down = order == Qt.SortOrder.DescendingOrder
        if self.on_sort is not None and not self.is_complete:
            self.on_sort(self.columns[column].key, down)
            return
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=lambda row: _sort_key(self.columns[column], row), reverse=down)
        self.layoutChanged.emit()


def _sort_key(column: Column, row: Any) -> tuple[bool, Any]:
    value = column.of(row) if column.kind not in ("tag", "action") else column.text(row)
    if isinstance(value, (tuple, list)):
        value = "，".join(map(str, value))
    return (value is not None, value if value is not None else "")
