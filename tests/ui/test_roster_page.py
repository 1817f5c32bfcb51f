"""The roster page on a real office: drafting, checking, changing and publishing by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget

from app.services.people.leave import AddLeave
from app.services.roster.change_duty import ChangeDuty
from app.services.roster.month_view import DutyState
from app.services.roster.publish_roster import PublishRoster
from app.ui.desk import Desk as Surface
from app.ui.desk import Place
from app.ui.roster.page import PAGE, RosterPage
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.widgets.button import Button
from app.ui.widgets.preview import Preview
from app.values import ChangeKind, Level
from tests.services.conftest import Desk
from tests.services.conftest import county as county
from tests.services.conftest import make_desk as make_desk
from tests.services.roster_desk import APRIL, JIEZHOU, MAY, add_lawyer, draft, month_of
from tests.ui.office_desk import built

Keys = Qt.Key


@pytest.fixture
def open_page(qtbot: Any) -> Iterator[Callable[[Desk], RosterPage]]:
    """Show the page of a county's 解州镇 in the window."""
    shells: list[Shell] = []

    def show(office: Desk) -> RosterPage:
        place = Place("140802", "盐湖区司法局", Level.county, "140802-01", "柴秀英", "工作人员")
        surface = Surface(Runner(office.office, office.actor), place, office.clock, may=office.actor.may)
        shell = Shell(surface, pages=[PAGE], unlock=lambda typed, tell: tell(""))
        shells.append(shell)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.activateWindow()
        shell.go("roster", site=JIEZHOU)
        page = built(shell.view())
        assert isinstance(page, RosterPage)
        settle(qtbot, page)
        return page

    yield show
    for shell in shells:
        shell.close()


def settle(qtbot: Any, page: RosterPage) -> None:
    """Wait until everything asked and done has arrived."""
    qtbot.waitUntil(lambda: not page.desk.runner.is_busy, timeout=5000)
    qtbot.waitUntil(lambda: page.view is not None and page.view.month == page.month, timeout=5000)
    qtbot.waitUntil(lambda: not page.desk.runner.is_busy, timeout=5000)


def press(qtbot: Any, page: RosterPage, text: str) -> None:
    """Click the button of these words: in the question if there is one, else beside the calendar, else in the head."""
    QApplication.processEvents()
    found = [
        one
        for place in (page.confirm, page.side, page)
        for one in place.findChildren(Button)
        if one.text() == text and one.isVisible()
    ]
    assert found, text
    found[0].click()
    settle(qtbot, page)


def said(page: RosterPage) -> str:
    """Everything the pane says."""
    QApplication.processEvents()
    return "\n".join(
        one.text()
        for one in page.side.currentWidget().findChildren(QWidget)
        if one.isVisible() and isinstance(one, QLabel | QPushButton)
    )


def shoot(page: RosterPage, name: str) -> None:
    """Keep a picture where HUIMIN_SHOTS names a folder."""
    if folder := os.environ.get("HUIMIN_SHOTS"):
        QApplication.processEvents()
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"roster-{name}.png"))


