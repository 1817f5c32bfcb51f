"""The consultation desk on a real office, by keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.service_desk import Consultation
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.card import ConsultationCard
from app.services.drafts.keep_draft import Drafts
from app.services.money.submit_month import SubmitMonth
from app.ui.consultations.entry_form import JUDGE_MS
from app.ui.consultations.page import PAGE, ConsultationsPage
from app.ui.desk import Desk as Surface
from app.ui.desk import Place
from app.ui.erasing import STEP
from app.ui.office_drafts import OfficeDrafts
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.today.page import PAGE as TODAY
from app.ui.widgets.button import Button
from app.ui.widgets.preview import Preview
from app.values import Level
from tests.services.conftest import Desk
from tests.services.conftest import county as county
from tests.services.conftest import make_desk as make_desk
from tests.services.consultation_desk import ELDER, go_to, lawyer, on_duty, record, stored
from tests.ui.office_desk import built

Keys = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_page(qtbot: Any) -> Iterator[Callable[..., ConsultationsPage]]:
    """Show the consultation desk in the window."""
    shells: list[Shell] = []

    def show(office: Desk) -> ConsultationsPage:
        runner = Runner(office.office, office.actor)
        place = Place("140802-01", "盐湖区公共法律服务中心", Level.station, "140802-01", "柴秀英", "工作人员")
        surface = Surface(runner, place, office.clock, may=office.actor.may, drafts=OfficeDrafts(runner))
        shell = Shell(surface, pages=[PAGE, TODAY], unlock=lambda typed, tell: tell(""))
        shells.append(shell)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.activateWindow()
        shell.go("consultations")
        page = built(shell.view())
        assert isinstance(page, ConsultationsPage)
        settle(qtbot, page)
        return page

    yield show
    for shell in shells:
        shell.close()


def settle(qtbot: Any, page: ConsultationsPage) -> None:
    """Wait until everything asked, judged and done has arrived."""
    for _ in range(3):
        qtbot.waitUntil(
            lambda: not page.desk.runner.is_busy and not page.entry.form._judge.isActive(), timeout=5000
        )
        QApplication.processEvents()


def focus() -> QWidget:
    """Where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_text(text: str) -> None:
    """Type into whatever has the focus, Chinese as an input method would commit it."""
    widget = focus()
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)
    QApplication.processEvents()


