"""Login and recovery on a real office, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.kernel.logins import LoginFile
from app.services.office.set_up import Made, NewOffice, make_office
from app.services.security.accounts import AddAccount
from app.ui.look import Appearance, remember, remembered
from app.ui.start.context import Start
from app.ui.start.window import StartWindow
from tests.ui.test_wizard import has_focus, press, shoot, type_into

KEYS = Qt.Key


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A bureau with two accounts, at 2022-05-10 09:00; closed as after logging off."""
    from datetime import datetime

    from app.clock import SetClock, local_to_utc
    from app.paths import DataDir

    clock = SetClock(local_to_utc(datetime(2022, 5, 10, 9, 0)))
    new = NewOffice(
        code="140802",
        name="盐湖区司法局",
        level="县",
        parent="1408",
        pack="yuncheng-2022",
        admin="admin",
        password="Yanhu-2022",
    )
    office = make_office(DataDir(tmp_path / "office"), new, clock)
    office.office.do(
        AddAccount("clerk", "Clerk-2022", ("工作人员",), "柴秀英"), office.office.actor_of("admin")
    )
    yield office
    office.office.close()


@pytest.fixture
def window(qtbot: Any, made: Made) -> Iterator[StartWindow]:
    look = Appearance(site="盐湖区司法局", account="clerk")
    found = StartWindow(Start(made.office.data, made.office.clock), look)
    opened: list[Any] = []
    found.opened.connect(lambda office, _actor: opened.append(office))
    qtbot.addWidget(found)
    found.resize(1366, 768)
    found.show()
    yield found
    found.close()
    for office in opened:
        office.close()


def try_password(qtbot: Any, view: Any, password: str) -> None:
    """Type a password and Enter; wait for the answer."""
    view.password.setFocus()
    type_into(qtbot, password)
    view.banner.hide()
    press(qtbot, KEYS.Key_Return)
    qtbot.waitUntil(lambda: view.banner.isVisible(), timeout=20_000)


def test_the_last_account_is_chosen_and_the_password_lets_in(qtbot: Any, window: StartWindow) -> None:
    view: Any = window.view
    qtbot.waitUntil(lambda: has_focus(view.password))
    assert view.account.value() == "clerk"
    shoot(window, "login")
    type_into(qtbot, "Clerk-2022")
    with qtbot.waitSignal(window.opened, timeout=20_000) as opened:
        press(qtbot, KEYS.Key_Return)
    assert opened.args[1].display_name == "柴秀英"
    assert view.password.line.text() == ""


def test_wrong_passwords_lock_until_the_time_that_is_said(
    qtbot: Any, window: StartWindow, made: Made
) -> None:
    view: Any = window.view
    try_password(qtbot, view, "wrong-1")
    assert view.banner.words.text() == "E002 用户名或密码错误，请核对大小写后重试，还可试 4 次。"
    assert has_focus(view.password)
    for attempt in range(4):
        try_password(qtbot, view, f"wrong-{attempt + 2}")
    assert view.banner.words.text() == "E003 密码连续输错，账号已锁定到 09:00:30，到时再试。"
    assert not view.go.isEnabled()
    shoot(window, "login-locked")
    clock: Any = made.office.clock
    clock.advance(timedelta(seconds=10))
    view._show_lock()
    assert "已锁定到 09:00:30" in view.banner.words.text()
    clock.advance(timedelta(seconds=20))
    view._show_lock()
    assert view.go.isEnabled() and not view.banner.isVisible()
    assert [one.outcome for one in LoginFile(made.office.data.logins).attempts()] == ["begun"] + [
        "failed"
    ] * 5
    view.account.set_value("admin")
    view._show_lock()
    type_into(qtbot, "Yanhu-2022")
    with qtbot.waitSignal(window.opened, timeout=20_000):
        press(qtbot, KEYS.Key_Return)


def test_caps_lock_is_pointed_out(qtbot: Any, window: StartWindow) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    view: Any = window.view
    hint = view.password.parentWidget().findChildren(type(view.banner.words))[-1]
    line = view.password.line
    for text, is_shifted, is_on in (
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("A", True, False),
    ):
        modifiers = Qt.KeyboardModifier.ShiftModifier if is_shifted else Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_A, modifiers, text))
        assert hint.isVisible() is is_on


def test_missing_entries_are_named_beside_the_fields(qtbot: Any, window: StartWindow) -> None:
    view: Any = window.view
    view.try_now()
    assert view.password.fault() == "请输入密码"
    view.account.set_value(None)
    view.try_now()
    assert view.account.fault() == "请选择登录名"


def test_a_forgotten_password_is_reset_by_the_recovery_code(
    qtbot: Any, window: StartWindow, made: Made
) -> None:
    window.view.forgot_link.click()  # type: ignore[attr-defined]
    view: Any = window.view
    qtbot.waitUntil(lambda: has_focus(view.code))
    type_into(qtbot, made.recovery.replace("-", "").lower())
    assert view.code.value() == made.recovery
    assert view.count.text() == "已输入 32 / 32 位"
    view.account.set_value("clerk")
    view.password.first.setFocus()
    type_into(qtbot, "Renewed-2022")
    press(qtbot, KEYS.Key_Return)
    type_into(qtbot, "Renewed-2022")
    shoot(window, "recover")
    with qtbot.waitSignal(window.opened, timeout=20_000) as opened:
        press(qtbot, KEYS.Key_Return)
    assert opened.args[1].name == "clerk"
    assert made.office.login("clerk", "Renewed-2022").name == "clerk"


def test_a_wrong_recovery_code_is_refused_in_a_sentence(qtbot: Any, window: StartWindow) -> None:
    window.show_recovery()
    view: Any = window.view
    view.code.set_value("ABCD")
    view.try_now()
    assert "共 8 组" in view.code.fault()
    view.code.set_value("-".join(["ABCD"] * 8))
    view.account.set_value("admin")
    view.password.first.set_value("Renewed-2022")
    view.password.again.set_value("Renewed-2022")
    view.try_now()
    qtbot.waitUntil(lambda: view.banner.isVisible(), timeout=20_000)
    assert view.banner.words.text() == "E007 恢复码不正确，请对照打印件逐组核对。"
    view.left.emit()
    assert hasattr(window.view, "forgot")


def test_the_look_of_the_login_is_remembered(made: Made) -> None:
    data = made.office.data
    assert remembered(data) == Appearance()
    look = Appearance(150, True, "盐湖区司法局", "clerk")
    remember(data, look)
    assert remembered(data) == look
    (data.root / "look.json").write_text("{", "utf-8")
    assert remembered(data) == Appearance()
