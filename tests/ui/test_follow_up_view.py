"""Calling people back in the consultation page: keys 1 to 4, the words of the unhappy, the telephone on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from app.services.consultations.follow_up_list import FollowUps, FollowUpState
from app.services.office.settings import ChangeSetting
from app.ui.consultations.page import ConsultationsPage
from app.values import Month
from tests.services.conftest import Desk, county, make_desk
from tests.services.money_book import Book
from tests.ui.office_desk import Shown

__all__ = ["county", "make_desk"]
MAY = Month(2022, 5)


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Any:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    book = Book(county)
    book.worked(10)
    book.publish()
    for minute in range(4):
        book.record(10, f"10:0{minute}")
    county.do(ChangeSetting("pack.follow_up_percent", "100", "市局口径"))
    one = Shown(qtbot, county, ConsultationsPage)
    one.page.open_with(follow_up=True)
    one.settle()
    yield one
    one.close()


def states(desk: Desk) -> list[FollowUpState]:
    return sorted((line.call.state for line in desk.ask(FollowUps(MAY)).lines), key=lambda one: one.value)


def press(one: Any, key: Qt.Key) -> None:
    one.qtbot.keyClick(one.page.follow_ups.table, key)
    one.settle()


def choose(one: Any, place: int) -> None:
    table = one.page.follow_ups.table
    waiting = [row for row in table.rows() if row.call.state is FollowUpState.due]
    table.select(waiting[place])
    one.settle()


def test_y06_keys_one_to_four_take_down_what_came_of_a_call(shown: Any, county: Desk) -> None:
    view = shown.page.follow_ups
    choose(shown, 0)
    said = "\n".join(one.text() for one in view.pane.findChildren(QLabel))
    assert "您好，我是盐湖区解州" in said and "13800001234" not in said and "6月9日前" in said
    shown.picture("follow-ups")
    press(shown, Qt.Key.Key_1)
    choose(shown, 0)
    press(shown, Qt.Key.Key_4)
    choose(shown, 0)
    press(shown, Qt.Key.Key_3)
    assert not view.confirm.isHidden(), "the unhappy are quoted"
    shown.picture("follow-up-unhappy")
    view.confirm._reason.set_value("没有解决")
    view.confirm._do()
    shown.settle()
    assert states(county) == [FollowUpState.due, *[FollowUpState.reached] * 2, FollowUpState.tried]
    assert shown.page.head.lead.whole().startswith("应回访 4 人，已接通 2，待回访 2")


def test_the_telephone_is_shown_on_record(shown: Any, county: Desk) -> None:
    choose(shown, 0)
    view = shown.page.follow_ups
    next(one for one in view.pane.findChildren(type(shown.page.new)) if one.text() == "显示电话").click()
    shown.settle()
    assert "13800001234" in "\n".join(one.text() for one in view.pane.findChildren(QLabel))
    with county.office.database.reader.connect() as connection:
        kept = connection.scalar(text("SELECT why FROM journal ORDER BY id DESC LIMIT 1"))
    assert kept == "回访"
