"""The cards beside the calendar: who sits how often, what the month costs, which poster hangs on the wall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.roster.month_view import RosterView
from app.ui.theme import px
from app.ui.widgets.button import link
from app.ui.widgets.card import Card, row
from app.ui.widgets.text import label
from app.values import number_text

MOST_PEOPLE = 3
WANTED = "wanted"
"""Property of a card that has something to say; only such a card is shown."""
_RIGHT = Qt.AlignmentFlag.AlignRight


class BalanceCard(Card):
    """本月均衡: duties of each person this month and this year."""

    def __init__(self) -> None:
        super().__init__("本月均衡")
        self.setProperty(WANTED, True)
        self._lines = QWidget()
        self.quality = label("", "small", wraps=True)
        self.add(self._lines, self.quality)

    def show_view(self, view: RosterView) -> None:
        """The busiest people first, and how many there are; what is lacking and how even it is below."""
        self.quality.setText(view.quality.words)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        for column in (1, 2):
            grid.setColumnMinimumWidth(column, px(56))
        people = f"人员（共 {len(view.balance)} 人）" if len(view.balance) > MOST_PEOPLE else "人员"
        for column, words in enumerate((people, "本月", "全年")):
            grid.addWidget(label(words, "label"), 0, column, _RIGHT if column else Qt.AlignmentFlag(0))
        shown = [(one.name, one.month, one.year) for one in view.balance[:MOST_PEOPLE]]
        for line, cells in enumerate(shown, 1):
            for column, cell in enumerate(cells):
                grid.addWidget(label(str(cell)), line, column, _RIGHT if column else Qt.AlignmentFlag(0))
        if not view.balance:
            grid.addWidget(label("排班后在这里看各人的次数", "small"), 1, 0, 1, 3)
        self.inner.replaceWidget(self._lines, fresh)
        self._lines.deleteLater()
        self._lines = fresh


class BudgetCard(Card):
    """排班即预算: duty pay the month commits, the year-end figure, and the pace of consultations."""

    def __init__(self) -> None:
        super().__init__("排班即预算")
        self.setProperty(WANTED, True)
        self.money = label("", wraps=True)
        self.pace = label("", "small", state="due", wraps=True)
        self.add(self.money, self.pace)

    def show_view(self, view: RosterView) -> None:
        """Show the figures; a document without rates says so."""
        budget = view.budget
        if budget.month_fen is None or budget.year_end_fen is None:
            self.money.setText("本方案未定补贴标准")
        else:
            self.money.setText(
                f"本月补贴 {_yuan(budget.month_fen)} 元　年底预计 {_yuan(budget.year_end_fen)} 元"
            )
        self.pace.setText(budget.pace)
        self.pace.setVisible(bool(budget.pace))


class WallCard(Card):
    """公示表: the version in force, its check code, and whether the wall is stale."""

    def __init__(self, export: Callable[[], object]) -> None:
        super().__init__(spacing=4)
        self.version = label("", "small2", wraps=True)
        self.wall = label("", "small", state="due", wraps=True)
        self.add(row(label("公示表", "section"), None, link("导出…", export)), self.version, self.wall)
        self.hide()

    def show_view(self, view: RosterView) -> None:
        """Hidden until something is published."""
        version = view.version
        self.setProperty(WANTED, version is not None)
        self.setVisible(version is not None)
        self.version.setText(version.words if version else "")
        self.wall.setText(view.wall)
        self.wall.setVisible(bool(view.wall))


def _yuan(fen: int) -> str:
    """1,200: whole yuan in groups."""
    return number_text(fen // 100)
