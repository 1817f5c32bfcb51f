"""What several parts of one answer rest on is worked out once: a month is not settled again for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from app.services.money.month_desk import MonthDesk
from app.services.targets.site_figures import RefreshFigures
from app.services.today.today_desk import TodayDesk
from tests.bench.report import counted
from tests.services.conftest import Desk
from tests.services.money_book import Book

RECORDS = "consultation.at, consultation.missing"
"""What the facts of a month ask of a record."""


def asked(desk: Desk, run: Callable[[], Any]) -> Counter[tuple[str, str]]:
    """How often each question for a month's records was sent, by statement and parameters."""
    with counted(desk.office.database.reader) as read, counted(desk.office.database.writer) as written:
        run()
    return Counter((sql, repr(values)) for sql, values in (*read, *written) if RECORDS in sql)


@pytest.fixture
def book(county: Desk) -> Book:
    """One duty sat with one record, in May."""
    made = Book(county)
    made.worked(2)
    made.record(2, "09:30")
    made.publish()
    return made


def test_today_settles_a_month_once(book: Book) -> None:
    found = asked(book.desk, lambda: book.desk.ask(TodayDesk()))
    assert found and max(found.values()) == 1


def test_a_months_desk_and_the_figures_settle_it_once(book: Book) -> None:
    desk = asked(book.desk, lambda: book.desk.ask(MonthDesk("2022-05")))
    assert desk and max(desk.values()) <= 1
    figures = asked(book.desk, lambda: book.desk.do(RefreshFigures()))
    assert figures and max(figures.values()) == 1
