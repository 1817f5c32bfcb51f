"""The matrix and the review on a real office: pass, adjust and return by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.services.money.review_sheet import ReviewSheet
from app.services.money.submit_month import SubmitMonth
from app.ui.pay.small_forms import AdjustForm
from app.ui.review.page import ReviewPage
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.services.money_book import AFTER_MAY, CENTRE, OTHER, STATION, Book
from tests.ui.office_desk import Shown


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    made = Book(county)
    made.worked(13, who="秦岚")
    made.check(13, "10:20", good=None, who="秦岚")
    made.worked(20, who="秦岚")
    made.duty(27, who="高峰")
    made.row(27, "09:12", "13:00", who="高峰")
    made.worked(6, CENTRE, "卫明")
    made.publish()
    for site in (STATION, CENTRE):
        county.do(SubmitMonth("2022-05", site=site))
    county.do(SubmitMonth("2022-05", True, OTHER))
    return made


@pytest.fixture
def one(qtbot: Any, book: Book) -> Iterator[Shown]:
    made = Shown(qtbot, book.desk, ReviewPage)
    page = made.page
    page.open_with(site=STATION, month="2022-05")
    page.refresh()
    made.settle()
    made.settle()
    yield made
    made.close()


def key(one: Shown, letter: str) -> None:
    """Press a key in the page and wait."""
    one.page.activateWindow()
    one.qtbot.waitUntil(one.page.isActiveWindow, timeout=2000)
    one.page.matrix.setFocus()  # type: ignore[attr-defined]
    one.qtbot.keyClick(one.page.matrix.view, getattr(Qt.Key, f"Key_{letter}"))  # type: ignore[attr-defined]
    one.settle()


def test_y22_the_matrix_shows_units_by_months(one: Shown) -> None:
    page = one.page
    assert isinstance(page, ReviewPage)
    rows = {row.id: row for row in page.matrix.rows()}
    assert [rows[site].cells[-1].word for site in (STATION, CENTRE, OTHER)] == ["已收", "已收", "零报"]
    assert page.head.lead.whole().startswith("5月：22 个单位，0 通过")
    one.picture("review")


def test_y05_the_reviewer_adjusts_with_a_coded_reason_and_passes(book: Book, one: Shown) -> None:
    page = one.page
    assert isinstance(page, ReviewPage)
    assert page.pane.found is not None
    assert [line.standing.value for line in page.pane.found.lines] == ["doubtful", "clear", "clear"]
    key(one, "E")
    form = page.side.currentWidget()
    assert isinstance(form, AdjustForm)
    one.picture("review-adjust")
    form.form.set_values({"new_fen": 15000, "code": "其他"})
    form.submit()
    one.settle()
    assert page.side.currentWidget() is form
    form.form.set_values({"note": "脱岗，群众证实"})
    form.submit()
    one.settle()
    one.settle()
    found = book.desk.ask(ReviewSheet(STATION, "2022-05"))
    assert found.lines[0].now_fen == 15000 and found.state.state.value == "审核中"
    key(one, "A")
    assert page.confirm.isVisible()
    page.confirm._yes.click()
    one.settle()
    assert book.desk.ask(ReviewSheet(STATION, "2022-05")).state.state.value == "通过"


def test_y05_a_return_needs_a_reason(book: Book, one: Shown) -> None:
    page = one.page
    assert isinstance(page, ReviewPage)
    key(one, "R")
    page.confirm._yes.click()
    assert page.confirm.isVisible()
    page.confirm.reason().set_value("13日脱岗理由请补充")
    page.confirm._yes.click()
    one.settle()
    found = book.desk.ask(ReviewSheet(STATION, "2022-05"))
    assert (found.state.state.value, found.state.reason) == ("退回", "13日脱岗理由请补充")
