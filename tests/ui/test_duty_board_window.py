"""The second screen: who sits now in large letters, closed by Esc, asking no more once closed (Q12)."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.ui.today.page import TodayPage
from tests.services.conftest import Desk, county, make_desk
from tests.services.money_book import CENTRE, Book
from tests.ui.office_desk import Shown

__all__ = ["county", "make_desk"]


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Any:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    book = Book(county)
    book.duty(12, CENTRE)
    book.duty(12, CENTRE, "李四", hours="14:00-18:00")
    book.publish()
    one = Shown(qtbot, county, TodayPage)
    yield one
    one.close()


def words(board: Any) -> str:
    QApplication.sendPostedEvents(None, 0)
    return "\n".join(one.text() for one in board.findChildren(QLabel))


def test_q12_the_board_shows_who_sits_and_follows_the_clock(shown: Any, county: Desk) -> None:
    shown.page.show_board()
    board = shown.page.board
    shown.settle()
    if folder := os.environ.get("HUIMIN_SHOTS"):
        board.grab().save(f"{folder}/board.png")
    assert board.isVisible() and "张三" in words(board) and "正在值班" not in board.about.text()
    county.clock.go_to(datetime(2022, 5, 13, 9))
    board.ask()
    shown.settle()
    assert "今天没有值班" in words(board)
    shown.qtbot.keyClick(board, Qt.Key.Key_Escape)
    assert not board.isVisible() and not board._timer.isActive()


def test_q12_the_board_is_printed_from_the_palette(shown: Any) -> None:
    next(step for step in shown.page.steps() if step.title == "打印今日我当班").run()
    shown.settle()
    assert shown.page.preview is not None and shown.page.preview.windowTitle() == "今日我当班"
    shown.page.preview.close()
