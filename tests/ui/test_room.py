"""Every page fits a screen of 1366×768 at 100 %; at 150 % it scrolls, an opened form comes into view, the kiosk keeps its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.services.money.replies import ReplyState
from app.services.money.statement import MyPayLine, MyPayView, MyReply
from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui import style
from app.ui.kiosk.stage import KioskSteps, Stage
from app.ui.nav import ROOMY, TIGHT
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.theme import px
from app.ui.widgets.button import TOUCH, Button
from app.ui.widgets.head import PageHead
from app.ui.widgets.month_cell import _ranges
from app.values import Month
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.ui.exchange_windows import settle

__all__ = ["county", "station"]

WIDTH, HEIGHT, SCREEN = 1366, 698, 768
"""A maximised window below its title and above the system's bar; the kiosk has the whole screen."""
LONG = "您 5 月 9 日 08:57 签到后未签退，请说明离开时间（将由司法所审核）"


@pytest.fixture
def scaled(qapp: QApplication) -> Iterator[Callable[[int], None]]:
    yield lambda scale: style.apply(qapp, scale=scale)
    style.apply(qapp)


def shown(qtbot: Any, place: Place) -> Shell:
    runner = Runner(place.office, place.actor)
    desk = desk_of(runner, place.ask(Settings()), place.ask(Accounts()), place.office.data, place.clock)
    shell = Shell(desk)
    qtbot.addWidget(shell)
    shell.resize(WIDTH, HEIGHT)
    shell.show()
    shell.activateWindow()
    return shell


def frame(shell: Shell) -> QScrollArea:
    made = shell._stack.frames[shell.key]
    assert isinstance(made, QScrollArea)
    return made


def over(shell: Shell, name: str) -> list[str]:
    """What of the page shown does not fit."""
    QApplication.processEvents()
    view, room = shell.view(), frame(shell).viewport().size()
    assert view is not None
    least = view.minimumSizeHint()
    if least.width() > room.width() or least.height() > room.height():
        return [f"{name} needs {least.width()}×{least.height()} of {room.width()}×{room.height()}"]
    return []


def six_weeks(shell: Shell) -> None:
    view: Any = shell.view()
    view.month = Month(2022, 5)
    view.refresh()


def opened(shell: Shell) -> None:
    view: Any = shell.view()
    view.new_item()


FURTHER: dict[str, Callable[[Shell], None]] = {
    "roster": six_weeks,
    "consultations": opened,
    "people": opened,
    "spotchecks": opened,
}


@pytest.mark.parametrize("level", ["county", "station"])
def test_every_page_fits_at_100(qtbot: Any, county: Place, station: Place, level: str) -> None:
    shell = shown(qtbot, county if level == "county" else station)
    found = []
    for page in shell.pages:
        shell.go(page.key)
        settle(qtbot, shell)
        found += over(shell, page.key)
        if page.key in FURTHER:
            FURTHER[page.key](shell)
            settle(qtbot, shell)
            found += over(shell, f"{page.key}, further")
    shell.close()
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("level", ["county", "station"])
def test_every_page_is_listed_without_scrolling_at_100(
    qtbot: Any, county: Place, station: Place, level: str
) -> None:
    shell = shown(qtbot, county if level == "county" else station)
    QApplication.processEvents()
    entries = list(shell.nav.items.values())
    assert {entry.height() for entry in entries} <= set(range(px(TIGHT), px(ROOMY) + 1))
    bar = shell.nav.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() == 0
    shell.close()


def in_frame(shell: Shell, widget: QWidget) -> bool:
    area = frame(shell).viewport()
    top = widget.mapTo(area, QPoint(0, 0)).y()
    return widget.isVisible() and top >= 0 and top + widget.height() <= area.height()


@pytest.mark.parametrize("key", ["people", "spotchecks", "roster"])
def test_p50_at_150_an_opened_form_is_seen_with_its_buttons(
    qtbot: Any, county: Place, scaled: Callable[[int], None], key: str
) -> None:
    scaled(150)
    shell = shown(qtbot, county)
    shell.go(key)
    settle(qtbot, shell)
    view: Any = shell.view()
    view.seats.assign() if key == "roster" else view.new_item()
    settle(qtbot, shell)
    qtbot.waitUntil(lambda: view.side.form is not None and in_frame(shell, view.side.form.save_button))
    assert frame(shell).verticalScrollBar().maximum() > 0
    assert frame(shell).horizontalScrollBar().maximum() == 0
    shell.close()


def test_p50_at_150_the_bundle_panel_is_seen_with_its_button(
    qtbot: Any, county: Place, scaled: Callable[[int], None]
) -> None:
    scaled(150)
    shell = shown(qtbot, county)
    shell.go("exchange", export=True)
    settle(qtbot, shell)
    view: Any = shell.view()
    qtbot.waitUntil(lambda: in_frame(shell, view.panel.go))
    shell.close()