def test_y09_a_month_is_drafted_checked_and_published_by_keyboard(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    for name in ("王建国", "孙丽"):
        add_lawyer(county, name)
    page = open_page(county)
    assert page.grid.current_date() == date(2022, 5, 10)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Keys.Key_Right)
    qtbot.keyClick(page.grid, Keys.Key_Space)
    settle(qtbot, page)
    form = page.side.seat.form
    line = form.fields["person_id"].line
    qtbot.keyClicks(line, "sl")
    qtbot.waitUntil(lambda: form.fields["person_id"].list.isVisible())
    qtbot.keyClick(line, Keys.Key_Return)
    qtbot.keyClick(line, Keys.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert [(item.duty.name, item.duty.hours) for item in page.view.duties] == [("孙丽", "09:00-13:00")]
    qtbot.keyClick(page.grid, Keys.Key_V)
    assert "3 处问题，都可照此发布" in said(page) and "本周未排班" in said(page)
    shoot(page, "checked")
    qtbot.keyClick(page.grid, Keys.Key_P)
    assert not page.confirm.isHidden()
    press(qtbot, page, "发布")
    assert page.view.version is not None and page.view.version.number == 1


def test_a_bureau_s_steps_stand_beside_the_state_of_a_month_so_that_hours_have_room(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    draft(county, 11, add_lawyer(county))
    page = open_page(county)
    page.head.set_lead("第 12 版已发布 · 12 处问题 · 22 次值班")
    page.window().resize(1366, 699)
    page.window().resize(1366, 698)
    QApplication.processEvents()
    beside = page.publish_button.mapTo(page, page.publish_button.rect().center()).y()
    title = page.head.title.mapTo(page, page.head.title.rect().center()).y()
    assert abs(beside - title) < page.publish_button.height(), "a second row costs the calendar its hours"


def test_y09_a_short_duty_is_mended_by_one_click(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    wang = add_lawyer(county)
    for day in (5, 11, 25):
        draft(county, day, wang)
    draft(county, 18, add_lawyer(county, "孙丽"), "09:00-12:00")
    draft(county, 20, wang, "08:00-12:00", kind="流动站点")
    page = open_page(county)
    page.select(date(2022, 5, 18))
    assert "不足 4 小时" in said(page) and "四（一）4" in said(page)
    shoot(page, "short")
    press(qtbot, page, "改为 09:00–13:00")
    assert {problem.code for problem in page.view.problems} == {"E416"}
    page.seats.assign()
    settle(qtbot, page)
    shoot(page, "assign")


def test_p13_p01_clashes_are_red_and_publication_lists_them(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    wang, sun = add_lawyer(county), add_lawyer(county, "孙丽")
    draft(county, 11, wang)
    county.do(PublishRoster(JIEZHOU, MAY))
    county.do(AddLeave(wang, datetime(2022, 5, 11), datetime(2022, 5, 12)))
    draft(county, 18, sun)
    draft(county, 18, sun, "10:00-12:00", site="北相镇")
    page = open_page(county)
    page.select(date(2022, 5, 11))
    assert "无人值班" in said(page)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Keys.Key_P)
    assert page.head.banner.isVisible() and "E471" in said(page)
    assert month_of(county).version.number == 1
    shoot(page, "refused")


def test_y22a_a_swap_asks_for_the_reason_and_says_that_the_wall_is_stale(
    qtbot: Any,
    county: Desk,
    open_page: Callable[[Desk], RosterPage],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft(county, 11, add_lawyer(county))
    sun = add_lawyer(county, "孙丽")
    county.do(PublishRoster(JIEZHOU, MAY))
    page = open_page(county)
    target = tmp_path / "poster.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    page.export()
    settle(qtbot, page)
    assert target.exists() and page.view.wall == ""
    page.select(date(2022, 5, 11))
    press(qtbot, page, "换人")
    form = page.side.seat.form
    field = form.fields["person_id"]
    field.line.insert("孙丽")
    qtbot.waitUntil(lambda: field.list.isVisible())
    qtbot.keyClick(field.line, Keys.Key_Return)
    assert field.value() == sun
    press(qtbot, page, "登记换人")
    assert "请填写变更原因" in said(page)
    form.fields["reason"].line.insert("王建国出庭")
    press(qtbot, page, "登记换人")
    assert page.view.duties[0].state is DutyState.changed and page.view.version.number == 2
    assert "v1→v2" in page.wall.wall.text()
    page.select(date(2022, 5, 11))
    assert "王建国出庭" in said(page)
    shoot(page, "changed")


def test_p14_ctrl_d_copies_and_lists_the_seats_left_empty(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    wang = add_lawyer(county)
    for day in (6, 13, 20, 27):
        draft(county, date(2022, 4, day), wang)
    county.do(PublishRoster(JIEZHOU, APRIL))
    page = open_page(county)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Keys.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert len(page.view.duties) == 3
    assert "放假（劳动节）" in said(page)
    shoot(page, "copied")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Keys.Key_PageUp)
    settle(qtbot, page)
    assert page.view.month == APRIL and page.head.title.text() == "2022年4月排班"


def test_an_open_form_survives_news_and_escape_puts_it_away(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    first = draft(county, 11, add_lawyer(county))
    county.do(PublishRoster(JIEZHOU, MAY))
    page = open_page(county)
    page.select(date(2022, 5, 12))
    page.seats.assign()
    form = page.side.seat
    page.do(ChangeDuty(first, ChangeKind.cancel, "停电"))
    settle(qtbot, page)
    assert page.side.seat is form and page.view.duties[0].state is DutyState.cancelled
    assert page.go_back() and page.side.seat is None
    assert not page.go_back()


def test_a_draft_is_deleted_after_a_question(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    draft(county, 11, add_lawyer(county))
    page = open_page(county)
    page.select(date(2022, 5, 11))
    press(qtbot, page, "删除")
    press(qtbot, page, "删除")
    assert page.view.duties == ()


def test_y04_the_poster_is_previewed_as_a_proof_and_as_published(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    draft(county, 11, add_lawyer(county))
    page = open_page(county)
    press(qtbot, page, "公示表")
    qtbot.waitUntil(lambda: isinstance(page.poster.shown, Preview))
    assert "公示表" in page.poster.shown.windowTitle()
    page.poster.shown.close()


def test_y03_a_bureau_chooses_the_site(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    page = open_page(county)
    assert page.sites.value() == JIEZHOU
    page.sites.set_value("140802-01")
    page.sites.changed.emit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.view.site == "140802-01")
    assert "未排班" in "".join(problem.short for problem in page.view.problems)
    shoot(page, "centre")
