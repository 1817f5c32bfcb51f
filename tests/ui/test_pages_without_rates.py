"""The pages of a month's end under a document that fixes no duty pay: duties, its remark once, no amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.kernel.permissions import KIOSK
from app.services.money.statement import MyPay
from app.services.office.set_up import NewOffice
from app.ui.kiosk.pay_panel import PayPanel
from app.ui.pay.page import PayPage
from app.ui.reports.page import ReportsPage
from app.ui.review.page import ReviewPage
from app.ui.settlement.page import SettlementPage
from app.values import Month
from tests.services.conftest import Desk, make_desk  # noqa: F401
from tests.services.money_book import Book
from tests.ui.office_desk import Shown

CENTRE = "320707-01"
UNPAID = "本方案未定标准"


@pytest.fixture
def book(make_desk: Callable[..., Desk]) -> Book:
    new = NewOffice(
        code="320707",
        name="赣榆区司法局",
        level="县",
        parent="3207",
        pack="ganyu-2021",
        admin="admin",
        password="Ganyu-2021",
        admin_title="管理员",
    )
    desk = make_desk(new, "ganyu")
    desk.clock.go_to(datetime(2021, 6, 2, 9))
    made = Book(desk, year=2021)
    made.worked(10, CENTRE, hours="08:30-12:00；14:00-18:30", kind="中心值班")
    made.worked(11, CENTRE, "李四", hours="08:30-12:00", kind="中心值班")
    made.check(11, "10:00", "虚假值班", None, "属实", CENTRE, "李四")
    made.publish()
    return made


@pytest.fixture
def shown(qtbot: Any, book: Book) -> Iterator[Callable[..., Shown]]:
    opened: list[Shown] = []

    def show(factory: Any) -> Shown:
        opened.append(Shown(qtbot, book.desk, factory))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def said(page: Any) -> str:
    """All that a page says, its tables included."""
    labels = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    labels += [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    return "\n".join([page.head.lead.whole(), *labels])


@pytest.mark.parametrize("factory", [PayPage, SettlementPage, ReviewPage])
def test_a_page_shows_duties_and_no_amounts(shown: Callable[..., Shown], factory: Any) -> None:
    one = shown(factory)
    page = one.page
    table = page.matrix if isinstance(page, ReviewPage) else page.table  # type: ignore[attr-defined]
    table.select(table.rows()[0])
    one.settle()
    one.picture(f"unrated-{factory.__name__}")
    assert "0.00" not in said(page) and UNPAID in said(page)
    hidden = {"PayPage": "net", "SettlementPage": "net_fen", "ReviewPage": ""}[factory.__name__]
    if hidden:
        at = [column.key for column in table.model.columns].index(hidden)
        assert table.view.isColumnHidden(at)


def test_the_pay_report_is_a_ledger_on_screen(shown: Callable[..., Shown]) -> None:
    one = shown(ReportsPage)
    page = one.page
    page.open_with(report="pay", period="2021-05")
    one.settle()
    one.picture("unrated-report")
    assert UNPAID in page.notes.text() and len(page.view.table.texts) == 2  # type: ignore[attr-defined]


def test_the_kiosk_shows_duties_without_amounts(qtbot: Any, book: Book) -> None:
    panel = PayPanel(lambda: None)
    qtbot.addWidget(panel)
    panel.start("张三", Month(2021, 5))
    panel.show_pay(book.desk.ask(MyPay("2021-05", book.people["张三"]), KIOSK))
    assert (panel.total.text, panel.lines[0].amount.text()) == ("", "")
    assert panel.lead.text() == f"1 次值班，{UNPAID}，值班照列，不计补贴"
