"""The pay page lists what is owed and offers no payment for it."""

from __future__ import annotations

from typing import Any

from app.ui.pay.page import PayPage
from app.ui.widgets.text import PlainLabel
from tests.services.conftest import county, make_desk  # noqa: F401
from tests.services.money_book import Book
from tests.services.test_money_debts import book, owing  # noqa: F401
from tests.ui.office_desk import Shown


def test_a_negative_month_is_listed_as_owed_and_cannot_be_paid(qtbot: Any, owing: Book) -> None:
    one = Shown(qtbot, owing.desk, PayPage)
    try:
        page = one.page
        assert isinstance(page, PayPage)
        page.open_with(month="2022-06")
        page.refresh()
        one.settle()
        [payee] = page.table.rows()
        page.table.select(payee)
        one.settle()
        one.picture("pay-owed")
        assert "应收回 900.00 元" in page.head.lead.whole() and "待发放 0.00 元" in page.head.lead.whole()
        assert page.table.model.columns[-1].tag(payee) == ("fault", "应收回")
        assert not page.main.isEnabled()
        told = [one.text() for one in page.detail.findChildren(PlainLabel)]
        assert "2022年6月尚有 900.00 元应收回，从以后的发放中抵扣" in told
    finally:
        one.close()
