"""Makes the rows of a table as high as their second lines want."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from app.ui.theme import px
from app.ui.widgets.table_delegate import CellDelegate
from app.ui.widgets.table_model import RowsModel

WRAP_LIMIT = 300


def fit_second_lines(view: QTableView, model: RowsModel, cells: CellDelegate) -> None:
    """Measure the columns that have second lines, for nothing else in a row makes it higher; long lists stay as they are."""
    wrapped = [
        (_one_line if column.sub_lines == 1 else column.sub, view.columnWidth(at))
        for at, column in enumerate(model.columns)
        if column.sub is not None and not view.isColumnHidden(at)
    ]
    if not wrapped or len(model.rows) > WRAP_LIMIT:
        return
    for at, row in enumerate(model.rows):
        height = max(cells.height_with(sub(row), width) for sub, width in wrapped)
        if view.rowHeight(at) != height:
            view.setRowHeight(at, height)
    if model.total:
        view.setRowHeight(len(model.rows), px(cells.row_height))


def _one_line(_row: object) -> str:
    """Words of one line in any column."""
    return "一"
