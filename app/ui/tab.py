"""What the tabs of pages share: a table on the left, and beside it the detail or a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.ui.page import PageView
from app.ui.widgets.card import Card, columns
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.side_form import Side, SideForm
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.tabs import Tabs

SIDE_WIDTH = 400


class Tab(QWidget):
    """A table with a detail pane; show_detail(row) fills the pane, load() asks for the rows."""

    def __init__(self, page: PageView, cells: Sequence[Column], name: str, empty: str) -> None:
        super().__init__()
        self.page = page
        self.table = Table(cells, name=name, empty=empty)
        self.detail = DetailPane()
        self.side = Side(self.detail)
        self.table.selected.connect(self._select)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(columns((self.left(), 1), (self.side, SIDE_WIDTH)), 1)

    def left(self) -> QWidget | QLayout:
        """What stands on the left: the table."""
        return Card(pad=1).add(self.table, stretch=1)

    def load(self) -> None:
        """Ask for what the tab shows."""

    def show_detail(self, row: Any) -> None:
        """Fill the pane for a row."""

    def new_item(self) -> None:
        """Begin a new one, where the tab has such a thing."""

    def open_form(
        self,
        form: SideForm,
        command: Callable[[dict[str, Any]], Any],
        words: str,
        after: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        """Show a form in the place of the pane; command(values) is carried out when it is saved, then after(values)."""

        def save() -> None:
            values = form.form.values()
            self.page.do(
                command(values),
                lambda _: self._saved(words, partial(after, values) if after else None),
                form=form.form,
            )

        self.side.show_form(form, save)

    def _saved(self, words: str, after: Callable[[], object] | None = None) -> None:
        self.side.close_form()
        self.page.done(words)
        self.load()
        if after is not None:
            after()

    def _select(self, row: Any) -> None:
        if row is None:
            self.detail.show_nothing()
        else:
            self.show_detail(row)


def tab_in_front(tabs: Tabs) -> Tab | None:
    """The tab that is shown; None where what is shown is something else."""
    part = tabs.part()
    return part if isinstance(part, Tab) else None
