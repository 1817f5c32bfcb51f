"""The page of services beside consultations: what is taken down, corrected, and what the lists say (Q04 G04)."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from app.services.consultations.card import ConsultationCard
from app.services.office.settings import ChangeSetting
from app.services.outreach.activities import Activities
from app.services.outreach.errand_list import Errands, ErrandState
from app.services.outreach.market_rules import Markets
from app.services.outreach.postings import Postings
from app.services.outreach.record_activity import RecordActivity
from app.ui.consultations.page import ConsultationsPage
from app.ui.outreach.page import OutreachPage
from app.ui.widgets.person import PersonHit
from app.values import Month
from tests.services.conftest import Desk, county, make_desk
from tests.services.consultation_desk import record
from tests.services.money_book import STATION, Book, at
from tests.ui.office_desk import Shown

__all__ = ["county", "make_desk"]
MAY = Activities(first=date(2022, 5, 1), last=date(2022, 5, 31))


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Any:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    book = Book(county)
    book.worked(10)
    book.publish()
    county.do(
        RecordActivity(
            kind="普法讲座",
            site=STATION,
            at=at(10, "11:00"),
            village="西街村",
            reached=45,
            matter="民法典宣讲",
        )
    )
    one = Shown(qtbot, county, OutreachPage)
    yield one
    one.close()


def pane(one: Any) -> str:
    return "\n".join(part.text() for part in one.page.tab().detail.findChildren(QLabel))


def press(one: Any, words: str) -> None:
    tab = one.page.tab()
    next(b for b in tab.detail.findChildren(type(one.page.new_button)) if b.text() == words).click()
    one.settle()


def test_q04_another_service_of_the_visit_and_a_correction(shown: Any, county: Desk) -> None:
    tab = shown.page.tab()
    assert shown.page.head.lead.whole() == "1 次服务 1 件，惠及 45 人"
    tab.table.select(tab.table.rows()[0])
    shown.settle()
    assert "09:00-13:00" in pane(shown) and "民法典宣讲" in pane(shown)
    shown.picture("activities")
    press(shown, "同次另一件")
    form = tab.side.form.form
    assert form.values()["village"] == "西街村" and form.values()["on"] == date(2022, 5, 10)
    form.set_values({"kind": "协助调解", "reached": 2})
    shown.picture("activity-form")
    shown.page.save_item()
    shown.settle()
    assert shown.page.head.lead.whole() == "1 次服务 2 件，惠及 47 人"
    tab.table.select(next(row for row in tab.table.rows() if row.kind.value == "协助调解"))
    shown.settle()
    press(shown, "更正…")
    tab.side.form.form.set_values({"reached": 3, "reason": "还有一名见证人"})
    shown.page.save_item()
    shown.settle()
    found = county.ask(MAY).lines
    assert sorted((line.reached, line.revision) for line in found) == [(3, 2), (45, 1)]
    assert len({line.person for line in found}) == 1, "whoever was there stays"


def test_q04_a_fault_stands_beside_its_field(shown: Any, county: Desk) -> None:
    shown.page.new_item()
    form = shown.page.tab().side.form.form
    form.set_values({"kind": "普法讲座", "site": STATION, "village": "西街村"})
    form.set_values({"on": date(2022, 5, 10)})
    shown.page.save_item()
    shown.settle()
    assert "来了多少人" in "\n".join(one.text() for one in form.findChildren(QLabel))
    assert len(county.ask(MAY).lines) == 1


def test_q07_from_the_record_to_the_department_and_back(shown: Any, county: Desk, qtbot: Any) -> None:
    one = record(county, site=STATION, at=at(10, "10:00"), is_green=True, is_home_visit_needed=True).id
    shown.page.open_with(consultation=one, title="第 0001 号　转办")
    shown.settle()
    tab = shown.page.tab()
    tab.side.form.form.set_values({"kind": "转介部门", "department": "民政", "matter": "申请低保"})
    shown.picture("errand-form")
    shown.page.save_item()
    shown.settle()
    assert shown.page.head.lead.whole() == "待办 1 件，待安排上门 1"
    waiting = next(row for row in tab.table.rows() if row.state is ErrandState.needed)
    tab.table.select(waiting)
    shown.settle()
    press(shown, "安排上门…")
    assert tab.side.form.form.values()["kind"] == "上门服务"
    tab.side.form.form.set_values({"matter": "上门签字"})
    shown.page.save_item()
    shown.settle()
    tab.table.select(next(row for row in tab.table.rows() if row.department == "民政"))
    shown.settle()
    assert "优先办理" in pane(shown) and "13800006021" not in pane(shown)
    shown.picture("errands")
    press(shown, "办结…")
    tab.side.form.form.set_values({"result": "已答复", "answer": "已受理低保申请"})
    shown.page.save_item()
    shown.settle()
    assert [line.kind.value for line in county.ask(Errands()).lines] == ["上门服务"]


def test_q07_the_records_pane_passes_on_and_prints_the_notice(shown: Any, county: Desk, qtbot: Any) -> None:
    one = record(county, site=STATION, at=at(10, "10:00"), is_green=True).id
    register = Shown(qtbot, county, ConsultationsPage)
    register.page.open_with(id=one)
    register.settle()
    buttons = {b.text(): b for b in register.page.register.pane.findChildren(type(register.page.new))}
    register.picture("record-steps")
    buttons["告知单"].click()
    register.settle()
    assert register.page.preview is not None and register.page.preview.windowTitle() == "一次性告知单"
    register.page.preview.close()
    buttons["转办…"].click()
    assert register.toasts.said[-1] == "→ outreach"
    register.close()


def test_q06_market_days_are_listed_and_drafted(shown: Any, county: Desk) -> None:
    shown.page.open_with(tab="markets")
    shown.settle()
    shown.page.new_item()
    tab = shown.page.tab()
    form = tab.side.form.form
    form.set_values({"site": STATION, "place": "城关大集", "cycle": "农历", "days": "逢三六九"})
    shown.page.save_item()
    shown.settle()
    tab.table.select(tab.table.rows()[0])
    shown.settle()
    shown.picture("markets")
    assert "农历逢三、六、九" in pane(shown) and "没有排班" in pane(shown)
    press(shown, "按赶集日排班…")
    [person] = tab.people
    tab.side.form.form.set_values({"month": "2022-05"})
    tab.side.form.form.fields["person_id"].set_value(PersonHit(person.id, person.name))
    shown.page.save_item()
    shown.settle()
    assert [day.on.day for day in county.ask(Markets(Month(2022, 5)))[0].days if day.is_taken] == [23, 26, 29]


def test_q12_cards_are_printed_and_where_they_hang_is_kept(shown: Any, county: Desk) -> None:
    county.do(ChangeSetting("service_phone", "0359-2222333", "公布"))
    shown.page.open_with(tab="postings")
    shown.settle()
    shown.page.new_item()
    tab = shown.page.tab()
    tab.side.form.form.set_values(
        {"site": STATION, "kind": "惠民工程服务卡", "village": "西街村", "copies": 200}
    )
    shown.page.save_item()
    shown.settle()
    tab.table.select(tab.table.rows()[0])
    shown.settle()
    shown.picture("postings")
    press(shown, "已取下")
    assert county.ask(Postings()) == ()
    shown.page.print_item()
    shown.settle()
    assert tab.preview is not None and tab.preview.windowTitle() == "惠民工程服务卡"
    tab.preview.close()


def test_q02_a_citizen_signs_with_the_pen_and_the_record_is_printed(
    shown: Any, county: Desk, qtbot: Any
) -> None:
    one = record(county, site=STATION, at=at(10, "10:00")).id
    register = Shown(qtbot, county, ConsultationsPage)
    register.page.open_with(id=one)
    register.settle()
    pane = register.page.register.pane
    buttons = {b.text(): b for b in pane.findChildren(type(register.page.new))}
    buttons["签名…"].click()
    dialog = pane.signature
    dialog.save_button.click()
    register.settle()
    said = "\n".join(part.text() for part in dialog.banner.findChildren(QLabel))
    assert dialog.isVisible() and "还没有签名" in said
    for begin, end in (((100, 60), (300, 200)), ((300, 60), (120, 220))):
        qtbot.mousePress(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(*begin))
        qtbot.mouseMove(dialog.pad, QPoint(*end))
        dialog.pad.mouseMoveEvent(moved(*end))
        qtbot.mouseRelease(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(*end))
    if folder := os.environ.get("HUIMIN_SHOTS"):
        dialog.grab().save(f"{folder}/signature.png")
    dialog.save_button.click()
    register.settle()
    assert not dialog.isVisible() and county.ask(ConsultationCard(one)).signature is not None
    register.picture("signed")
    next(b for b in pane.findChildren(type(register.page.new)) if b.text() == "登记表").click()
    register.settle()
    assert register.page.preview.windowTitle() == "咨询登记表"
    register.page.preview.close()
    register.close()


def moved(x: int, y: int) -> QMouseEvent:
    point, button = QPointF(x, y), Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, point, point, button, button, Qt.KeyboardModifier.NoModifier)
