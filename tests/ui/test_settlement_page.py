"""The pages of a month's end on a real office: closing a site's month, and paying the county's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.services.money.batches import PayBatches
from app.services.money.check_batch import CheckBatch
from app.services.money.month_desk import MonthDesk
from app.services.money.pay_sheet import PaySheetOf
from app.services.money.replies import PayReplies, ReplyState
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.people.payee import SetPayee
from app.ui.pay.page import PayPage
from app.ui.pay.small_forms import BatchForm, PayForm, ReverseForm
from app.ui.settlement.page import SettlementPage
from app.ui.widgets.reveal import RevealLine
from tests.services.conftest import Desk, county, make_desk, station  # noqa: F401
from tests.services.money_book import AFTER_MAY, CENTRE, CHECKER, OTHER, Book, ready_to_pay
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    made = Book(county)
    made.worked(6, CENTRE, "卫明")
    made.duty(12, CENTRE, "王建国")
    made.row(12, "08:42:34", "18:30", CENTRE, "王建国")
    made.record(12, "10:00", answer="", site=CENTRE, who="王建国")
    made.person("贺志强", is_public=True)
    made.worked(19, CENTRE, "贺志强")
    made.worked(13, who="卫明")
    made.worked(20, OTHER, "孙丽")
    made.check(20, "10:20", "虚假值班", None, "属实", OTHER, "孙丽")
    made.publish()
    return made


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Iterator[Open]:
    opened: list[Shown] = []

    def show(factory: Any) -> Shown:
        opened.append(Shown(qtbot, county, factory))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def press(page: Any, words: str) -> None:
    """Press the button of these words that can be seen."""
    found = [
        b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible() and b.isEnabled()
    ]
    assert found, words
    found[0].click()


def texts(widget: Any) -> str:
    """All that a widget says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_y05_the_desk_shows_checks_lines_and_the_story_of_a_line(book: Book, shown: Open) -> None:
    one = shown(SettlementPage)
    page = one.page
    assert isinstance(page, SettlementPage)
    assert [card.tag.word for card in page.cards] == ["考勤无异常", "记录 1 条缺项或不规范", "补贴已算清"]
    assert [line.net_fen for line in page.table.rows()] == [20000, 14000, 0]
    page.table.select(page.table.rows()[1])
    one.picture("settlement")
    said = texts(page.pane)
    assert "5月12日 王建国　140.00 元是怎么来的" in said
    assert "迟到 12 分 34 秒" in said and "−50.00" in said and "五（二）1（2）" in said
    assert "三项检查：2 绿 1 黄" in page.head.lead.whole()


def test_y05_the_month_is_reported_after_one_question(book: Book, shown: Open) -> None:
    one = shown(SettlementPage)
    press(one.page, "提交本月")
    press(one.page, "提交")
    one.settle()
    assert book.desk.ask(MonthDesk("2022-05", CENTRE)).state.number == 1
    one.settle()
    assert "已上报，待审核" in one.page.head.lead.whole()
    assert not one.page.submit_button.isEnabled()  # type: ignore[attr-defined]


def test_p28_an_empty_month_offers_the_nil_report(qtbot: Any, station: Desk) -> None:
    station.clock.go_to(AFTER_MAY)
    one = Shown(qtbot, station, SettlementPage)
    press(one.page, "零报")
    press(one.page.confirm, "零报")  # type: ignore[attr-defined]
    one.settle()
    assert station.ask(MonthDesk("2022-05")).state.state.value == "零报"
    assert "→ exchange" in one.toasts.said
    one.close()


def test_y18_the_pay_page_settles_pays_and_reverses(book: Book, shown: Open) -> None:
    book.desk.do(SubmitMonth("2022-05", site=CENTRE))
    one = shown(PayPage)
    page = one.page
    assert isinstance(page, PayPage)
    assert page.head.lead.whole().startswith("试算，未锁定 · 4 人 640.00 元")
    one.picture("pay-provisional")
    press(page, "最终结算")
    press(page.confirm, "最终结算")
    one.settle()
    one.settle()
    assert page.found is not None and page.found.sheet.is_final
    press(page, "制单")
    made = page.side.currentWidget()
    assert isinstance(made, BatchForm)
    made.submit()
    one.settle()
    one.settle()
    press(page, "办理批次")
    one.picture("pay-batch-made")
    assert "由您制单，请另一人复核。" in texts(page)
    [batch] = book.desk.ask(PayBatches("2022-05"))
    book.desk.do(CheckBatch(batch.id, False, "少一人"), CHECKER)
    ready_to_pay(book.desk)
    page.refresh()
    one.settle()
    press(page, "办理批次")
    one.picture("pay-batches")
    press(page, "登记发放")
    form = page.side.currentWidget()
    assert isinstance(form, PayForm)
    form.form.set_values({"paid_on": date(2022, 6, 2), "voucher": "记-2022-06-015"})
    form.submit()
    one.settle()
    one.settle()
    assert book.desk.ask(PaySheetOf("2022-05")).due_fen == 0
    page.table.select(next(row for row in page.table.rows() if row.line.name == "卫明"))
    one.picture("pay-paid")
    press(page, "冲销")
    back = page.side.currentWidget()
    assert isinstance(back, ReverseForm)
    back.form.set_values({"code": "转账退回"})
    back.submit()
    one.settle()
    one.settle()
    assert book.desk.ask(PaySheetOf("2022-05")).due_fen == 50000


