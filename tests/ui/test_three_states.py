"""Being read, empty and not read are three states: no page says that nothing is there before it was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.desk import Desk, Place
from app.ui.page import PageView
from app.ui.runner import Runner
from app.ui.today.page import TodayPage
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.pending import AnswerState
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label
from app.values import Level
from tests.ui.office_desk import built
from tests.ui.test_widgets_runner import Memory, Note


@dataclass(frozen=True)
class Row:
    id: str


class Listing(PageView):
    """A table and a pane, each filled by a question of its own; `text` is what the table asks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "抽查")
        self.text = "rows"
        self.table, self.other, self.pane = (
            Table([Column("id", "编号")], empty="本月没有抽查"),
            Table([Column("id", "编号")], empty="本月没有投诉"),
            DetailPane(),
        )
        for part in (self.table, self.other, self.pane):
            self.body.addWidget(part)

    def refresh(self) -> None:
        self.ask(Note(self.text), self._fill, slot="rows")
        self.ask(Note("other"), lambda _found: self.other.set_rows(()), slot="other")

    def open(self, text: str) -> None:
        self.ask(Note(text), self._open, slot="card")

    def _fill(self, found: str) -> None:
        self.table.set_rows([Row(found)] if found == "rows" else ())

    def _open(self, found: str) -> None:
        self.pane.begin(found).add(label(found))


@pytest.fixture
def desk(qtbot: Any) -> Iterator[Desk]:
    runner = Runner(Memory(), "柴秀英")
    yield Desk(runner, Place("140521", "沁水县司法局", Level.county, "140521-01", "郭晓东", "审核员"))
    runner.office.gate.set()  # type: ignore[attr-defined]
    runner.close()


def shown(qtbot: Any, page: PageView) -> None:
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    QApplication.processEvents()


def settle(qtbot: Any, page: PageView) -> None:
    qtbot.waitUntil(lambda: not page.desk.runner.is_busy)


def test_a_table_is_being_read_then_filled_or_empty(qtbot: Any, desk: Desk) -> None:
    gate: Any = desk.runner.office
    gate.gate.clear()
    page = Listing(desk)
    shown(qtbot, page)
    for table in (page.table, page.other):
        assert table.pending.isVisible() and table.pending.words.text() == "正在读取…"
        assert not table.empty.isVisible() and not table.view.isVisible()
    gate.gate.set()
    settle(qtbot, page)
    assert page.table.view.isVisible() and page.other.empty.isVisible()
    assert not page.table.pending.isVisible() and not page.other.pending.isVisible()


def test_a_failure_is_said_where_the_answer_belongs_and_can_be_asked_again(qtbot: Any, desk: Desk) -> None:
    page = Listing(desk)
    page.text = "refuse"
    shown(qtbot, page)
    settle(qtbot, page)
    assert page.table.pending.state is AnswerState.failed and page.table.pending.again.isVisible()
    assert not page.table.empty.isVisible() and page.head.banner.isVisible()
    assert page.other.empty.isVisible()
    page.text = "rows"
    page.table.pending.again.click()
    settle(qtbot, page)
    assert page.table.view.isVisible() and not page.head.banner.isVisible()


def test_a_failed_repetition_leaves_what_is_known_another_question_does_not(qtbot: Any, desk: Desk) -> None:
    office: Any = desk.runner.office
    page = Listing(desk)
    shown(qtbot, page)
    settle(qtbot, page)
    page.text = "refuse"
    page.refresh()
    settle(qtbot, page)
    assert page.table.pending.state is AnswerState.failed and not page.table.view.isVisible()
    page.text = "rows"
    page.refresh()
    settle(qtbot, page)
    office.refuses = True
    page.refresh()
    settle(qtbot, page)
    assert page.table.view.isVisible() and page.head.banner.isVisible()


def test_a_pane_does_not_show_one_row_for_another(qtbot: Any, desk: Desk) -> None:
    page = Listing(desk)
    shown(qtbot, page)
    page.open("卫明")
    settle(qtbot, page)
    words = page.pane.findChildren(type(label("")), "")
    assert any(one.isVisible() and one.text() == "卫明" for one in words)
    page.open("refuse")
    settle(qtbot, page)
    assert page.pane.pending.isVisible() and not any(
        one.text() == "卫明" and one.isVisible() for one in words
    )


def test_the_day_does_not_say_that_nothing_waits_before_it_was_told(qtbot: Any, desk: Desk) -> None:
    gate: Any = desk.runner.office
    gate.gate.clear()
    page = built(TodayPage(desk))
    shown(qtbot, page)
    assert not page.calm.isVisible() and page.urgent.pending.isVisible()
    for card in (page.year, page.due, page.pay):
        assert card.pending.isVisible()
    assert not page.due.left.isVisible() and not page.year.year.isVisible()
