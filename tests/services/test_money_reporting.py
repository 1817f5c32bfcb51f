"""Submitting and reviewing months, the matrix, the reports and the papers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.documents.form import form
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.models.pay import StoredPayLine
from app.services.money.adjust_line import AdjustLine
from app.services.money.circulars import CircularDrafts
from app.services.money.month_desk import MonthDesk
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf
from app.services.money.review_matrix import ReviewMatrix
from app.services.money.review_month import ReviewMonth
from app.services.money.review_sheet import ReviewSheet
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import MyPay
from app.services.money.submit_month import SubmitMonth
from app.services.office.settings import ChangeSetting
from app.services.reports.export_report import ExportReport
from app.services.roster.draft_duty import DraftDuty
from app.services.targets.progress import TargetsProgress
from app.values import DutyKind, yuan_text
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, OTHER, STATION, Book, paid


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def words(book: Book, site: str = STATION) -> list[str]:
    rows = {row.id: row for row in book.desk.ask(ReviewMatrix("2022-05")).rows}
    return [cell.word for cell in rows[site].cells]


def test_p28_a_nil_report_with_rows_and_an_empty_other_are_refused_differently(book: Book) -> None:
    book.worked(10)
    book.publish()
    with pytest.raises(Refused, match="E181") as nil:
        book.desk.do(SubmitMonth("2022-05", True, STATION))
    with pytest.raises(Refused, match="E182") as empty:
        book.desk.do(SubmitMonth("2022-05", False, OTHER))
    assert (
        "不能作零报" in str(nil.value) and "零报" in str(empty.value) and str(nil.value) != str(empty.value)
    )
    assert book.desk.do(SubmitMonth("2022-05", True, OTHER)).is_nil
    assert (words(book)[-1], words(book, OTHER)[-1]) == ("代录", "零报")


def test_y05_a_site_reports_and_the_bureau_returns_or_approves(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:00")
    book.publish()
    first = book.desk.do(SubmitMonth("2022-05", site=STATION))
    assert [one.kind.value for one in first.warnings] == ["no_sign_out"]
    assert dict(first.counts) == {"duties": 1, "attendance": 1, "consultations": 0}
    with pytest.raises(Refused, match="E183"):
        book.desk.do(SubmitMonth("2022-05", site=STATION))
    with pytest.raises(Refused, match="E110"):
        book.record(10, "10:00")
    with pytest.raises(Refused, match="E190"):
        book.desk.do(ReviewMonth(STATION, "2022-05", False))
    assert book.desk.do(ReviewMonth("解州镇", "2022-05", False, "缺签退，请补签")).state.value == "退回"
    assert book.record(10, "10:00")
    with pytest.raises(Refused, match="E192"):
        book.desk.do(ReviewMonth(STATION, "2022-05", True))
    second = book.desk.do(SubmitMonth("2022-05", site=STATION))
    assert second.number == 2
    with pytest.raises(Refused, match="E191"):
        book.desk.do(ReviewMonth(STATION, "2022-05", True, submission_id=first.id))
    assert book.desk.do(ReviewMonth(STATION, "2022-05", True, submission_id=second.id)).state.value == "通过"
    with pytest.raises(Refused, match="E186"):
        book.desk.do(SubmitMonth("2022-05", site=STATION))
    with pytest.raises(Refused, match="E189"):
        book.desk.do(ReviewMonth(OTHER, "2022-05", True))
    assert words(book) == ["", "", "", "通过"]


def test_y05_a_final_month_is_neither_returned_nor_reported_again(book: Book) -> None:
    book.worked(10)
    book.publish()
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    book.desk.do(ReviewMonth(STATION, "2022-05", True))
    assert STATION not in book.finish().unapproved
    with pytest.raises(Refused, match="E194"):
        book.desk.do(ReviewMonth(STATION, "2022-05", False, "再看看"))
    with pytest.raises(Refused, match="E187"):
        book.desk.do(SubmitMonth("2022-05", True, OTHER))


def test_y05_a_month_with_duties_to_come_is_not_reported(county: Desk) -> None:
    book = Book(county)
    book.duty(12)
    book.publish()
    with pytest.raises(Refused, match="E185"):
        county.do(SubmitMonth("2022-05", site=STATION))
    with pytest.raises(Refused, match="E184"):
        county.do(SubmitMonth("2022-06", True, STATION))


def test_p27_a_frozen_month_leaves_the_days_after_it_open(book: Book) -> None:
    book.worked(31)
    book.publish()
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    book.month = 6
    book.worked(1)
    assert book.record(1, "10:00")
    assert len(book.settle().lines) == 1


def test_y22_the_matrix_says_who_is_under_review_and_when_last_heard(book: Book) -> None:
    key = book.worked(10)
    book.publish()
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    assert words(book)[-1] == "已收"
    book.desk.do(AdjustLine("2022-05", key, 20000, "复核改正"))
    found = book.desk.ask(ReviewMatrix("2022-05", 2))
    row = next(one for one in found.rows if one.id == STATION)
    assert [cell.word for cell in row.cells] == ["", "审核中"]
    assert (row.heard_at, row.is_paper, found.rows[0].id) == (AFTER_MAY, True, CENTRE)
    assert not found.is_complete and found.due_at == datetime(2022, 6, 5, 23, 59)


def test_y05_the_review_sheet_puts_doubts_first(book: Book) -> None:
    book.worked(5)
    book.worked(10)
    book.check(10, "10:00", good=None)
    book.publish()
    book.desk.do(SubmitMonth("2022-05", site=STATION))
    found = book.desk.ask(ReviewSheet(STATION, "2022-05"))
    assert [(one.standing.value, one.line.on.day, one.now_fen) for one in found.lines] == [
        ("doubtful", 10, 30000),
        ("clear", 5, 30000),
    ]
    assert "理由是否正当待认定" in found.lines[0].hint
    assert found.total_fen == 60000


def test_y05_the_desk_shows_three_checks_and_what_completing_would_save(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:00")
    book.worked(12)
    book.record(12, "10:00", answer="")
    book.publish()
    found = book.desk.ask(MonthDesk("2022-05", STATION))
    assert [one.finding.value for one in found.checks] == [
        "attendance_open",
        "records_faulty",
        "pay_expected",
    ]
    assert (found.checks[1].count, found.checks[1].fen) == (1, 1000)
    assert (found.total_fen, found.capitals, found.may_submit) == (29000, "贰佰玖拾元整", True)
    assert found.lines[1].explanation == "300 − 10 缺项（第 0001 号）= 290"
    nothing = book.desk.ask(MonthDesk("2022-05", OTHER))
    assert nothing.is_empty and nothing.lines == ()


def test_y18_a_station_sees_its_own_pay_as_provisional(station: Desk) -> None:
    station.clock.go_to(AFTER_MAY)
    found = station.ask(ComputeSettlement("2022-05"))
    assert not found.is_final and found.unapproved == ()
    for command in (
        SettleFinal("2022-05"),
        ReviewMonth("140802100", "2022-05", True),
        PayMonth("2022-05", date(2022, 6, 2), "记-1"),
    ):
        with pytest.raises(Refused, match="E188"):
            station.do(command)


def test_y18_the_kiosk_sees_one_persons_pay_and_nothing_else(book: Book) -> None:
    book.worked(10)
    book.worked(12, OTHER, "李四")
    book.publish()
    found = book.desk.ask(MyPay("2022-05", book.people["李四"]), KIOSK)
    assert (found.name, found.net_fen, len(found.lines)) == ("李四", 30000, 1)
    with pytest.raises(Refused, match="E001"):
        book.desk.ask(ComputeSettlement("2022-05"), KIOSK)


def test_p23_the_pay_sheet_sums_to_its_total_in_figures_and_capitals(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book.duty(10)
    book.row(10, "09:10", "12:30")
    book.worked(11, CENTRE, "李四")
    book.person("王五", is_public=True)
    book.worked(12, who="王五")
    found = book.finish()
    sheet = book.desk.ask(PaySheetOf("2022-05")).sheet
    assert sum(line.net_fen for line in sheet.lines) == found.total_fen == 40000
    assert [(line.name, line.centre_days, line.station_sessions) for line in sheet.lines] == [
        ("李四", 1, 0),
        ("王五", 0, 0),
        ("张三", 0, 1),
    ], "by pinyin"
    [why] = sheet.lines[1].remarks
    assert why.startswith("公职人员不予发放补贴（运司通")
    out = tmp_path / "发放表.xlsx"
    book.desk.do(ExportPaySheet("2022-05", out))
    texts = [str(cell.value) for row in load_workbook(out).active.iter_rows() for cell in row if cell.value]
    assert any("肆佰元整" in text and yuan_text(40000) in text for text in texts)
    assert form("pay_sheet").render(sheet).startswith(b"%PDF")
    book.desk.do(ExportPaySheet("2022-05", tmp_path / "发放表.pdf"))


def test_y17_a_verified_sham_drafts_a_circular(book: Book) -> None:
    book.worked(10)
    book.check(10, "10:00", "虚假值班", None, "属实")
    book.publish()
    drafts = book.desk.ask(CircularDrafts("2022-05"))
    assert [(one.person, one.on.day, one.cancelled_fen) for one in drafts] == [("张三", 10, 30000)]
    assert form("circular").render(drafts[0]).startswith(b"%PDF")
    assert drafts[0].number == "　　　〔2022〕　　号"


def test_y17_the_inspectors_remark_is_not_put_into_the_persons_mouth(book: Book) -> None:
    book.desk.do(ChangeSetting("document_mark", "盐司通"))
    book.worked(10)
    book.check(10, "10:00", "虚假值班", None, "属实")
    book.publish()
    [draft] = book.desk.ask(CircularDrafts("2022-05"))
    [found] = draft.findings
    assert "抽查人记录：下村" in found and "陈述" not in found
    assert draft.number == "盐司通〔2022〕　　号"


def test_y02_the_targets_table_counts_records_and_paces_by_days(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book.worked(10)
    for minute, rating in ((0, "满意"), (1, "基本满意"), (2, "不满意"), (3, "")):
        book.record(10, f"10:{minute:02d}", rating=rating)
    found = book.desk.ask(TargetsProgress("2022-05"))
    whole, centre = found.units[:2]
    assert (whole.target, whole.in_period, whole.so_far, centre.target) == (6400, 4, 4, None)
    assert whole.pace == pytest.approx(151 / 365)
    assert whole.ahead == pytest.approx(4 / 6400 - 151 / 365)
    assert whole.satisfaction.rate == pytest.approx(2 / 3)
    book.desk.do(ExportReport("targets", "2022-05", tmp_path / "targets.xlsx"))
    rows = list(load_workbook(tmp_path / "targets.xlsx").active.iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "单位")
    assert head[:9] == (
        "单位", "任务", "年度任务", "本月", "累计", "完成率", "时序进度差", "满意率", "满意率任务",
    )  # fmt: skip


def test_q01_each_township_has_its_own_target(make_desk) -> None:  # type: ignore[no-untyped-def]
    from app.services.office.set_up import NewOffice

    desk = make_desk(
        NewOffice(
            code="140521",
            name="沁水县司法局",
            level="县",
            parent="1405",
            pack="qinshui-2023",
            admin="admin",
            password="Qinshui-2023",
            admin_title="管理员",
        ),
        "q",
    )
    desk.clock.go_to(datetime(2023, 5, 12, 9))
    found = desk.ask(TargetsProgress("2023-05"))
    assert found.total.target == 6000
    assert {unit.name: unit.target for unit in found.units}["龙港镇"] == 800
    assert sum(unit.target for unit in found.units[1:]) == 6000
    assert found.total.pace == pytest.approx(132 / 365)
    matrix = desk.ask(ReviewMatrix("2023-04"))
    assert matrix.due_at == datetime(2023, 5, 10, 16) and len(matrix.rows) == 13
    assert [row.cells[-1].word for row in matrix.rows] == ["未报", *["代录"] * 12]
    assert [row.id for row in matrix.overdue] == [matrix.rows[0].id]


def test_y16_the_pay_report_lists_people_month_by_month(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book.worked(10)
    book.finish()
    paid(book.desk, PayMonth("2022-05", date(2022, 6, 2), "记-7"))
    book.desk.do(ExportReport("pay", "2022", tmp_path / "pay.xlsx"))
    texts = [
        str(cell.value) for row in load_workbook(tmp_path / "pay.xlsx").active.iter_rows() for cell in row
    ]
    assert {"张三", "2022-05", "已发放", "06-02 记-7"} <= set(texts)


def test_y16_a_visit_and_a_desk_duty_of_one_day_are_one_session(book: Book) -> None:
    book.worked(10, hours="08:00-12:00")
    person = book.people["张三"]
    from app.dates import parse_time_ranges

    book.desk.do(
        DraftDuty(STATION, date(2022, 5, 10), person, parse_time_ranges("14:30-17:30"), DutyKind.outreach)
    )
    book.row(10, "14:30", "17:30")
    assert book.nets() == [300, 0]


def test_p24_stored_lines_never_change(book: Book) -> None:
    book.worked(10)
    line = book.finish().lines[0]
    book.desk.do(AdjustLine("2022-05", line.key, 1000, "复核改正"))
    with Session(book.desk.office.database.reader) as session:
        assert session.get(StoredPayLine, line.id).net_fen == 30000