def test_y29_what_was_signed_on_paper_is_entered_beside_the_line(book: Book, shown: Open) -> None:
    book.desk.do(SettleFinal("2022-05"))
    one = shown(SettlementPage)
    page = one.page
    assert isinstance(page, SettlementPage)
    page.table.select(page.table.rows()[0])
    one.settle()
    one.picture("settlement-replies")
    press(page, "本人异议")
    page.confirm.reason().set_value("当天没有迟到")
    press(page.confirm, "登记异议")
    one.settle()
    line = page.table.rows()[0]
    said = next(x for x in book.desk.ask(PayReplies("2022-05")) if x.person_id == line.person_id)
    assert (said.state, said.disputes[0].keys) == (ReplyState.disputed, (line.key,))
    page.table.select(line)
    one.settle()
    press(page, "本人确认")
    press(page.confirm, "登记确认")
    one.settle()
    said = next(x for x in book.desk.ask(PayReplies("2022-05")) if x.person_id == line.person_id)
    assert said.state is ReplyState.confirmed


def test_y17_the_pay_page_lists_drafts_of_circulars(book: Book, shown: Open) -> None:
    book.desk.do(SettleFinal("2022-05"))
    one = shown(PayPage)
    press(one.page, "通报草稿 1 份")
    one.settle()
    assert "5月20日 孙丽 虚假值班" in texts(one.page.detail)  # type: ignore[attr-defined]
    one.picture("pay-circulars")


def test_y05_the_chooser_names_the_site_whose_lines_are_shown(book: Book, shown: Open) -> None:
    page = shown(SettlementPage).page
    assert isinstance(page, SettlementPage) and page.found is not None
    assert page.site.value() == page.found.site == CENTRE
    assert "合计 340.00 元" in page.head.lead.whole()


def test_y17_a_deduction_leads_to_its_record_and_a_check_to_its_month(book: Book, shown: Open) -> None:
    one = shown(SettlementPage)
    page = one.page
    assert isinstance(page, SettlementPage)
    went: list[tuple[str, dict[str, Any]]] = []
    one.desk.go = lambda key, **wanted: went.append((key, wanted))  # type: ignore[method-assign]
    line = page.table.rows()[1]
    page.table.select(line)
    links = [
        b for b in page.pane.findChildren(QAbstractButton) if b.text() == "打开记录" and not b.isHidden()
    ]
    for link in links:
        link.click()
    record = next(one.evidence[0] for one in line.deductions if one.rule == "D1")
    assert ("consultations", {"id": record}) in went
    assert ("attendance", {"on": date(2022, 5, 12), "site": CENTRE, "person": line.person_id}) in went
    page.cards[1].mend.click()
    assert (
        went[-1][0] == "consultations"
        and went[-1][1]["first"] == date(2022, 5, 1)
        and went[-1][1]["is_faulty_only"]
    )


def test_y29_the_pay_page_masks_accounts_and_pays_the_others_while_one_waits(book: Book, shown: Open) -> None:
    desk = book.desk
    desk.do(SetPayee(book.people["王建国"], "建设银行", "6217000340001111", "换卡"))
    desk.do(SettleFinal("2022-05"))
    one = shown(PayPage)
    page = one.page
    assert isinstance(page, PayPage)
    rows = {row.line.name: row for row in page.table.rows()}
    assert not [row for row in rows.values() if not row.line.account.startswith("****")]
    page.table.select(rows["王建国"])
    one.settle()
    assert "账户待复核" in texts(page)
    page.table.select(rows["卫明"])
    one.settle()
    [line] = page.detail.findChildren(RevealLine)
    line.reason.set_value("发放补贴")
    line.show_clear()
    one.settle()
    assert line.words.text() == "6228480031234500000"
    press(page, "制单")
    form = page.side.currentWidget()
    assert isinstance(form, BatchForm)
    form.submit()
    one.settle()
    one.settle()
    [batch] = desk.ask(PayBatches("2022-05"))
    assert {item.name for item in batch.items} == {"卫明"}


def test_outside_its_validity_the_pages_warn_and_the_last_step_asks_why(county: Desk, shown: Open) -> None:
    county.clock.go_to(datetime(2023, 6, 2, 9))
    book = Book(county, year=2023)
    book.worked(6, CENTRE, "卫明")
    book.publish()
    desk = shown(SettlementPage).page
    assert isinstance(desk, SettlementPage)
    assert desk.validity.isVisible() and "2023-05 不在方案有效期内" in desk.validity.words.text()
    one = shown(PayPage)
    page = one.page
    assert isinstance(page, PayPage)
    assert "2023-05 不在方案有效期内" in page.validity.words.text()
    one.picture("pay-outside-validity")
    press(page, "最终结算")
    press(page.confirm, "最终结算")
    assert page.confirm.isVisible() and page.confirm.reason().fault() == "请写明理由"
    page.confirm.reason().set_value("市局批复沿用")
    press(page.confirm, "最终结算")
    one.settle()
    one.settle()
    assert page.found is not None and page.found.pay.is_final
    assert "最终结算理由：市局批复沿用" in page.validity.words.text()
