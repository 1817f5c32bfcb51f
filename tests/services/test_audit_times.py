"""Audits in time (Q13): what waits on 今日, how many days it took, and what was mended."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.services.consultations.audit_consultation import AuditConsultation
from app.services.office.settings import ChangeSetting
from app.services.reports.show_report import ShowReport
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import OpenAudits, UrgentKind
from app.services.today.waiting import Waiting
from tests.services.conftest import Desk
from tests.services.money_book import OTHER, Book

REVIEWED = "运司字〔2022〕8号"


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    made = Book(county)
    made.worked(10)
    made.worked(12, OTHER, "李四")
    made.publish()
    return made


def waiting(book: Book) -> OpenAudits | None:
    found = [one.subject for one in book.desk.ask(TodayDesk()).urgent if one.kind is UrgentKind.audits]
    return found[0] if found else None


def test_q13_what_waits_longer_than_allowed_stands_on_today_until_it_is_audited(book: Book) -> None:
    first = book.record(10, "10:00")
    second = book.record(12, "10:00", site=OTHER, who="李四")
    assert waiting(book) is None, "no document names the days: nobody is reminded"
    book.desk.do(ChangeSetting("pack.audit_due_days", "8", REVIEWED))
    assert waiting(book) == OpenAudits(1, date(2022, 5, 10), 8)
    book.desk.do(ChangeSetting("pack.audit_due_days", "7", REVIEWED))
    assert waiting(book) == OpenAudits(2, date(2022, 5, 10), 7)
    assert book.desk.ask(Waiting())[UrgentKind.audits] == 2
    book.desk.do(AuditConsultation((first,), "合格"))
    assert waiting(book) == OpenAudits(1, date(2022, 5, 12), 7)
    book.desk.do(AuditConsultation((second,), "不规范", "答复与事项不符"))
    assert waiting(book) is None


def test_q13_days_to_the_audit_are_measured_and_what_was_mended_is_counted(book: Book) -> None:
    quick, slow = book.record(10, "10:00"), book.record(10, "11:00", answer="")
    book.record(10, "12:00")
    elsewhere = book.record(12, "10:00", site=OTHER, who="李四")
    book.desk.do(ChangeSetting("pack.audit_due_days", "7", REVIEWED))
    book.desk.clock.go_to(datetime(2022, 5, 13, 9))
    book.desk.do(AuditConsultation((quick, elsewhere), "合格"))
    book.desk.clock.go_to(datetime(2022, 5, 20, 9))
    book.desk.do(AuditConsultation((slow,), "缺项", "缺答复"))
    book.desk.clock.go_to(datetime(2022, 5, 20, 10))
    book.desk.do(AuditConsultation((slow,), "合格"))
    found = book.desk.ask(ShowReport("audits", "2022-05")).table
    assert [tuple(row[1:]) for row in (*found.texts, found.totals)] == [
        ("3", "2", "1", "6.5", "10", "1", "1", "1"),
        ("1", "1", "0", "1.0", "1", "0", "0", "0"),
        ("4", "3", "1", "4.7", "10", "1", "1", "1"),
    ]
