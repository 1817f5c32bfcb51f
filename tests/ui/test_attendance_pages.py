"""The pages of attendance and spot checks on a real office: see, correct, decide, register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from app.services.attendance.ask_correction import AskCorrection
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.security.accounts import AddAccount
from app.services.supervision.evidence_month import CheckStanding, EvidenceMonth, HearingState
from app.services.supervision.record_complaint import RecordComplaint
from app.services.supervision.record_spot_check import RecordSpotCheck
from app.ui.attendance.forms import CheckForm, CorrectionForm
from app.ui.attendance.page import AttendancePage
from app.ui.spot_checks.hearing import ExplanationForm
from app.ui.spot_checks.inspection_tab import InspectionForm
from app.ui.spot_checks.page import SpotChecksPage
from app.ui.widgets.person import PersonHit
from app.values import Month
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.services.kiosk_desk import CENTRE, KioskDesk
from tests.ui.office_desk import Shown

MAY = Month(2022, 5)
Open = Callable[..., Shown]


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """Five days of the centre: on time, late, not signed out, absent, an unscheduled one; it is the 16th."""
    county.clock.advance(-timedelta(hours=1))
    desk = KioskDesk(county)
    for day, who in ((10, "卫明"), (11, "孙丽"), (12, "卫明"), (13, "孙丽"), (17, "卫明")):
        desk.duty(day, "08:30-12:00；14:00-18:30", who)
    desk.publish()
    desk.person("赵强")
    for day, who, came, left in (
        (10, "卫明", "08:25:40", "18:31"),
        (11, "孙丽", "08:42:34", "18:20"),
        (12, "卫明", "08:29", ""),
        (16, "赵强", "09:00", "12:10"),
    ):
        desk.at(day, came)
        desk.sign_in(who, reason="替同事顶班" if who == "赵强" else "")
        if left:
            desk.at(day, left)
            desk.sign_out(who)
    county.do(AddAccount("clerk", "Clerk-2022", display_name="柴秀英"))
    clerk = county.office.actor_of("clerk")
    wanted = AskCorrection(
        CENTRE, desk.person("卫明"), "out", datetime(2022, 5, 12, 18, 35), "停电，签到台关机"
    )
    county.do(wanted, clerk)
    county.do(
        RecordSpotCheck(
            site=CENTRE,
            at=datetime(2022, 5, 10, 10, 20),
            person_id=desk.person("卫明"),
            method="电话",
            result="在岗",
        ),
        clerk,
    )
    county.do(
        RecordSpotCheck(
            site=CENTRE,
            at=datetime(2022, 5, 12, 15, 5),
            person_id=desk.person("卫明"),
            method="实地",
            result="脱岗",
            reason="下村调解",
        ),
        clerk,
    )
    county.do(
        RecordSpotCheck(
            site=CENTRE,
            at=datetime(2022, 5, 13, 9, 40),
            person_id=desk.person("孙丽"),
            method="实地",
            result="不在岗",
        ),
        clerk,
    )
    county.do(
        RecordComplaint(CENTRE, datetime(2022, 5, 11, 9, 30), desk.person("孙丽"), "等候过久，答复不清"),
        clerk,
    )
    return desk


@pytest.fixture
def shown(qtbot: Any, kiosk: KioskDesk) -> Iterator[Open]:
    """Opens a page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(factory: Any, actor: Any = None) -> Shown:
        opened.append(Shown(qtbot, kiosk.desk, factory, actor))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def press(shown: Shown, words: str) -> None:
    """Press the button of these words that can be seen."""
    found = [
        b for b in shown.page.findChildren(QAbstractButton) if b.text().startswith(words) and b.isVisible()
    ]
    assert found, words
    found[-1].click()
    shown.settle()


def row_of(table: Any, **wanted: Any) -> Any:
    return next(r for r in table.rows() if all(getattr(r, key) == value for key, value in wanted.items()))


