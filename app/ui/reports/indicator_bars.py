"""Shows the year's indicators as progress bars, each of which opens the cases behind it (Y02 A05 A06 G01)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.cases.case_list import CaseRow
from app.services.targets.case_indicators import IndicatorPage, IndicatorView
from app.ui.cases.columns import COLUMNS
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.pace import ShareBar
from app.ui.widgets.table import Table
from app.ui.widgets.text import label

Choose = Callable[[IndicatorView], None]


class IndicatorBars(QScrollArea):
    """One line an indicator; choose: somebody wants its cases."""

    def __init__(self, page: IndicatorPage, choose: Choose) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("指标")
        self.lines = [IndicatorLine(one, choose) for one in page.indicators]
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(px(16), px(12), px(16), px(12))
        stack.setSpacing(px(14))
        for line in self.lines:
            stack.addWidget(line)
        stack.addStretch(1)
        self.setWidget(inner)


class IndicatorLine(QWidget):
    """Title and figure, the bar where a target is set, how the figure is made, and a button that opens its cases."""

    def __init__(self, one: IndicatorView, choose: Choose) -> None:
        super().__init__()
        self.indicator = one
        self.words = label(_figure_words(one), "large")
        self.open_button = Button(f"看 {one.rows} 件", partial(choose, one))
        self.open_button.setVisible(bool(one.rows))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(label(one.title), 1)
        head.addWidget(self.words)
        head.addWidget(self.open_button)
        stack.addLayout(head)
        self.bar = ShareBar()
        self.bar.share, self.bar.pace = one.share or 0.0, one.pace or 0.0
        self.bar.setAccessibleName(one.title)
        self.bar.setVisible(one.share is not None)
        stack.addWidget(self.bar)
        stack.addWidget(
            label(
                "；".join(filter(None, (one.formula, one.clause, indicator_pace(one)))), "small", wraps=True
            )
        )
        if one.warning:
            stack.addWidget(label(one.warning, "small", wraps=True))
        self.setAccessibleName(f"{one.title} {_figure_words(one)}")


def rows_table(rows: Sequence[CaseRow], title: str, chosen: Callable[[CaseRow], None]) -> Table:
    """The cases behind an indicator; Enter or a double click opens one."""
    table = Table(COLUMNS, name=title, empty="没有案件。")
    table.set_rows(rows)
    table.activated.connect(chosen)
    return table


def indicator_pace(one: IndicatorView) -> str:
    """`时序 55%，落后 3 个百分点`, "" for what has no pace."""
    if one.pace is None or one.behind is None:
        return ""
    points = round(one.behind * 100)
    lead = f"落后 {points} 个百分点" if points > 0 else f"领先 {-points} 个百分点" if points else "与时序持平"
    return f"时序 {round(one.pace * 100)}%，{lead}"


def _figure_words(one: IndicatorView) -> str:
    met = {True: "　已达到", False: "　未达到", None: ""}[one.is_met]
    return f"{one.text}　目标 {one.target}{met}" if one.target else one.text
