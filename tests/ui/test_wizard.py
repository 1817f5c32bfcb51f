"""The first start: a bureau from a pack, a station by its invitation, a backup restored; by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.clock import SetClock, local_to_utc
from app.kernel import slots
from app.kernel.slots import KeySlots
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.office import open_office
from app.services.sites.site_list import SiteList
from app.ui.look import Appearance
from app.ui.start.choose import BUREAU, JOIN, RESTORE
from app.ui.start.context import Start
from app.ui.start.password import strength
from app.ui.start.window import StartWindow
from app.ui.widgets.field import IME_REST_MS
from tests.exchange.offices import JIEZHOU, make_county

KEYS = Qt.Key


def shoot(widget: QWidget, name: str) -> None:
    """With HUIMIN_SHOTS, keep a picture of the window."""
    if folder := os.environ.get("HUIMIN_SHOTS"):
        widget.resize(1366, 768)
        QApplication.processEvents()
        QApplication.processEvents()
        widget.grab().save(str(Path(folder) / f"{name}.png"))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(local_to_utc(datetime(2022, 5, 10, 9, 0)))


@pytest.fixture
def open_window(qtbot: Any, tmp_path: Path, clock: SetClock) -> Iterator[Callable[..., StartWindow]]:
    """A start window on a data directory; the offices it opened are closed at the end."""
    windows: list[StartWindow] = []
    offices: list[Any] = []

    def make(name: str = "new") -> StartWindow:
        window = StartWindow(Start(DataDir(tmp_path / name), clock), Appearance())
        window.opened.connect(lambda office, _actor: offices.append(office))
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
    for office in offices:
        office.close()


def type_into(qtbot: Any, text: str) -> None:
    """Type where the focus is; Chinese comes from an input method, which commits it whole."""
    focus = QApplication.focusWidget()
    if text.isascii():
        qtbot.keyClicks(focus, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus, event)
        qtbot.wait(IME_REST_MS + 10)


def press(qtbot: Any, key: Any, *modifiers: Any) -> None:
    """Press a key where the focus is."""
    qtbot.keyClick(QApplication.focusWidget(), key, *modifiers)


def has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (widget is focus or widget.isAncestorOf(focus))


def test_p_s_a_bureau_is_made_by_keyboard_alone(qtbot: Any, open_window: Any, tmp_path: Path) -> None:
    window = open_window()
    choose = window.view
    shoot(window, "start-choose")
    qtbot.waitUntil(lambda: has_focus(choose.buttons[BUREAU]))
    press(qtbot, KEYS.Key_Space)
    view = window.view
    qtbot.waitUntil(lambda: bool(view.pack.table.rows()))
    titles = [pack.id for pack in view.pack.table.rows()]
    assert "yuncheng-2022" in titles
    view.pack.table.setFocus()
    while view.pack.value().id != "yuncheng-2022":
        press(qtbot, KEYS.Key_Down)
    assert "47,000 ✓" in view.pack.totals.text()
    shoot(window, "start-pack")
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: has_focus(view.bureau.search))
    shoot(window, "start-bureau-all")
    type_into(qtbot, "yhq")
    assert [one.name for one in view.bureau.table.rows()] == ["盐湖区司法局"]
    shoot(window, "start-bureau")
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: has_focus(view.admin.name))
    for text in ("admin", "管理员", "Yanhu-2022"):
        type_into(qtbot, text)
        press(qtbot, KEYS.Key_Return)
    type_into(qtbot, "Yanhu-2023")
    press(qtbot, KEYS.Key_Return)
    assert "两次输入的密码不同" in view.admin.password.again.fault()
    shoot(window, "start-admin")
    view.admin.password.again.set_value("")
    type_into(qtbot, "Yanhu-2022")
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: view.wizard.at() == 3, timeout=20_000)
    finish_recovery(qtbot, window, view, tmp_path)
    with qtbot.waitSignal(window.opened) as opened:
        view.wizard.go_on()
    office, actor = opened.args
    assert office.identity.code == "140802"
    assert actor.display_name == "管理员"
    assert len([site for site in office.ask(SiteList(), actor) if site.kind == "工作站"]) > 5
    assert not list(window.start.data.root.glob("*.part"))


def finish_recovery(qtbot: Any, window: StartWindow, view: Any, tmp_path: Path) -> None:
    """The code must be ticked off; it cannot be left; the escrow key is written; then the last step."""
    assert not view.wizard.back.isVisible() and not view.wizard.cancel.isVisible()
    view.wizard.go_back()
    assert view.wizard.at() == 3
    view.wizard.go_on()
    assert "只显示这一次" in view.recovery.ticked.fault()
    shoot(window, "start-recovery")
    stick = tmp_path / "stick"
    stick.mkdir()
    view.recovery.escrow_file.set_value(stick / "托管密钥.txt")
    view.recovery.save_escrow()
    qtbot.waitUntil(lambda: (stick / "托管密钥.txt").exists() and not view.recovery.banner.isHidden())
    code = view.recovery._code
    assert KeySlots(window.start.data.keys).open(slots.RECOVERY, "", code) is not None
    view.recovery.ticked.tick.setFocus()
    press(qtbot, KEYS.Key_Space)
    view.wizard.go_on()
    assert view.wizard.at() == 4
    shoot(window, "start-finish")


def test_the_keeping_sheet_is_previewed(qtbot: Any, open_window: Any) -> None:
    window = open_window()
    window.begin(BUREAU)
    page = window.view.recovery
    page.show_code("盐湖区司法局", "-".join(["AB23"] * 8), "AGE-SECRET-KEY-1")
    page.print_code()
    qtbot.waitUntil(lambda: hasattr(page, "preview"), timeout=20_000)
    assert len(page.preview.paper.sheets) == 1
    page.preview.close()


def test_a_station_joins_by_its_invitation(qtbot: Any, open_window: Any, tmp_path: Path) -> None:
    from app.services.exchange.enrol import AdmitSite, InviteSite

    county = make_county(tmp_path)
    stick = tmp_path / "U 盘"
    stick.mkdir()
    invited = county.do(InviteSite(JIEZHOU, stick / "登记邀请.hme"))
    window = open_window("station")
    window.begin(JOIN)
    view = window.view
    view.wizard.go_on()
    assert view.invitation.file.fault() == "请选择登记文件"
    view.invitation.file.set_value(stick / "登记邀请.hme")
    view.invitation.read()
    qtbot.waitUntil(lambda: view.invitation.value() is not None)
    assert view.invitation.fingerprint.digits == invited.fingerprint
    view.wizard.go_on()
    assert "电话核对指纹" in view.invitation.compared.fault()
    view.invitation.compared.set_value(True)
    shoot(window, "start-invitation")
    view.wizard.go_on()
    view.admin.name.set_value("admin")
    view.admin.password.first.set_value("Jiezhou-2022")
    view.admin.password.again.set_value("Jiezhou-2022")
    view.wizard.go_on()
    assert view.folder.value() == stick
    shoot(window, "start-answer")
    view.wizard.go_on()
    qtbot.waitUntil(lambda: view.wizard.at() == 3, timeout=20_000)
    view.recovery.ticked.set_value(True)
    view.wizard.go_on()
    shoot(window, "start-joined")
    [answer] = stick.glob("登记答复-*.hme")
    admitted = county.do(AdmitSite(answer))
    assert admitted.fingerprint == view._made.step.fingerprint
    with qtbot.waitSignal(window.opened) as opened:
        view.wizard.go_on()
    assert opened.args[0].identity.code == JIEZHOU
    county.office.close()


def test_an_answer_that_cannot_be_written_leaves_no_office(
    qtbot: Any, open_window: Any, tmp_path: Path
) -> None:
    from app.services.exchange.enrol import InviteSite

    county = make_county(tmp_path)
    file = tmp_path / "登记邀请.hme"
    county.do(InviteSite(JIEZHOU, file))
    county.office.close()
    window = open_window("station")
    window.begin(JOIN)
    view = window.view
    folder = tmp_path / "stick"
    (folder / f"登记答复-{JIEZHOU}.hme.part").mkdir(parents=True)
    view.invitation.file.set_value(file)
    view.invitation.read()
    qtbot.waitUntil(lambda: view.invitation.value() is not None)
    view.folder.set_value(folder)
    view.admin.name.set_value("admin")
    view.admin.password.first.set_value("Jiezhou-2022")
    view.admin.password.again.set_value("Jiezhou-2022")
    view._make()
    qtbot.waitUntil(lambda: not view.wizard.banner.isHidden(), timeout=20_000)
    assert view.wizard.banner.words.text().startswith("E50")
    assert not window.start.has_office
    assert not window.start.data.database.exists()


def test_a_file_that_is_no_invitation_is_refused(qtbot: Any, open_window: Any, tmp_path: Path) -> None:
    file = tmp_path / "x.hme"
    file.write_text("不是登记文件", "utf-8")
    window = open_window()
    window.begin(JOIN)
    page = window.view.invitation
    page.file.set_value(file)
    page.read()
    qtbot.waitUntil(lambda: not page.banner.isHidden())
    assert page.banner.words.text().startswith("E7")
    assert not window.start.has_office


def test_a_backup_is_restored_and_leads_to_the_login(
    qtbot: Any, open_window: Any, tmp_path: Path, clock: SetClock
) -> None:
    county = make_county(tmp_path)
    made = county.do(BackUp())
    county.office.close()
    window = open_window("restored")
    window.begin(RESTORE)
    window.view.file.set_value(made.file)
    shoot(window, "start-restore")
    window.view.try_now()
    qtbot.waitUntil(lambda: hasattr(window.view, "forgot"), timeout=20_000)
    assert "已恢复" in window.view.banner.words.text()
    open_office(window.start.data, "admin", "County-2022", clock)[0].close()


@pytest.mark.parametrize(
    ("password", "marks"),
    [("", 0), ("123", 1), ("12345678", 1), ("abcdefgh", 2), ("Yanhu-2022", 3), ("Yanhu-2022-惠民台", 4)],
)
def test_strength_in_marks(password: str, marks: int) -> None:
    assert strength(password)[0] == marks
