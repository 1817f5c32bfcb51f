"""Outside its validity a document warns, and settles finally only with a reason on record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.packs import load_pack
from app.models.pay import Settlement
from app.models.records import JournalEntry
from app.services.money.month_desk import MonthDesk
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import StatementOf
from app.services.money.submit_month import SubmitMonth
from app.services.office.office import Office
from app.services.roster.roster_month import RosterMonth
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UrgentKind
from app.ui.today.urgent_words import urgent_sentence
from app.values import Month
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, STATION, Book

OUTSIDE = "2023-05 不在方案有效期内（运司通〔2022〕3号，2022-01-01 至 2022-12-31）"
REASON = "市局2023年1月6日批复，沿用2022年标准"


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2023, 6, 2, 9))
    made = Book(county, year=2023)
    made.worked(10)
    made.publish()
    return made


def texts(file: Path) -> str:
    rows = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell)


@pytest.mark.parametrize(
    ("key", "within", "outside"),
    [("yuncheng-2022", "2022-01", "2021-12"), ("yuncheng-2022", "2022-12", "2026-05"),
     ("ganyu-2021", "2021-05", "2021-04"), ("jian-2018", "2019-02", "2019-03")],
)  # fmt: skip
def test_a_month_with_days_outside_is_outside(key: str, within: str, outside: str) -> None:
    pack = load_pack(key)
    assert pack.outside_words(Month.parse(within)) == ""
    assert pack.outside_words(Month.parse(outside)).startswith(outside)


def test_outside_its_validity_a_document_settles_only_with_a_reason(book: Book, tmp_path: Path) -> None:
    assert book.settle().outside.startswith(OUTSIDE)
    assert book.desk.ask(MonthDesk(book.text, STATION)).pay.outside.startswith(OUTSIDE)
    for reason in ("", "  "):
        with pytest.raises(Refused, match="E869") as refused:
            book.desk.do(SettleFinal(book.text, reason))
        assert OUTSIDE in str(refused.value)
    assert not book.settle().is_final
    book.desk.do(ExportPaySheet(book.text, tmp_path / "试算.xlsx"))
    assert OUTSIDE in texts(tmp_path / "试算.xlsx")
    made = book.desk.do(SettleFinal(book.text, REASON))
    assert (made.is_final, made.total_fen) == (True, 30000)
    with Session(book.desk.office.database.reader) as session:
        assert session.scalars(select(Settlement.reason)).all() == [REASON]
        why = session.scalars(select(JournalEntry.why).where(JournalEntry.command == "SettleFinal")).all()
        assert why[-1] == REASON
    book.desk.do(ExportPaySheet(book.text, tmp_path / "发放表.xlsx"))
    assert f"最终结算理由：{REASON}" in texts(tmp_path / "发放表.xlsx")
    assert REASON in book.desk.ask(StatementOf(book.text, book.people["张三"])).validity


def test_outside_its_validity_reporting_roster_and_the_day_warn_and_refuse_nothing(book: Book) -> None:
    desk = book.desk
    assert desk.ask(RosterMonth(STATION, Month(2023, 5))).outside.startswith(OUTSIDE)
    assert desk.ask(RosterMonth(STATION, Month(2022, 5))).outside == ""
    assert desk.do(SubmitMonth(book.text, site=STATION)).outside.startswith(OUTSIDE)
    [told] = [one for one in desk.ask(TodayDesk()).urgent if one.kind is UrgentKind.outside]
    assert urgent_sentence(told, "").startswith(f"2023-06{OUTSIDE[7:]}")
    desk.clock.go_to(datetime(2022, 5, 20, 9))
    assert UrgentKind.outside not in [one.kind for one in desk.ask(TodayDesk()).urgent]


def test_done_again_or_in_another_process_it_needs_no_second_reason(book: Book) -> None:
    other = Office(book.desk.office.data, book.desk.office.safe.key, book.desk.clock)
    try:
        with pytest.raises(Refused, match="E869"):
            other.do(SettleFinal(book.text), other.actor_of("admin"))
        book.desk.do(SettleFinal(book.text, REASON))
        again = other.do(SettleFinal(book.text), other.actor_of("admin")).value
        assert (again.is_final, again.reason) == (True, REASON)
    finally:
        other.close()


def test_within_its_validity_nothing_is_asked_or_said(county: Desk) -> None:
    county.clock.go_to(AFTER_MAY)
    book = Book(county)
    book.worked(10)
    made = book.finish()
    assert (made.outside, made.validity_note) == ("", "")
    assert book.desk.ask(PaySheetOf("2022-05")).sheet.validity == ""
