"""Puts the papers of a case's file in order by keys or buttons and saves the order once."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.cases.case_file import FiledPaper
from app.services.cases.order_papers import OrderPapers
from app.ui.cases.paper_columns import PAPER_COLUMNS
from app.ui.widgets.button import Button
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table import Table


class OrderSheet(SideForm):
    """The papers as they will be bound; Alt+Up and Alt+Down move the marked one, Esc leaves all as it was."""

    def __init__(self, case: str, papers: Sequence[FiledPaper]) -> None:
        super().__init__(
            "排列卷内材料",
            "保存顺序",
            note="保存以前不改；按 Esc 放弃。",
            keys="Ctrl Return",
            is_note_first=True,
        )
        self.form.hide()
        self._case, self._before = case, tuple(papers)
        self._papers = list(papers)
        self.list = Table(PAPER_COLUMNS, name="卷内材料的顺序", empty="卷里还没有材料。", has_header=False)
        self.list.set_rows([*enumerate(papers, 1)])
        self.up = Button("上移", lambda: self.shift(-1), keys="Alt Up")
        self.down = Button("下移", lambda: self.shift(1), keys="Alt Down")
        self.hold_list(self.list, self.up, self.down)

    def shift(self, by: int) -> None:
        """Move the marked paper up (negative) or down."""
        at = self.list.view.currentIndex().row()
        to = at + by
        if at < 0 or not 0 <= to < len(self._papers):
            return
        self._papers[at], self._papers[to] = self._papers[to], self._papers[at]
        self.list.set_rows([*enumerate(self._papers, 1)])
        self.list.step(to - self.list.view.currentIndex().row())

    def is_changed(self) -> bool:
        """Whether the order is another one than at first."""
        return tuple(self._papers) != self._before

    def command(self) -> OrderPapers:
        """The whole order."""
        return OrderPapers(self._case, tuple(one.id for one in self._papers))
