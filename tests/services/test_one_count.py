"""One count for one thing: badge, list and month page count by the same query; a settled month saves nobody a yuan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.permissions import Actor, Permission
from app.services.attendance.ask_correction import AskCorrection
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.consultations.entry import ConsultationEntry
from app.services.consultations.judge_entry import JudgeEntry
from app.services.consultations.register import Register
from app.services.money.month_desk import Finding, MonthDesk
from app.services.money.pay_sheet import PaySheetOf
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from app.ui.settlement.check_words import PAGES, check_sentence
from app.ui.today.urgent_steps import badges
from app.values import Month
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.services.money_book import AFTER_MAY, CENTRE, STATION, Book, at

MAY = Month(2022, 5)
CLERK = Actor(
    "clerk", "clerk", "柴秀英", frozenset({Permission.LOOK, Permission.RECORD_ATTENDANCE}), is_account=False
)


@pytest.fixture
def book(county: Desk) -> Book:
    """Not signed out and asked to be put right, absent twice, a spot check that waits, two faulty records."""
    county.clock.go_to(AFTER_MAY)
    made = Book(county)
    made.duty(12, STATION, "卫明")
    made.row(12, "08:58", "", STATION, "卫明")
    made.duty(13, STATION, "卫明")
    made.duty(16, STATION, "孙丽")
    made.worked(20, STATION, "孙丽")
    made.check(20, "10:20", "虚假值班", None, "待核实", STATION, "孙丽")
    made.record(20, "10:00", answer="", site=STATION, who="孙丽")
    made.record(20, "10:30", answer="", site=STATION, who="孙丽")
    made.worked(6, CENTRE, "卫明")
    made.publish()
    county.do(AskCorrection(STATION, made.person("卫明"), "out", at(12, "13:00"), "停电，签到台关机"))
    return made


def badge_of(desk: Desk, page: str, actor: Actor | None = None) -> int:
    """The number beside a page in the navigation."""
    counts = desk.ask(Waiting(), actor) if actor else desk.ask(Waiting())
    return badges(counts, is_bureau=True).get(page, 0)


def test_badge_list_and_months_check_count_the_same_exceptions(book: Book) -> None:
    listed = book.desk.ask(ExceptionsList(MAY, STATION))
    assert len(listed) >= 4 and len({one.kind for one in listed}) >= 3
    found = book.desk.ask(MonthDesk("2022-05", STATION))
    assert (found.checks[0].finding, found.checks[0].count) == (Finding.attendance_open, len(listed))
    assert found.exceptions == listed
    assert badge_of(book.desk, "attendance") == len(book.desk.ask(ExceptionsList(MAY))) == len(listed)
    assert badge_of(book.desk, "attendance", CLERK) == len(listed)


def test_the_pay_page_counts_the_same_exceptions_before_and_after_the_settlement(book: Book) -> None:
    listed = len(book.desk.ask(ExceptionsList(MAY)))
    assert book.desk.ask(PaySheetOf("2022-05")).waiting == listed == badge_of(book.desk, "attendance")
    book.desk.do(SettleFinal("2022-05"))
    left = len(book.desk.ask(ExceptionsList(MAY)))
    assert book.desk.ask(PaySheetOf("2022-05")).waiting == left < listed


def test_p24_an_entry_for_a_reported_month_offers_no_yuan_to_save(book: Book) -> None:
    asked = JudgeEntry(ConsultationEntry(client_name="李桂花"), at(20, "10:00"), site=STATION)
    assert book.desk.ask(asked).fault_fen > 0
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    assert book.desk.ask(asked).fault_fen == 0
    assert book.desk.ask(replace(asked, site=CENTRE)).fault_fen > 0
    book.desk.do(SettleFinal("2022-05"))
    assert book.desk.ask(replace(asked, site=CENTRE)).fault_fen == 0


def test_badge_register_and_months_check_count_the_same_faulty_records(book: Book) -> None:
    wanted = Register(site=STATION, first=date(2022, 5, 1), last=date(2022, 5, 31), is_faulty_only=True)
    faulty = book.desk.ask(MonthDesk("2022-05", STATION)).checks[1]
    assert (faulty.finding, faulty.count) == (Finding.records_faulty, 2) and faulty.fen > 0
    assert book.desk.ask(wanted).total == badge_of(book.desk, "consultations") == 2


def test_p24_a_reported_and_a_settled_month_offer_no_yuan_to_save(book: Book) -> None:
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    reported = book.desk.ask(MonthDesk("2022-05", STATION)).checks[1]
    assert (reported.finding, reported.count, reported.fen) == (Finding.records_reported, 2, 0)
    book.desk.do(SettleFinal("2022-05"))
    settled = book.desk.ask(MonthDesk("2022-05", STATION)).checks
    assert (settled[1].finding, settled[1].count, settled[1].fen) == (Finding.records_settled, 2, 0)
    assert settled[1].finding not in PAGES
    assert not any("少扣" in check_sentence(one, "") for one in (reported, *settled))
    assert UrgentKind.faulty_records not in book.desk.ask(Waiting())


def test_p24_what_only_another_record_would_settle_no_longer_waits_in_a_settled_month(book: Book) -> None:
    book.desk.do(SettleFinal("2022-05"))
    kinds = {one.kind.value for one in book.desk.ask(ExceptionsList(MAY))}
    assert kinds and not kinds & {"no_sign_in", "no_sign_out", "no_record_duty"}
