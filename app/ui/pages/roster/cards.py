"""The cards beside the calendar: who sits how often, what the month costs, which poster hangs on the wall."""

from __future__ import annotations

from collections.abc import Callable

from app.services.roster.month_view import RosterView
from app.ui.theme import px
from app.ui.widgets.card import Card, row
from app.ui.widgets.table import Column, Table
from app.ui.widgets.text import label, set_state

MOST_ROWS = 4
_ROW = 32


class BalanceCard(Card):
    """本月均衡: duties of each person this month and this year."""

    def __init__(self) -> None:
        super().__init__("本月均衡")
        self.table = Table(
            [Column("name", "人员"), Column("month", "本月", 64, "number"), Column("year", "全年", 64, "number")],
            name="本月均衡", empty="排班后在这里看各人的次数", row_height=_ROW,
        )
        self.add(self.table)

    def show_view(self, view: RosterView) -> None:
        """Show the month's balance; the table is as high as a few people need."""
        self.table.set_rows([_Row(one.person_id, one.name, one.month, one.year) for one in view.balance])
        rows = min(MOST_ROWS, len(view.balance))
        self.table.setFixedHeight(px(_ROW * (rows + 1) + 4) if rows else px(96))


class _Row:
    """A line of the balance, by person."""

    def __init__(self, person_id: str, name: str, month: int, year: int) -> None:
        self.id, self.name, self.month, self.year = person_id, name, month, year


class BudgetCard(Card):
    """排班即预算: duty pay the month commits, the year-end figure, and the pace of consultations."""

    def __init__(self) -> None:
        super().__init__("排班即预算")
        self.money = label("", wraps=True)
        self.pace = label("", "small", state="due", wraps=True)
        self.add(self.money, self.pace)

    def show_view(self, view: RosterView) -> None:
        """Show the figures; a document without rates says so."""
        budget = view.budget
        if budget.month_fen is None or budget.year_end_fen is None:
            self.money.setText("本方案未定补贴标准")
        else:
            self.money.setText(f"本月补贴 {_yuan(budget.month_fen)} 元　年底预计 {_yuan(budget.year_end_fen)} 元")
        self.pace.setText(budget.pace)
        self.pace.setVisible(bool(budget.pace))


class WallCard(Card):
    """公示表: the version in force, its check code, and whether the wall is stale."""

    def __init__(self, export: Callable[[], object], link: Callable[[str, Callable[[], object]], object]) -> None:
        super().__init__("公示表")
        self.version = label("", "small", wraps=True)
        self.wall = label("", "small", state="due", wraps=True)
        self.add(self.version, self.wall, row(link("导出 PDF 或 XLSX…", export), None))  # type: ignore[arg-type]

    def show_view(self, view: RosterView) -> None:
        """Hidden until something is published."""
        self.setVisible(view.version is not None)
        if view.version is not None:
            self.version.setText(view.version.words)
        self.wall.setText(view.wall)
        self.wall.setVisible(bool(view.wall))
        set_state(self.wall, state="due")


def _yuan(fen: int) -> str:
    """1 200: whole yuan in groups."""
    return f"{fen // 100:,}".replace(",", " ")
