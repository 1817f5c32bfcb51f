"""The papers of a case as they will be bound: scans and forms in order, what is missing by name, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.case_values import CaseState
from app.services.cases.case_card import OpenCase
from app.services.cases.case_file import CaseFile, FiledPaper, FileView
from app.ui.cases.paper_columns import PAPER_COLUMNS
from app.ui.cases.paper_steps import PaperSteps
from app.ui.page import Action, PageView
from app.ui.theme import State, px
from app.ui.widgets.button import Button
from app.ui.widgets.card import row
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.into_view import follow_row
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

ICONS = {"添加材料…": "add", "导出全卷…": "download"}


class PapersTab(QWidget):
    """Asks for the file of the case and shows it; shown: what the same case's file was a moment ago.

    filled: other steps stand there.
    """

    filled = Signal()

    def __init__(
        self, page: PageView, case: OpenCase, steps: PaperSteps, shown: FileView | None = None
    ) -> None:
        super().__init__()
        self._page, self._case, self._steps = page, case, steps
        self.file: FileView | None = None
        self._wanted = ""
        self.list = Table(COLUMNS, name="卷内材料", empty="卷里还没有材料。", has_header=False, fit_rows=True)
        self.list.activated.connect(lambda one: steps.show(case, one[1]))
        follow_row(self.list.view)
        self._pending, self._upper = PendingPart(), QWidget()
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(px(12))
        self._lower = _buttons(steps.taking_out(case))
        for part in (self._pending, self._upper, self.list, self._lower):
            self._stack.addWidget(part)
        self.list.hide()
        self._lower.hide()
        if shown is not None:
            self.fill(shown)
        self.ask_anew()

    def ask_anew(self) -> None:
        """Ask for the file as it is now."""
        self._page.ask(CaseFile(self._case.row.id), self.fill, slot="file")

    def fill(self, file: FileView) -> None:
        """Show the file, or leave it as it is shown."""
        self._pending.come()
        if file == self.file:
            return
        self.file = file
        self.list.set_rows([*enumerate(file.papers, 1)])
        self.list.show()
        self._lower.show()
        step = self.focused_step()
        self._upper.hide()
        self._upper.deleteLater()
        self._upper = self._above(file)
        self._stack.insertWidget(0, self._upper)
        self.filled.emit()
        self.focus_step(step or self._wanted)

    def stops(self) -> list[QWidget]:
        """Where the focus stops on its way through, in order."""
        return [*self._upper.findChildren(Button), self.list.view, *self._lower.findChildren(Button)]

    def focused_step(self) -> str:
        """The words of the step that has the focus, "" for none."""
        found = QApplication.focusWidget()
        return found.text() if isinstance(found, Button) and self.isAncestorOf(found) else ""

    def focus_step(self, words: str) -> None:
        """Put the focus on a step, once there are steps; on the list where that step is offered no more."""
        self._wanted = words
        if words and self.file is not None:
            self._wanted = ""
            found = (one for one in self.stops() if isinstance(one, Button) and one.text() == words)
            next(found, self.list).setFocus()

    def _above(self, file: FileView) -> QWidget:
        """What is missing, and the steps."""
        holder = QWidget()
        stack = QVBoxLayout(holder)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        words = f"{file.catalogue}卷　{len(file.papers)} 份" if file.papers else f"{file.catalogue}卷"
        tags = [Tag(f"缺 {len(file.missing)} 份", State.DUE)] if file.missing else []
        if file.papers and not file.missing:
            tags.append(Tag("不缺必备材料", State.DONE))
        stack.addLayout(row(label(words), *tags, None, spacing=12))
        if file.missing:
            words = "归档时缺" if self._case.row.state is CaseState.archived else "归档以前要补齐"
            stack.addWidget(label(f"{words}：{'、'.join(file.missing)}", state="due", wraps=True))
        changing = self._steps.changing(self._case, is_ours=file.is_ours, is_empty=len(file.papers) < 2)
        if changing:
            stack.addWidget(_buttons(changing))
        return holder


def _buttons(steps: Sequence[Action]) -> QWidget:
    """Steps side by side."""
    holder = QWidget()
    holder.setLayout(
        FlowLayout(*(Button(one.title, one.run, icon=ICONS.get(one.title, "")) for one in steps), spacing=8)
    )
    return holder


def _state(one: tuple[int, FiledPaper]) -> tuple[State, str]:
    paper = one[1]
    if not paper.is_here:
        return State.DUE, "文件未到"
    return (State.INFO, "文书") if paper.is_form else (State.NONE, "扫描件")


COLUMNS = (
    *PAPER_COLUMNS,
    Column("kind", "种类", 96, "tag", value=lambda one: "", tag=_state, is_sortable=False),
)