def test_y05_the_month_shows_each_duty_and_its_state(shown: Open) -> None:
    one = shown(AttendancePage)
    page = one.page
    assert [(row.name, row.state) for row in page.rows.rows()] == [
        ("卫明", "正常"),
        ("孙丽", "迟到早退"),
        ("卫明", "缺签退"),
        ("孙丽", "未签到"),
        ("赵强", "临时值班，待审定"),
        ("卫明", "未开始"),
    ]
    page.rows.select(row_of(page.rows, state="迟到早退"))
    one.picture("attendance-month")
    page.tabs.show_tab("items")
    page.items.select(row_of(page.items, title="待审定", name="卫明"))
    one.settle()
    one.picture("attendance-waiting")


def test_p12_a_correction_is_asked_for_and_decided_on_the_page(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(AttendancePage)
    page = one.page
    page.rows.select(row_of(page.rows, state="未签到"))
    press(one, "补签")
    form = page.side.currentWidget()
    assert isinstance(form, CorrectionForm)
    assert form.command().at == datetime(2022, 5, 13, 8, 30) and form.command().direction == "in"
    one.picture("attendance-correction")
    form.form.set_values({"reason": "签到台未开机"})
    form.submit()
    one.settle()
    assert one.toasts.said == ["已登记补签，等待另一人审定"]
    page.tabs.show_tab("items")
    page.items.select(next(r for r in page.items.rows() if "补签退" in r.text))
    one.settle()
    press(one, "同意")
    page.pane.confirm.reason().set_value("停电通知属实")
    page.pane.confirm._do()
    one.settle()
    states = [row.state for row in kiosk.desk.ask(AttendanceMonth(MAY)).rows]
    assert states[2] == "正常"


def test_y23_checks_are_listed_registered_and_judged(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    assert [row.standing.value for row in page.checks.rows()] == ["awaited", "reason_awaited", "present"]
    page.checks.select(row_of(page.checks, result="脱岗"))
    one.settle()
    one.picture("spotchecks")
    press(one, "理由不正当")
    one.picture("spotchecks-judging")
    page.pane.confirm.reason().set_value("村委会证明未到村")
    page.pane.confirm._do()
    one.settle()
    assert [row.standing.value for row in page.checks.rows()] == ["awaited", "deducted", "present"]
    page.new_item()
    form = page.side.currentWidget()
    assert isinstance(form, CheckForm)
    one.picture("spotchecks-form")
    form.form.set_values(
        {
            "site": CENTRE,
            "method": "电话",
            "result": "在岗",
            "person_id": PersonHit(kiosk.person("卫明"), "卫明"),
        }
    )
    form.submit()
    one.settle()
    assert page.checks.rows()[0].standing is CheckStanding.present
    page.tabs.show_tab("complaints")
    one.settle()
    one.picture("spotchecks-complaints")
    assert kiosk.desk.ask(EvidenceMonth(MAY)).pending == 2


def test_y24_the_pane_tells_the_person_and_takes_his_word(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    page.tabs.show_tab("complaints")
    page.complaints.select(page.complaints.rows()[0])
    one.settle()
    press(one, "通知本人")
    assert page.complaints.rows()[0].hearing.procedure is HearingState.explanation_awaited
    press(one, "登记说明")
    form = page.side.currentWidget()
    assert isinstance(form, ExplanationForm)
    form.form.set_values({"text": "当天排队的人多", "brought_by": "本人当面"})
    one.picture("spotchecks-explanation")
    form.submit()
    one.settle()
    assert page.complaints.rows()[0].hearing.said.text == "当天排队的人多"
    one.picture("spotchecks-explained")


def test_q03_the_draws_tab_announces_and_shows_what_is_drawn(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    page.tabs.show_tab("draw")
    one.settle()
    page.new_item()
    form = page.tab().side.currentWidget()
    form.submit()
    one.settle()
    one.picture("spotchecks-draw")
    assert len(page.tab().table.rows()) == 1, "one duty of the month is still to come"
    assert "抽中 1 次" in page.head.lead.text()
    page.tabs.show_tab("checks")
    one.settle()
    assert "抽查 3 次" in page.head.lead.text() and page.checks.isVisible()


def test_y27_the_tabs_of_inspections_and_problems_go_from_a_fault_to_its_mending(
    shown: Open, kiosk: KioskDesk
) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    page.tabs.show_tab("inspections")
    one.settle()
    page.new_item()
    form = page.tab().side.currentWidget()
    assert isinstance(form, InspectionForm)
    one.picture("supervision-inspection-form")
    form.form.set_values(
        {
            "site": CENTRE, "kind": "季度检查", "inspectors": "赵查", "职责制度上墙": "不符合",
            "owner": "钱主任", "due_on": date(2022, 5, 20),
        }
    )  # fmt: skip
    form.submit()
    one.settle()
    page.tab().table.select(page.tab().table.rows()[0])
    one.picture("supervision-inspections")
    page.tabs.show_tab("problems")
    one.settle()
    page.tab().table.select(page.tab().table.rows()[0])
    one.settle()
    press(one, "登记整改")
    page.tab().side.currentWidget().form.set_values({"text": "制度牌已上墙，照片 2 张"})
    page.save_item()
    one.settle()
    assert [row.state.value for row in page.tab().table.rows()] == ["mended"]
    page.tab().table.select(page.tab().table.rows()[0])
    one.settle()
    one.picture("supervision-problems")
    assert "1 项待复查" in page.head.lead.text()


def test_q15_the_tab_of_measures_takes_what_was_done(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    page.open_with(tab="measures")
    one.settle()
    table = page.tab().table
    table.select(table.rows()[0])
    one.settle()
    one.picture("supervision-measures")
    press(one, "登记做了什么")
    page.tab().side.currentWidget().form.set_values({"text": "方案已报，回执在卷"})
    page.save_item()
    one.settle()
    assert page.tab().table.rows()[0].state.value == "done" and "已做 1 项" in page.head.lead.text()


def test_q03_the_tab_of_meetings_keeps_minutes(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    page.open_with(tab="meetings")
    one.settle()
    page.new_item()
    form = page.tab().side.currentWidget()
    form.form.set_values({"subject": "五月例会", "attendees": "各所所长", "minutes": "布置下月排班"})
    page.save_item()
    one.settle()
    assert page.tab().table.rows()[0].minutes == "布置下月排班" and page.head.lead.text() == "本月例会 1"


def test_y22_the_first_line_with_a_problem_is_shown_and_a_named_one_when_asked(shown: Open) -> None:
    one = shown(AttendancePage)
    page = one.page
    assert isinstance(page, AttendancePage)
    first = next(row for row in page.rows.rows() if row.state.is_problem)
    assert page.rows.current() == first
    assert first.name in page.pane.accessibleName()
    last = page.rows.rows()[-1]
    page.open_with(on=last.on, person=last.person_id)
    one.settle()
    assert page.rows.current().id == last.id


def test_y23_a_check_named_by_another_page_is_selected(shown: Open) -> None:
    one = shown(SpotChecksPage)
    page = one.page
    assert isinstance(page, SpotChecksPage)
    wanted = page.checks.rows()[-1]
    page.open_with(on=wanted.on, row=wanted.id)
    one.settle()
    assert page.checks.current().id == wanted.id
    assert page.pane.accessibleName().startswith(f"{wanted.name}　5月")


def test_q05_a_signed_sheet_is_printed_and_taken_down(shown: Open, kiosk: KioskDesk) -> None:
    one = shown(AttendancePage)
    absent = next(row for row in one.page.rows.rows() if (row.on.day, row.name) == (13, "孙丽"))
    one.page.rows.select(absent)
    one.settle()
    one.page.paper_button.click()
    form = one.page.side.form.form
    assert form.values()["on"].day == 13 and form.values()["person_id"] == kiosk.person("孙丽")
    form.set_values({"in_at": absent.starts_at.time(), "out_at": absent.ends_at.time()})
    form.set_values({"confirmed_by": "李主任", "reason": "停电"})
    one.picture("paper-sign-in")
    one.page.save_item()
    one.settle()
    [found] = [row for row in kiosk.desk.ask(AttendanceMonth(MAY, CENTRE)).rows if row.id == absent.id]
    assert (found.origin, found.confirmed_by, found.reason) == ("纸质登记", "李主任", "停电")
    one.page.print_item()
    one.page.side.form.submit()
    one.settle()
    assert one.page.preview is not None and one.page.preview.windowTitle() == "值班签到登记单"
    one.page.preview.close()