def press(key: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    QTest.keyClick(focus(), key, modifiers)
    QApplication.processEvents()


def tab_to(page: ConsultationsPage, name: str) -> None:
    """Go on with Tab until the field is reached."""
    for _ in range(40):
        if focus() is page.entry.form.fields[name].editor:
            return
        press(Keys.Key_Tab)
    raise AssertionError(f"{name} is not reached by Tab")


def picture(page: ConsultationsPage, name: str) -> None:
    """Write a PNG where HUIMIN_SHOTS says."""
    if folder := os.environ.get("HUIMIN_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def rows_of(desk: Desk) -> list[Consultation]:
    """Every record stored."""
    with Session(desk.office.database.reader) as session:
        return list(session.scalars(select(Consultation).order_by(Consultation.serial)))


def begin(county: Desk, open_page: Callable[..., ConsultationsPage], qtbot: Any) -> ConsultationsPage:
    """Somebody on duty, and the form before the clerk."""
    on_duty(county, (lawyer(county), "08:00-17:00"))
    go_to(county, "09:30")
    page = open_page(county)
    QTest.keyClick(page.window(), Keys.Key_N, CTRL)
    settle(qtbot, page)
    return page


def test_y10_five_fields_by_keyboard_alone_make_a_whole_record(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    page = begin(county, open_page, qtbot)
    assert "记录归当班的卫明" in page.head.lead.whole()
    type_text("李桂花")
    press(Keys.Key_Tab)
    type_text("13800006021")
    press(Keys.Key_Return)
    tab_to(page, "topics")
    type_text("ld")
    press(Keys.Key_Return)
    press(Keys.Key_Tab)
    tab_to(page, "content")
    type_text("丈夫在县城工地打工，三个月工资未发。")
    press(Keys.Key_Tab)
    type_text("先向劳动监察大队投诉。")
    settle(qtbot, page)
    assert "劳动报酬" in (page.entry.guidance.heading.text() if page.entry.guidance.heading else "")
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    assert "拒绝提供" in page.head.banner.words.text() and not rows_of(county)
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    (row,) = rows_of(county)
    assert (row.client_name, row.phone, row.topics, row.missing, row.is_id_refused) == (
        "李桂花",
        "13800006021",
        ["劳动报酬"],
        [],
        True,
    )
    assert (row.groups, row.channel, row.handling, row.number) == (["其他群众"], "来访", "解答", "0001")
    assert page.entry.form.is_blank() and focus() is page.entry.form.name.editor
    assert len(page.entry.shift.table.rows()) == 1


def test_p39_a_bad_check_digit_is_named_beside_the_field_as_typed(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    page = begin(county, open_page, qtbot)
    type_text("李桂花")
    tab_to(page, "id_number")
    type_text("140800195003072041")
    settle(qtbot, page)
    assert page.entry.form.paper.fault() == "E203 身份证校验码不符，请核对，或选“拒绝提供”"
    press(Keys.Key_Backspace)
    type_text("0")
    settle(qtbot, page)
    form = page.entry.form
    assert (form.paper.fault(), form.sex.value(), form.sex.age.text(), form.groups.value()) == (
        "",
        "女",
        "72 岁",
        ("老年人",),
    )
    picture(page, "consultation-id")


def test_y17_a_faulty_record_is_stored_at_the_second_asking(county: Desk, open_page: Any, qtbot: Any) -> None:
    page = begin(county, open_page, qtbot)
    type_text("李桂花")
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    words = page.head.banner.words.text()
    assert "缺 4 项：联系电话、事项类别、咨询内容、答复意见" in words and "10.00 元" in words
    assert page.entry.form.phone.fault() == "缺“联系电话”" and focus() is page.entry.form.phone.editor
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    assert rows_of(county)[0].missing == ["联系电话", "事项类别", "咨询内容", "答复意见"]


def test_y05_a_refusal_stays_beside_its_field_and_in_the_banner_until_the_field_changes(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    county.do(SubmitMonth("2022-04", True))
    page = begin(county, open_page, qtbot)
    form, shell = page.entry.form, page.window()
    type_text("李桂花")
    form.set_values({"phone": "13800006021", "topics": ("劳动报酬",), "content": "欠薪", "answer": "投诉"})
    tab_to(page, "at")
    QTest.keySequence(focus(), "Ctrl+A")
    type_text("0420 0900")
    for _ in range(2):
        press(Keys.Key_Return, CTRL)
        settle(qtbot, page)
    QTest.qWait(2 * JUDGE_MS)
    settle(qtbot, page)
    form.save_draft()
    settle(qtbot, page)
    picture(page, "consultation-refused")
    assert form.at.fault().startswith("E110") and page.head.banner.words.text() == form.at.fault()
    assert page.head.banner.isVisible() and focus() is form.at.editor and not rows_of(county)
    assert isinstance(shell, Shell) and shell.status.saved.text() == "没有办成 09:30"
    assert shell.status.saved.state == "fault"
    press(Keys.Key_Backspace)
    assert form.at.fault() == "" and not page.head.banner.isVisible()


def test_y10_nothing_of_the_last_visit_is_left_in_the_empty_form(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    page = begin(county, open_page, qtbot)
    topics = page.entry.form.topics
    usual = topics.line.placeholderText()
    type_text("李桂花")
    tab_to(page, "topics")
    type_text("ld")
    press(Keys.Key_Return)
    press(Keys.Key_Tab)
    assert topics.value() == ("劳动报酬",)
    for _ in range(2):
        press(Keys.Key_Return, CTRL)
        settle(qtbot, page)
    assert len(rows_of(county)) == 1
    assert (topics.value(), topics.line.text(), topics.line.placeholderText()) == ((), "", usual)


def test_p38_an_earlier_visitor_is_taken_over_unseen(county: Desk, open_page: Any, qtbot: Any) -> None:
    person = lawyer(county, "孙丽", 9)
    record(county, person_id=person, id_number=ELDER, village="西关村", at=datetime(2022, 5, 9, 9, 0))
    page = begin(county, open_page, qtbot)
    type_text("李桂花")
    settle(qtbot, page)
    assert len(page.entry.clients.choices) == 1
    picture(page, "consultation-known")
    press(Keys.Key_F2)
    press(Keys.Key_Return)
    settle(qtbot, page)
    form = page.entry.form
    assert (form.phone.value(), form.paper.value(), form.village.value()) == (
        "138****6021",
        "1408**********2040",
        "西关村",
    )
    for name, value in (("topics", ("劳动报酬",)), ("content", "欠薪"), ("answer", "投诉")):
        form.fields[name].set_value(value)
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    row = rows_of(county)[-1]
    assert (row.phone, row.id_number, row.missing) == ("13800006021", ELDER, [])


def test_drafts_what_was_typed_is_there_after_the_window_closed(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    page = begin(county, open_page, qtbot)
    type_text("李桂花")
    page.window().close()
    assert county.ask(Drafts())["consultation"]["client_name"] == "李桂花"
    again = open_page(county)
    again.new_item()
    settle(qtbot, again)
    assert again.entry.form.name.value() == "李桂花"
    again.entry._throw_away()
    settle(qtbot, again)
    assert county.ask(Drafts()) == {}


def test_p29_a_correction_leaves_the_unseen_numbers_alone(county: Desk, open_page: Any, qtbot: Any) -> None:
    made = record(county, person_id=lawyer(county, "孙丽", 9), answer="", id_number=ELDER)
    page = begin(county, open_page, qtbot)
    type_text("新来的人")
    page.correct(county.ask(ConsultationCard(made.id)))
    settle(qtbot, page)
    assert focus() is page.entry.form.fields["answer"].editor
    type_text("已答复")
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    assert page.entry.reason.fault()
    type_text("当时漏填")
    press(Keys.Key_Return, CTRL)
    settle(qtbot, page)
    row = stored(county, made.id)
    assert (row.answer, row.revision, row.phone, row.id_number, row.missing) == (
        "已答复",
        2,
        "13800006021",
        ELDER,
        [],
    )
    assert page.faces.currentWidget() is page.register
    page.new_item()
    settle(qtbot, page)
    assert page.entry.form.name.value() == "新来的人"


def test_y10_the_register_shows_filters_and_reveals_on_record(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    person = lawyer(county, "孙丽", 9)
    first = record(
        county,
        person_id=person,
        id_number=ELDER,
        village="西关村",
        rating="满意",
        at=datetime(2022, 5, 9, 9, 12),
    )
    record(
        county,
        person_id=person,
        answer="",
        client_name="张三",
        topics=("婚姻家庭", "赡养抚养"),
        at=datetime(2022, 5, 9, 9, 40),
    )
    county.do(AuditConsultation((first.id,), "合格"))
    page = begin(county, open_page, qtbot)
    press(Keys.Key_Escape)
    settle(qtbot, page)
    assert page.head.lead.whole().startswith("2 人次 3 件，1 条缺项或不规范")
    page.register.table.step(1)
    settle(qtbot, page)
    picture(page, "consultation-register")
    assert page.register.pane.record is not None and page.register.pane.record.client_name == "李桂花"
    page.open_with(is_faulty_only=True, first=date(2022, 5, 1))
    settle(qtbot, page)
    assert [row.client for row in page.register.table.rows()] == ["张*"]


def choose(page: ConsultationsPage, name: str) -> None:
    """Press the button of that accessible name beside the record."""
    [button] = [one for one in page.register.pane.findChildren(Button) if one.accessibleName() == name]
    button.click()


def test_y06_a_record_of_a_reported_month_is_rated_and_followed_up(
    county: Desk, open_page: Any, qtbot: Any
) -> None:
    made = record(county, person_id=lawyer(county, "孙丽", 9), at=datetime(2022, 4, 20, 9, 12))
    county.do(SubmitMonth("2022-04"))
    page = begin(county, open_page, qtbot)
    page.open_with(first=date(2022, 4, 1))
    settle(qtbot, page)
    page.register.table.step(1)
    settle(qtbot, page)
    choose(page, "评价：不满意")
    settle(qtbot, page)
    pane = page.register.pane
    assert pane.record is not None and pane.record.row.rating == "不满意"
    names = {one.accessibleName() for one in pane.findChildren(Button)}
    assert "改评价：满意" not in names, "another word at the desk would be a correction"
    choose(page, "回访：基本满意")
    pane.confirm._yes.click()
    assert pane.confirm.isVisible(), "not without what was said"
    pane.confirm.reason().set_value("5月8日电话回访，问题已解决")
    pane.confirm._yes.click()
    settle(qtbot, page)
    assert county.ask(ConsultationCard(made.id)).row.rating == "基本满意"


def test_y06_another_word_of_an_open_month_takes_its_reason(county: Desk, open_page: Any, qtbot: Any) -> None:
    made = record(county, person_id=lawyer(county, "孙丽", 9), rating="满意", at=datetime(2022, 5, 9, 9, 12))
    page = begin(county, open_page, qtbot)
    page.open_with(first=date(2022, 5, 1))
    settle(qtbot, page)
    page.register.table.step(1)
    settle(qtbot, page)
    choose(page, "改评价：不满意")
    page.register.pane.confirm.reason().set_value("群众点错")
    page.register.pane.confirm._yes.click()
    settle(qtbot, page)
    assert [one.reason for one in county.ask(ConsultationCard(made.id)).ratings] == ["", "群众点错"]
    page.correct(county.ask(ConsultationCard(made.id)))
    assert not page.entry.form.rating.isEnabled() and page.entry.form.chosen_rating() == "不满意"


def test_case_65_a_record_is_erased_from_its_pane(county: Desk, open_page: Any, qtbot: Any) -> None:
    made = record(
        county, person_id=lawyer(county, "孙丽", 9), village="西关村", at=datetime(2022, 5, 9, 9, 12)
    )
    page = begin(county, open_page, qtbot)
    press(Keys.Key_Escape)
    settle(qtbot, page)
    page.register.table.step(1)
    settle(qtbot, page)
    pane = page.register.pane
    step = next(b for b in pane.findChildren(Button) if b.text() == STEP)
    step.click()
    settle(qtbot, page)
    assert pane.confirm.isVisible() and "永久删除：咨询 1 条（咨询人" in pane.confirm.accessibleName()
    pane.confirm.close_line()
    settle(qtbot, page)
    assert stored(county, made.id).client_name == "李桂花"
    step.click()
    settle(qtbot, page)
    pane.confirm.reason().set_value("本人申请")
    picture(page, "consultation-erase")
    pane.confirm._do()
    settle(qtbot, page)
    assert stored(county, made.id).client_name is None
    page.register.show_again()
    settle(qtbot, page)
    assert pane.record is not None and pane.record.erased_on == date(2022, 5, 10)
    assert not any(b.text() == STEP and b.isVisible() for b in pane.findChildren(Button))
    picture(page, "consultation-erased")


def test_q07_the_answer_card_is_shown_as_it_will_be_printed(county: Desk, open_page: Any, qtbot: Any) -> None:
    page = begin(county, open_page, qtbot)
    page.entry.form.set_values(
        {
            "client_name": "李桂花",
            "phone": "13800006021",
            "topics": ("劳动报酬",),
            "content": "欠薪",
            "answer": "投诉",
            "is_id_refused": True,
        }
    )
    press(Keys.Key_P, CTRL)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: isinstance(page.preview, Preview), timeout=5000)
    assert page.preview is not None and len(page.preview.paper.sheets) == 1
    page.preview.close()


def test_y10_a_full_form_at_1366(county: Desk, open_page: Any, qtbot: Any) -> None:
    record(county, person_id=lawyer(county, "孙丽", 9), id_number=ELDER, village="西关村", rating="满意")
    page = begin(county, open_page, qtbot)
    type_text("李桂花")
    page.entry.form.set_values(
        {
            "phone": "13800006021",
            "id_number": "140800195003072041",
            "topics": ("劳动报酬",),
            "groups": ("农民", "老年人"),
            "content": "丈夫在县城工地打工，2022年10月至12月工资 13 600 元未发，有工友微信记录和考勤照片。",
            "answer": "可先向县劳动保障监察大队投诉；农民工请求支付劳动报酬申请法律援助，免予核查经济困难状况。",
        }
    )
    page.entry._changed()
    page.entry._judge()
    settle(qtbot, page)
    picture(page, "consultation-form")
    assert page.entry.form.paper.fault().startswith("E203")
