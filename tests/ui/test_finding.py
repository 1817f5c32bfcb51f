"""Ctrl+K finds records: typing lists them, Enter opens their page with the row selected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.services.office.settings import Settings
from app.services.people.disable_person import DisablePerson
from app.services.security.accounts import Accounts
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
from tests.services.conftest import COUNTY, Desk
from tests.services.conftest import make_desk as make_desk  # a fixture
from tests.services.consultation_desk import go_to, lawyer, on_duty, record
from tests.ui.office_desk import built


@pytest.fixture
def office(make_desk: Callable[..., Desk]) -> Desk:
    made = make_desk(COUNTY, "county")
    for serial, name in enumerate(("单晓明", "曾秀英"), 1):
        lawyer(made, name, serial)
    on_duty(made, (lawyer(made, serial=3), "09:00-13:00"))
    go_to(made, "09:30")
    return made


@pytest.fixture
def shell(qtbot: Any, office: Desk) -> Iterator[Shell]:
    runner = Runner(office.office, office.actor)
    desk = desk_of(runner, office.ask(Settings()), office.ask(Accounts()), office.office.data, office.clock)
    made = Shell(desk)
    qtbot.addWidget(made)
    made.show()
    made.go("today")
    yield made
    made.close()


def find(qtbot: Any, shell: Shell, words: str, title: str) -> None:
    """Type in the palette, wait for the hit, go down to it, Enter."""
    shell.open_palette()
    box = shell.palette_box
    box.line.setText(words)
    qtbot.waitUntil(lambda: any(one.startswith(title) for one in box.titles()), timeout=10_000)
    while not box.list.currentItem().text().startswith(title):
        qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    built(shell.view())
    qtbot.waitUntil(lambda: not shell.desk.runner.is_busy, timeout=10_000)


def test_a_person_is_opened_and_selected(qtbot: Any, shell: Shell) -> None:
    find(qtbot, shell, "sxm", "单晓明")
    assert shell.key == "people"
    table = shell.view().table  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: table.current() is not None and table.current().name == "单晓明")
    find(qtbot, shell, "曾秀英", "曾秀英")
    qtbot.waitUntil(lambda: table.current().name == "曾秀英")


def test_a_person_no_longer_in_use_is_found_too(qtbot: Any, shell: Shell, office: Desk) -> None:
    gone = lawyer(office, "武冬", 9)
    office.do(DisablePerson(gone, "调离"))
    find(qtbot, shell, "武冬", "武冬")
    table = shell.view().table  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: table.current() is not None and table.current().id == gone)


def test_a_consultation_of_another_month_is_opened_in_its_month(
    qtbot: Any, shell: Shell, office: Desk
) -> None:
    record(office, client_name="周芳", phone="13900001122")
    wanted = record(office)
    office.clock.go_to(office.clock.at.replace(month=7))
    find(qtbot, shell, "6021", "第 0002 号")
    assert shell.key == "consultations"
    view = shell.view().register  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: view.table.current() is not None and view.table.current().id == wanted.id)
    assert view.month.value() == (2022, 5)


def test_a_site_is_opened_among_the_settings(qtbot: Any, shell: Shell) -> None:
    find(qtbot, shell, "140802100", "盐湖区解州镇")
    tab = shell.view().tab()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: tab.table.current() is not None and tab.table.current().code == "140802100")


def test_a_report_is_opened(qtbot: Any, shell: Shell) -> None:
    shell.open_palette()
    shell.palette_box.line.setText("考勤")
    qtbot.waitUntil(lambda: any(e.kind == "报表" for e in entries(shell)), timeout=10_000)
    hit = next(e for e in entries(shell) if e.kind == "报表")
    find(qtbot, shell, "考勤", hit.title)
    assert shell.key == "reports"
    assert shell.view().report().title == hit.title  # type: ignore[union-attr]


def entries(shell: Shell) -> list[Any]:
    from app.ui.palette import ENTRY

    box = shell.palette_box.list
    return [box.item(n).data(ENTRY) for n in range(box.count())]
