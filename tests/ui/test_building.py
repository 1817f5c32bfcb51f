"""A page comes part by part: its title stands at once, keys and answers wait until it is whole, nobody is held up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.clock import SetClock, local_to_utc
from app.kernel.handlers import load_services
from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui.desk import Desk, Place
from app.ui.exchange.page import ExchangePage
from app.ui.opening import desk_of
from app.ui.page import Page, PageView
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.widgets.fields import LineField
from app.ui.widgets.pending import AnswerState
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.values import Level
from tests.exchange.offices import Place as OfficePlace
from tests.exchange.pair import county, station
from tests.ui.office_desk import built
from tests.ui.test_widgets_runner import Memory, Note

__all__ = ["county", "station"]


class Slow(PageView):
    """Three parts; notes what it is asked for and when."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "慢页")
        self.told: list[Any] = []

    def build(self) -> Iterator[None]:
        self.told.append("head")
        self.head.primary("新增", lambda: self.told.append("new"), keys="Ctrl N")
        yield
        self.told.append("table")
        self.table = Table([Column("id", "编号")])
        self.body.addWidget(self.table, 1)
        yield
        self.told.append("line")
        self.line = LineField("姓名")
        self.body.addWidget(self.line)

    def refresh(self) -> None:
        self.told.append("asked")
        self.ask(Note("rows"), lambda _found: self.table.set_rows(()))

    def open_with(self, **wanted: Any) -> None:
        self.told.append(wanted)


class Plain(PageView):
    """Nothing to be built in parts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "今日")
        self.line = LineField("找人")
        self.body.addWidget(self.line)


WHOLE = ["head", "table", "line"]


@pytest.fixture
def shell(qtbot: Any) -> Iterator[Shell]:
    place = Place("140521101", "龙港镇公共法律服务工作站", Level.station, "140521101", "柴秀英", "工作人员")
    desk = Desk(Runner(Memory()), place, SetClock(local_to_utc(datetime(2023, 5, 10, 9))))
    made = Shell(
        desk, pages=[Page("plain", "今日", "today", Plain), Page("slow", "慢页", "roster", Slow, 0, 1)]
    )
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.go("plain")
    QApplication.processEvents()
    yield made
    made.close()


def slow(shell: Shell) -> Slow:
    view = shell._stack.views["slow"]
    assert isinstance(view, Slow)
    return view


def words(shell: Shell) -> list[str]:
    return [one.text() for one in shell._stack.findChildren(QLabel) if one.isVisible()]


def test_a_page_shows_its_title_at_once_and_is_filled_when_it_is_whole(qtbot: Any, shell: Shell) -> None:
    shell.go("slow")
    view = slow(shell)
    assert view.told == ["head"] and not view.isVisible()
    assert {"慢页", AnswerState.awaited.value} <= set(words(shell))
    qtbot.waitUntil(lambda: view.building.is_done and view.table.pending.answers == 1)
    assert view.told == [*WHOLE, "asked"] and view.isVisible()
    qtbot.waitUntil(lambda: shell.focusWidget() is view.line.editor)


def test_a_turn_builds_one_part(shell: Shell) -> None:
    shell.go("slow")
    view, lengths = slow(shell), []
    while not view.building.is_done:
        lengths.append(len(view.told))
        QApplication.processEvents()
    assert set(lengths) == {1, 2}


def test_what_is_wanted_and_pressed_meanwhile_waits_in_its_order(qtbot: Any, shell: Shell) -> None:
    shell.go("slow", row="r1")
    qtbot.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert slow(shell).told == ["head"]
    qtbot.waitUntil(lambda: slow(shell).told == [*WHOLE, {"row": "r1"}, "asked", "new"])


def test_who_goes_on_meanwhile_is_not_called_back(qtbot: Any, shell: Shell) -> None:
    shell.go("slow")
    qtbot.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert shell.key == "plain"
    view = slow(shell)
    qtbot.waitUntil(lambda: view.building.is_done)
    qtbot.wait(20)
    assert view.told == WHOLE and not view.isVisible()
    shell.go("slow")
    qtbot.waitUntil(lambda: view.told == [*WHOLE, "asked"])


def test_a_window_closed_meanwhile_builds_no_further(qtbot: Any, shell: Shell) -> None:
    shell.go("slow")
    view = slow(shell)
    shell.close()
    qtbot.wait(20)
    assert view.told == ["head"]


def test_a_window_made_anew_meanwhile_begins_again(qtbot: Any, shell: Shell) -> None:
    shell.go("slow")
    before = slow(shell)
    shell.rebuild()
    assert slow(shell) is not before
    qtbot.waitUntil(lambda: slow(shell).told == [*WHOLE, "asked"])


@pytest.mark.parametrize("level", ["county", "station"])
def test_every_page_comes_in_parts_and_loads_no_module(
    qtbot: Any, county: OfficePlace, station: OfficePlace, level: str
) -> None:
    load_services()  # as the program does while somebody types the password
    place = county if level == "county" else station
    runner = Runner(place.office, place.actor)
    desk = desk_of(runner, place.ask(Settings()), place.ask(Accounts()), place.office.data, place.clock)
    shell = Shell(desk)
    qtbot.addWidget(shell)
    shell.show()
    loaded = set(sys.modules)
    for page in shell.pages:
        shell.go(page.key)
        view = shell.view()
        assert view is not None and not view.building.is_done, page.key
        built(view)
        assert set(sys.modules) == loaded, (page.key, set(sys.modules) - loaded)
        qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
        loaded = set(sys.modules)
    shell.close()


def test_the_forms_of_the_exchange_are_made_when_first_opened(qtbot: Any, county: OfficePlace) -> None:
    runner = Runner(county.office, county.actor)
    desk = desk_of(runner, county.ask(Settings()), county.ask(Accounts()), county.office.data, county.clock)
    page = built(ExchangePage(desk))
    qtbot.addWidget(page)
    assert page.side.count() == 1
    page.invite()
    assert page.side.count() == 2 and page.side.currentWidget() is page.invite_form
    assert page.go_back() and page.side.currentWidget() is page.pane
    page.invite()
    assert page.side.count() == 2
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    runner.close()
