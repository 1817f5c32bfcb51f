"""Shows how an amount came about: a row a step, its evidence, and the clause it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.money.month_pay import UNPAID
from app.services.money.story import LineView, StoryStep
from app.ui.evidence import Where, where_is
from app.ui.theme import px
from app.ui.widgets.button import Button, link
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.table_model import shown
from app.ui.widgets.text import label, rule

OpenRecord = Callable[[Where], object]


class StoryPane(DetailPane):
    """“240.00 元是怎么来的”, for the line that is selected."""

    def show_line(
        self,
        line: LineView,
        clauses: Mapping[str, str],
        *actions: Button,
        open_record: OpenRecord | None = None,
        has_pay: bool = True,
    ) -> None:
        """The line's steps, its clauses and what can be done about it; has_pay False: the document fixes no amount."""
        if not has_pay:
            self.begin(f"{line_day(line)} {line.name}　{line.kind.value}").note(f"{UNPAID}。").end(*actions)
            return
        self.begin(f"{line_day(line)} {line.name}　{money(line.net_fen)} 元是怎么来的")
        self.add(steps_grid(line, open_record))
        for words in clause_words(line, clauses):
            self.note(f"依据　{words}")
        if line.settings:
            self.add(
                label(
                    "口径　" + "；".join(f"{name}：{value}" for name, value in line.settings),
                    "small2",
                    wraps=True,
                )
            )
        self.end(*actions)


def steps_grid(line: LineView, open_record: OpenRecord | None = None) -> QWidget:
    """The steps as rows with their amounts on the right, the sum in bold below; open_record: each leads to its record."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(6))
    grid.setColumnStretch(0, 1)
    for step in line.steps:
        where = where_is(line, step) if open_record is not None else None
        _add_step(
            grid, step, partial(open_record, where) if open_record is not None and where is not None else None
        )
    _add_row(
        grid, label("实发" if line.is_settled else "调整", "strong"), label(money(line.net_fen), "strong")
    )
    return holder


def clause_words(line: LineView, clauses: Mapping[str, str]) -> list[str]:
    """Each clause of the line with the notice's own words."""
    return [f"{clause}：{clauses[clause]}" if clauses.get(clause) else clause for clause in line.clauses]


def money(fen: int) -> str:
    """300.00, −50.00."""
    return shown(fen, "money")


def line_day(line: LineView) -> str:
    """4月12日."""
    return f"{line.on.month}月{line.on.day}日"


def evidence_button(line: LineView, run: Callable[[], object]) -> Button:
    """How much evidence is behind a line, and the way to it."""
    made = Button(f"证据链 {len(line.proofs)} 条", run, hint="打开考勤和咨询中的原始记录")
    made.setEnabled(bool(line.proofs))
    return made


def _add_step(grid: QGridLayout, step: StoryStep, open_record: Callable[[], object] | None) -> None:
    amount = label("" if step.fen is None else money(step.fen), state="fault" if (step.fen or 0) < 0 else "")
    text = label(step.text, wraps=True)
    _add_row(grid, text, amount)
    if step.hint:
        grid.addWidget(label(step.hint, "small2", wraps=True), grid.rowCount(), 0)
    if open_record is not None:
        grid.addWidget(
            link("打开记录", open_record, is_flush=True), grid.rowCount(), 0, Qt.AlignmentFlag.AlignLeft
        )
    grid.addWidget(rule(), grid.rowCount(), 0, 1, 2)


def _add_row(grid: QGridLayout, text: QWidget, amount: QWidget) -> None:
    at = grid.rowCount()
    grid.addWidget(text, at, 0)
    grid.addWidget(amount, at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