def kiosk_faces(stage: Stage) -> dict[str, Callable[[], object]]:
    """Each surface of the kiosk with the longest it says."""

    def whole(panel: QWidget, *texts: Any) -> Callable[[], object]:
        def show() -> None:
            for text in texts:
                text.setText(LONG)
                text.show()
            stage.whole(panel)

        return show

    def pad() -> None:
        stage.pad.set_words("诸葛建国，请输入签到密码", "签　到")
        stage.pad.show_fault("E603 密码不对，还可试 3 次")
        stage.beside(stage.pad)

    def reason() -> None:
        stage.reason.start("E601 今天没有您的班次，按“临时值班”须说明")
        stage.reason.show_fault("请选一个原因，或写明原因")
        stage.beside(stage.reason)

    line = MyPayLine(
        id="", key="", on="5月10日", site_name="", kind="", net_fen=20000, explanation="", reasons=()
    )
    said = MyReply(
        state=ReplyState.waiting, reply_by=date(2022, 6, 7), elsewhere=(), may_confirm=True, may_dispute=True
    )
    month = MyPayView(
        name="诸葛建国",
        month="2022-05",
        is_final=True,
        net_fen=20000,
        lines=tuple(replace(line, key=str(number)) for number in range(3)),
        reply=said,
    )

    def reply() -> None:
        stage.whole(stage.pay)
        stage.pay.show_pay(month)

    def dispute() -> None:
        stage.whole(stage.dispute)
        stage.dispute.start(month)
        stage.dispute.show_fault("请选一个原因，或写明原因")

    return {
        "pad": pad,
        "reason": reason,
        "acts": lambda: stage.beside(stage.acts),
        "search": lambda: stage.beside(stage.search),
        "done": whole(stage.done, stage.done.headline, stage.done.notices, stage.done.question),
        "early": whole(stage.early, stage.early.title, stage.early.words, stage.early.clause),
        "explain": whole(stage.explain, stage.explain.title),
        "rating": whole(stage.rating),
        "pay": whole(stage.pay, stage.pay.lead),
        "pay to confirm": reply,
        "dispute": dispute,
        "records": whole(stage.records, stage.records.title),
        "leave": whole(stage.leave),
    }


@pytest.mark.parametrize("scale", [100, 150, 175])
def test_p50_the_kiosk_fits_with_all_its_buttons(
    qtbot: Any, scaled: Callable[[int], None], scale: int
) -> None:
    scaled(scale)
    stage = Stage(KioskSteps(*(lambda *_: None for _ in range(11))))
    qtbot.addWidget(stage)
    stage.head.site.setText("盐湖区中城街道公共法律服务工作站")
    stage.foot.show_office("0359-2000119", asks_rating=True)
    stage.resize(WIDTH, SCREEN)
    stage.show()
    faults = []
    for name, show in kiosk_faces(stage).items():
        show()
        QApplication.processEvents()
        QApplication.processEvents()
        if stage.width() > WIDTH or stage.height() > SCREEN:
            faults.append(f"{name} needs {stage.width()}×{stage.height()}")
        for button in stage.findChildren(Button):
            if not button.isVisible():
                continue
            box = QRect(button.mapTo(stage, QPoint(0, 0)), button.size())
            if not stage.rect().contains(box):
                faults.append(f"{name}: {button.text()} lies at {box}")
            if min(box.height(), box.width()) < TOUCH or box.width() < button.minimumSizeHint().width():
                faults.append(f"{name}: {button.text()} is only {box.width()}×{box.height()}")
    assert not faults, "\n".join(["", *faults])


def test_p50_words_of_the_pad_are_seen_at_150(qtbot: Any, scaled: Callable[[int], None]) -> None:
    scaled(150)
    stage = Stage(KioskSteps(*(lambda *_: None for _ in range(11))))
    qtbot.addWidget(stage)
    stage.resize(WIDTH, SCREEN)
    stage.show()
    kiosk_faces(stage)["pad"]()
    QApplication.processEvents()
    area = stage.pad.title.parentWidget().parentWidget()
    for words in (stage.pad.title, stage.pad.fault):
        top = words.mapTo(area, QPoint(0, 0)).y()
        assert top >= 0 and top + words.height() <= area.height(), words.text()


def test_hours_take_a_line_each_while_there_are_lines() -> None:
    assert _ranges("08:00–12:00；14:30–18:30", 2) == ["08:00–12:00", "14:30–18:30"]
    assert _ranges("08:00–12:00；14:30–18:30", 1) == ["08:00–12:00；14:30–18:30"]
    assert _ranges("8–9；10–11；12–13", 2) == ["8–9", "10–11；12–13"]


def test_actions_make_room_for_a_sentence_that_comes_later_and_stay_there(qtbot: Any) -> None:
    head = PageHead("2022年5月补贴发放")
    qtbot.addWidget(head)
    button = head.primary("登记发放", lambda: None)
    head.resize(px(500), px(80))
    head.show()

    def is_below() -> bool:
        return button.mapTo(head, QPoint(0, 0)).y() >= head.title.geometry().bottom()

    QApplication.processEvents()
    assert not is_below()
    head.set_lead("最终结算，已锁定 · 22 人 8,220.00 元 · 待发放 0.00 元")
    QApplication.processEvents()
    assert is_below()
    head.set_lead("试算")
    QApplication.processEvents()
    assert is_below()
    head.resize(px(900), px(80))
    QApplication.processEvents()
    assert not is_below()
