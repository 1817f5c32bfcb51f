"""What leaves the screen is on record, dry runs are told apart, and no hidden number can be searched out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.handlers import ANSWERS, TASKS, load_services
from app.kernel.permissions import KIOSK
from app.masking import means_number
from app.models.records import JournalEntry
from app.services.attendance.paper_sheets import PrintBlankRegister, PrintSignSheet
from app.services.cases.case_file import ExportCaseFile, ExportSpine
from app.services.cases.case_forms import ExportForm, PreviewForm, PrintForm
from app.services.consultations.answer_card import AnswerCard
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.register import Register
from app.services.consultations.sign_record import PrintRecord
from app.services.consultations.told_once import ToldOnce
from app.services.importing.import_workbook import ImportWorkbook
from app.services.kiosk.badge import BadgesOf, IssueBadge
from app.services.kiosk.people import FindKioskPeople
from app.services.money.batch_papers import ExportBankList, ExportBatch, PrintBatch
from app.services.money.circulars import CircularDrafts
from app.services.money.export_statement import ExportStatement
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf, PrintPaySheet
from app.services.money.statement import StatementOf
from app.services.office.journal import Journal
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.reports.export_report import ExportReport
from app.services.reports.export_rows import ExportReportRows
from app.services.reports.print_report import PrintReport
from app.services.reports.show_report import ShowReport
from app.services.roster.duty_board import PrintDutyBoard
from app.services.roster.export_poster import ExportPoster
from app.services.roster.preview_poster import PreviewPoster
from app.services.search.everything import FindAnything
from app.services.security.accounts import AddAccount
from app.services.security.reveal import Reveal
from app.values import Month
from tests.services.case_desk import CaseDesk
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, STATION, Book, ready_to_pay

PHONE, ID = "13835906021", "14052119900306006X"
"""Neither has a 7, so that a register number made of sevens is found by no part of them."""


@pytest.fixture
def book(county: Desk) -> Book:
    """张三 sat a duty whose sham was proved, and took down one record."""
    made = Book(county)
    made.worked(2)
    made.check(2, "10:00", "虚假值班", verdict="属实")
    made.record(2, "09:30")
    made.publish()
    return made


def entries(desk: Desk) -> list[JournalEntry]:
    with Session(desk.office.database.reader) as session:
        return list(session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_every_export_print_and_preview_says_who_what_period_and_how_many_rows(
    book: Book, tmp_path: Path
) -> None:
    desk, person, may = book.desk, book.person(), Month(2022, 5)
    desk.do(IssueBadge(person))
    [record] = desk.ask(Register()).rows
    outputs: list[tuple[Any, bool, str]] = [
        (ExportReport("people", "2022-05", tmp_path / "a.xlsx"), True, "2022-05，1 行"),
        (ExportReport("consultations", "2022-Q2", tmp_path / "b.pdf"), True, "2022-Q2，1 行"),
        (PrintReport("attendance", "2022-05"), True, "2022-05，1 行"),
        (ExportReportRows("people", "2022-05"), False, "2022-05，1 行"),
        (ExportPaySheet("2022-05", tmp_path / "c.xlsx"), True, "补贴发放表（含完整账号），2022-05，1 行"),
        (PrintPaySheet("2022-05"), True, "补贴发放表（含完整账号），2022-05，1 行"),
        (ExportPoster(STATION, may, tmp_path / "d.pdf"), True, "值班公示表，2022-05，1 行"),
        (PreviewPoster(STATION, may), False, "值班公示表，2022-05，1 行"),
        (StatementOf("2022-05", person), False, "补贴明细单，2022-05，1 行"),
        (CircularDrafts("2022-05"), False, "通报批评草稿，2022-05，1 行"),
        (BadgesOf((person,)), False, "工作牌，1 行"),
        (AnswerCard(record.id), False, "答复卡，2022-05-02，1 行"),
        (ToldOnce(record.id), False, "一次性告知单，2022-05-02，1 行"),
        (PrintRecord(record.id), False, "咨询登记表，2022-05-02，1 行"),
        (PrintSignSheet(STATION, date(2022, 5, 2)), False, "签到登记单，2022-05-02，1 行"),
        (PrintBlankRegister(STATION, date(2022, 5, 2)), False, "咨询登记单，2022-05-02，1 行"),
        (PrintDutyBoard(STATION), False, "今日我当班，2022-05-10，0 行"),
    ]
    load_services()
    named = {
        kind.__name__
        for kind in (*TASKS, *ANSWERS)
        if kind.__name__.startswith(("Export", "Print", "Preview"))
    }
    told_elsewhere = {"ExportBundles", "PrintWallChart", *CASE_OUTPUTS, *PAY_OUTPUTS}
    assert named - {type(request).__name__ for request, _, _ in outputs} == told_elsewhere, (
        "RecordExport tells, the chart names nobody, cases and payments stand below"
    )
    for request, is_task, words in outputs:
        before = len(entries(desk))
        if is_task:
            desk.do(request)
        else:
            desk.ask(request)
        made = [one for one in entries(desk)[before:] if one.command == type(request).__name__]
        assert [(one.actor, one.outcome) for one in made] == [(desk.actor.account, "done")], request
        assert made[0].why.endswith(words), request
        assert "张三" not in made[0].why + "".join(made[0].subjects)
    assert all(one.title for one in desk.ask(Journal()))


def test_looking_at_the_screen_is_no_export_and_a_refused_export_hands_out_nothing(
    book: Book, tmp_path: Path
) -> None:
    desk = book.desk
    before = len(entries(desk))
    for query in (PaySheetOf("2022-05"), Pool(), Register(), ShowReport("people", "2022-05")):
        desk.ask(query)
    assert len(entries(desk)) == before
    with pytest.raises(Refused, match="E477"):
        desk.do(ExportPoster(STATION, Month(2022, 7), tmp_path / "a.pdf"))
    assert len(entries(desk)) == before


def test_an_export_that_cannot_be_put_on_record_writes_no_file(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    with Session(book.desk.office.database.writer) as session, session.begin():
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(Exception, match=r"full|E\d\d\d"):
        book.desk.do(ExportReport("people", "2022-05", out))
    assert not out.exists()


def test_the_pay_page_masks_every_account_and_each_reveal_is_on_record(book: Book) -> None:
    desk = book.desk
    [payee] = desk.ask(PaySheetOf("2022-05")).payees
    assert payee.line.account == "****0000"
    whole = desk.do(Reveal("person_private", payee.account_row, "bank_account", "发放补贴"))
    assert whole == "6228480031234500000"
    newest = entries(desk)[-1]
    assert (newest.command, newest.why) == ("Reveal", "发放补贴")
    assert newest.subjects == [f"person_private/{payee.account_row}/bank_account"]


@pytest.mark.parametrize(
    ("kind", "is_dry_run", "outcome"),
    [("律师", True, "tried"), ("厨师", True, "tried"), ("厨师", False, "nothing"), ("律师", False, "done")],
)
def test_a_dry_run_is_not_put_on_record_as_done(
    county: Desk, tmp_path: Path, kind: str, is_dry_run: bool, outcome: str
) -> None:
    sheet = Workbook()
    sheet.worksheets[0].append(["姓名", "人员类别", "执业证号"])
    sheet.worksheets[0].append(["卫明", kind, "1"])
    sheet.save(tmp_path / "a.xlsx")
    county.do(ImportWorkbook("people", tmp_path / "a.xlsx", is_dry_run=is_dry_run))
    newest = entries(county)[-1]
    assert (newest.command, newest.outcome) == ("StoreSheet", outcome)
    assert bool(newest.subjects) == (outcome == "done")
    line = county.ask(Journal())[0]
    words = {"tried": "只检查", "nothing": "没有保存", "done": "完成"}
    assert (line.outcome, line.is_refused) == (words[outcome], False)


@pytest.mark.parametrize("number", [PHONE, ID])
def test_only_the_whole_number_or_exactly_its_last_four_means_it(number: str) -> None:
    parts = {number[a:b] for a in range(len(number)) for b in range(a + 1, len(number) + 1)}
    assert {part for part in parts if means_number(part, number)} == {number, number[-4:]}
    assert not means_number("", "") and not means_number("1234", "1234567"[:6])


def pieces(number: str) -> set[str]:
    """What somebody would try who finds a number out: from its front or its end, and any one, four or six digits."""
    size = len(number)
    ends = {number[:n] for n in range(1, size + 1)} | {number[n:] for n in range(size)}
    return ends | {number[at : at + n] for n in (1, 4, 6) for at in range(size - n + 1)}


@pytest.mark.parametrize("role", ["管理员", "工作人员", "审核员"])
def test_no_search_lets_a_number_be_found_digit_by_digit(county: Desk, role: str) -> None:
    lawyer = county.do(AddPerson(name="卫国", kind="律师", licence="甲-乙", phone=PHONE, id_number=ID))
    county.do(AddAccount("another", "Secret-2022", (role,)))
    actor = county.office.actor_of("another")
    county.do(
        RecordConsultation(
            client_name="李某",
            phone=PHONE,
            id_number=ID,
            topics=("劳动",),
            site=STATION,
            person_id=lawyer,
            number="7777777",
        )
    )
    searches = {
        "people": lambda typed: county.ask(Pool(typed), actor),
        "palette": lambda typed: [
            one for one in county.ask(FindAnything(typed), actor) if one.kind in ("人员", "咨询")
        ],
        "kiosk": lambda typed: county.ask(FindKioskPeople(typed), KIOSK),
        "register": lambda typed: county.ask(Register(words=typed), actor).rows,
    }
    for name, search in searches.items():
        for number in (PHONE, ID):
            found = {part for part in pieces(number) if search(part)}
            assert found <= {number, number[-4:]}, name
        assert search(PHONE) and search(PHONE[-4:]), name


PAY_OUTPUTS = {"ExportStatement", "PrintBatch", "ExportBatch", "ExportBankList"}


def test_y29_what_leaves_of_a_payment_says_what_it_is_and_of_whom(county: Desk, tmp_path: Path) -> None:
    county.clock.go_to(AFTER_MAY)
    book = Book(county)
    book.worked(10)
    book.finish()
    person, batch = book.people["张三"], ready_to_pay(county)
    outputs = (
        (ExportStatement("2022-05", person, tmp_path / "h.pdf"), True, "补贴明细单，2022-05，1 行"),
        (PrintBatch(batch), False, "发放批次表，2022-05，1 行"),
        (ExportBatch(batch, tmp_path / "i.pdf"), True, "发放批次表，2022-05，1 行"),
        (ExportBankList(batch, tmp_path / "j.xlsx"), True, "银行代发清单（含完整账号），2022-05，1 行"),
    )
    assert {type(request).__name__ for request, _, _ in outputs} == PAY_OUTPUTS
    for request, is_task, words in outputs:
        before = len(entries(county))
        (county.do if is_task else county.ask)(request)
        [made] = [one for one in entries(county)[before:] if one.command == type(request).__name__]
        assert made.outcome == "done" and made.why.endswith(words) and person in made.subjects, request
        assert "张三" not in made.why


CASE_OUTPUTS = {"PreviewForm", "PrintForm", "ExportForm", "ExportCaseFile", "ExportSpine"}


def test_what_leaves_of_a_case_says_what_it_is_and_of_which_case(county: Desk, tmp_path: Path) -> None:
    cases = CaseDesk(county)
    cases.today(date(2022, 5, 10))
    case = cases.granted(date(2022, 5, 1), applicant="张三")
    outputs = (
        (PreviewForm(case, 1), False),
        (PrintForm(case, 1), True),
        (ExportForm(case, 1, tmp_path / "e.pdf"), True),
        (ExportCaseFile(case, tmp_path / "f.pdf"), True),
        (ExportSpine(case, tmp_path / "g.pdf"), True),
    )
    assert {type(request).__name__ for request, _ in outputs} == CASE_OUTPUTS
    for request, is_task in outputs:
        before = len(entries(county))
        (county.do if is_task else county.ask)(request)
        [made] = [one for one in entries(county)[before:] if one.command == type(request).__name__]
        assert made.outcome == "done" and made.why.endswith("1 行") and case in made.subjects, request
        assert "张三" not in made.why
