"""The pay page lists who disputes the month, answers, and enters what was signed on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from app.services.money.enter_reply import EnterReply
from app.services.money.month_pay import ComputeSettlement
from app.services.money.replies import PayReplies, ReplyState
from app.ui.pay.page import PayPage
from app.ui.pay.reply_forms import DisputeAnswerForm, ReplyForm
from app.ui.widgets.button import Button
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.services.money_book import Book
from tests.ui.office_desk import Shown

MAY = "2022-05"


@pytest.fixture
def settled(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 6, 2, 9))
    book = Book(county)
    book.duty(10)
    book.row(10, "09:10", "13:00")
    book.worked(12)
    book.finish()
    return book


@pytest.fixture
def one(qtbot: Any, settled: Book) -> Any:
    shown = Shown(qtbot, settled.desk, PayPage)
    shown.page.open_with(month=MAY)
    shown.page.refresh()
    shown.settle()
    yield shown
    shown.close()


def press(one: Shown, words: str) -> None:
    button = next(
        b for b in one.page.findChildren(QAbstractButton) if b.text() == words and b.isVisibleTo(one.page)
    )
    button.click()
    one.settle()


def test_y29_a_word_on_paper_is_entered_and_a_dispute_answered_with_an_adjustment(
    one: Shown, settled: Book
) -> None:
    page = one.page
    assert isinstance(page, PayPage)
    assert not page.disputes.isVisibleTo(page)
    page.table.select(page.table.rows()[0])
    one.settle()
    press(one, "登记答复")
    form = page.side.form
    assert isinstance(form, ReplyForm)
    late = settled.desk.ask(ComputeSettlement(MAY)).lines[0].key
    form.form.set_values({"word": "有异议", "key": late, "reason": "打卡机慢 10 分"})
    form.submit()
    one.settle()
    [told] = settled.desk.ask(PayReplies(MAY))
    assert (told.state, told.held_fen, told.disputes[0].is_by_pin) == (ReplyState.disputed, 25000, False)
    assert page.disputes.text() == "异议 1 条" and "有异议暂不发 250.00 元" in page.head.lead.whole()
    page.show_disputes()
    one.settle()
    one.picture("pay-disputes")
    press(one, "答复")
    form = page.side.form
    assert isinstance(form, DisputeAnswerForm)
    form.form.set_values({"verdict": "成立", "reason": "监控显示 09:00 前到岗", "new_fen": 30000})
    one.picture("pay-answer")
    form.submit()
    one.settle()
    [told] = settled.desk.ask(PayReplies(MAY))
    assert (told.state, told.payable_fen) == (ReplyState.waiting, 60000)
    assert not page.disputes.isVisibleTo(page)


def test_y29_a_confirmed_month_says_so(one: Shown, settled: Book) -> None:
    settled.desk.do(EnterReply(MAY, settled.people["张三"], False))
    one.page.refresh()
    one.settle()
    page = one.page
    assert isinstance(page, PayPage)
    page.table.select(page.table.rows()[0])
    one.settle()
    words = [button.text() for button in page.findChildren(Button) if button.isVisibleTo(page)]
    assert "登记答复" not in words and "答复异议" not in words
    one.picture("pay-confirmed")
