"""The page a day begins with, on a real office."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.kernel.permissions import KIOSK
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.ui.consultations.page import PAGE as CONSULTATIONS
from app.ui.desk import Desk as Surface
from app.ui.desk import Place
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.today.page import PAGE, TodayPage
from app.ui.today.urgent_words import urgent_tag
from app.values import Level
from tests.services.conftest import Desk
from tests.services.conftest import county as county
from tests.services.conftest import make_desk as make_desk
from tests.services.consultation_desk import go_to, lawyer, on_duty, record
from tests.ui.office_desk import built


@pytest.fixture
def open_today(qtbot: Any) -> Iterator[Callable[[Desk], TodayPage]]:
    """Show the day in the window."""
    shells: list[Shell] = []

    def show(office: Desk) -> TodayPage:
        place = Place("140802", "盐湖区司法局", Level.county, "140802-01", "柴秀英", "工作人员")
        surface = Surface(Runner(office.office, office.actor), place, office.clock, may=office.actor.may)
        shell = Shell(surface, pages=[PAGE, CONSULTATIONS], unlock=lambda typed, tell: tell(""))
        shells.append(shell)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.activateWindow()
        shell.go("today")
        page = built(shell.view())
        assert isinstance(page, TodayPage)
        settle(qtbot, page)
        return page

    yield show
    for shell in shells:
        shell.close()


def settle(qtbot: Any, page: TodayPage) -> None:
    """Wait until the page shown is whole and everything asked has arrived."""
    built(page.window().view())
    for _ in range(2):
        qtbot.waitUntil(lambda: not page.desk.runner.is_busy, timeout=5000)
        QApplication.processEvents()


def picture(page: TodayPage, name: str) -> None:
    """Write a PNG where HUIMIN_SHOTS says."""
    if folder := os.environ.get("HUIMIN_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def busy_day(county: Desk) -> None:
    """A missing sign-out yesterday, two duties and three records today, one of them faulty."""
    first, second = lawyer(county), lawyer(county, "孙丽", 2)
    for person in (first, second):
        county.do(SetPin(person, "2580"))
    on_duty(county, (first, "09:00-17:00"), on=date(2022, 5, 11))
    go_to(county, "08:57", 11)
    county.do(SignIn(first, "2580"), KIOSK)
    on_duty(county, (second, "09:00-13:00"), (first, "14:00-18:00"), on=date(2022, 5, 12))
    go_to(county, "08:58:30", 12)
    county.do(SignIn(second, "2580"), KIOSK)
    for clock, name, more in (
        ("09:12", "李桂花", {}),
        ("09:40", "张三", {"answer": ""}),
        ("10:05", "赵四", {}),
    ):
        go_to(county, clock, 12)
        record(county, client_name=name, **more)


def test_e101_the_most_urgent_thing_has_the_focus(county: Desk, open_today: Any, qtbot: Any) -> None:
    busy_day(county)
    page = open_today(county)
    assert "最急的一件：卫明" in page.head.lead.whole()
    said = [(urgent_tag(row), page._sentence(row)) for row in page.urgent.rows()]
    assert said[0] == (
        "昨日签退缺失",
        "卫明（盐湖区中心） 5月11日 09:00-17:00，08:57 签到，未签退（E101）",
    )
    assert "5月记录缺项 1 条" in [tag for tag, _ in said]
    assert page.urgent.isAncestorOf(QApplication.focusWidget())
    assert [(duty.person, duty.state, duty.records) for duty in page.duties.rows()] == [
        ("孙丽", "在岗", 3),
        ("卫明", "未开始", 0),
    ]
    assert len(page.records.rows()) == 3 and page.year.year.isVisible()
    picture(page, "today")


def test_y17_enter_leads_from_a_fault_to_the_faulty_records(
    county: Desk, open_today: Any, qtbot: Any
) -> None:
    record(county, person_id=lawyer(county), answer="")
    page = open_today(county)
    QTest.keyClick(page.urgent.view, Qt.Key.Key_Return)
    shell = page.window()
    qtbot.waitUntil(lambda: shell.key == "consultations", timeout=2000)
    settle(qtbot, page)
    register = shell.view().register
    assert register.faulty.value() and [row.missing for row in register.table.rows()] == [("答复意见",)]


def test_ctrl_n_begins_a_new_consultation(county: Desk, open_today: Any, qtbot: Any) -> None:
    page = open_today(county)
    assert page.calm.isVisible() and page.head.lead.whole() == "今天没有等您处理的事"
    picture(page, "today-calm")
    QTest.keyClick(page.window(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    shell = page.window()
    assert shell.key == "consultations" and shell.view()._is_form()
    qtbot.waitUntil(lambda: shell.focusWidget() is shell.view().entry.form.name.editor, timeout=2000)


def test_the_day_follows_what_is_recorded(county: Desk, open_today: Any, qtbot: Any) -> None:
    person = lawyer(county)
    page = open_today(county)
    assert page.records.rows() == []
    from app.services.consultations.record_consultation import RecordConsultation

    page.do(RecordConsultation(client_name="李桂花", person_id=person, at=datetime(2022, 5, 10, 8, 0)))
    settle(qtbot, page)
    qtbot.waitUntil(lambda: len(page.records.rows()) == 1, timeout=3000)
