"""One window after the other: first start or login, the office's shell, lock, log off; the kiosk with its own rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import SetClock, local_to_utc
from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.main import KioskWindows, OfficeWindows, open_kiosk_window
from app.paths import DataDir
from app.services.office.back_up import BackUp
from app.services.office.set_up import NewOffice, make_office
from app.services.office.settings import ChangeSetting
from app.ui import style, theme
from app.ui.look import remembered

PASSWORD = "Yanhu-2022"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(local_to_utc(datetime(2022, 5, 10, 9, 0)))


@pytest.fixture
def data(tmp_path: Path, clock: SetClock) -> DataDir:
    """An office nobody has open."""
    new = NewOffice(
        code="140802",
        name="盐湖区司法局",
        level="县",
        parent="1408",
        pack="yuncheng-2022",
        admin="admin",
        password=PASSWORD,
        admin_title="郭晓东",
    )
    made = make_office(DataDir(tmp_path / "office"), new, clock)
    made.office.close()
    return DataDir(tmp_path / "office")


Opened = Callable[[Any], Any]


@pytest.fixture
def keep(qapp: QApplication) -> Iterator[Opened]:
    """Close the windows at the end, and take the theme back."""
    kept: list[Any] = []

    def add(windows: Any) -> Any:
        kept.append(windows)
        return windows

    yield add
    for windows in kept:
        windows.close()
    style.apply(qapp)


def log_in(qtbot: Any, windows: Any) -> Any:
    """Through the login to the next window."""
    start = windows.window
    start.view.account.set_value("admin")
    start.view.password.set_value(PASSWORD)
    start.view.try_now()
    qtbot.waitUntil(lambda: windows.window is not start, timeout=30_000)
    return windows.window


def test_an_empty_directory_starts_with_the_wizard(
    qtbot: Any, tmp_path: Path, clock: SetClock, keep: Opened
) -> None:
    windows = keep(OfficeWindows(DataDir(tmp_path / "none"), clock))
    windows.show_start()
    qtbot.waitUntil(windows.is_usable)
    assert windows.window_name() == "wizard"


def test_login_opens_the_office_with_its_settings_and_status(
    qtbot: Any, data: DataDir, clock: SetClock, keep: Opened
) -> None:
    windows = keep(OfficeWindows(data, clock))
    windows.show_start()
    qtbot.waitUntil(windows.is_usable)
    assert windows.window_name() == "login"
    shell = log_in(qtbot, windows)
    assert windows.window_name() == "office"
    assert shell.isMaximized()
    assert shell.top.person.text() == "郭晓东 · 管理员"
    assert shell.desk.settings["idle_lock_minutes"] == 10
    assert remembered(data).site == "盐湖区司法局"
    qtbot.waitUntil(lambda: shell.status.backup.text() == "还没有备份", timeout=10_000)
    shell.desk.runner.do(BackUp())
    qtbot.waitUntil(lambda: shell.status.backup.text() == "上次备份 今天 09:00", timeout=10_000)
    shell.desk.runner.do(ChangeSetting("ui_scale", "125"))
    qtbot.waitUntil(lambda: theme.current().scale == 125, timeout=10_000)
    assert remembered(data).scale == 125
    shell.desk.runner.do(ChangeSetting("idle_lock_minutes", "3"))
    shell.desk.runner.do(ChangeSetting("inbox_folder", "/media/inbox"))
    qtbot.waitUntil(lambda: shell.desk.settings["inbox_folder"] == "/media/inbox", timeout=10_000)
    assert shell.idle._timer.interval() == 3 * 60_000


def test_the_lock_takes_the_password_and_logging_off_leads_to_the_login(
    qtbot: Any, data: DataDir, clock: SetClock, keep: Opened
) -> None:
    windows = keep(OfficeWindows(data, clock))
    windows.show_start()
    shell = log_in(qtbot, windows)
    shell.lock()
    shell.veil.password.set_value("wrong")
    shell.veil._try()
    qtbot.waitUntil(lambda: shell.veil.password.fault().startswith("E002"), timeout=10_000)
    shell.veil.password.set_value(PASSWORD)
    shell.veil._try()
    qtbot.waitUntil(lambda: not shell.is_locked(), timeout=10_000)
    shell.lock()
    shell.veil.leave.click()
    assert windows.window_name() == "login"
    assert log_in(qtbot, windows).desk.place.site_name == "盐湖区司法局"


def test_the_kiosk_asks_for_a_staff_password_and_runs_with_its_own_rights(
    qtbot: Any, data: DataDir, clock: SetClock, keep: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    windows = keep(KioskWindows(data, clock))
    windows.begin()
    qtbot.waitUntil(lambda: windows.window is not None, timeout=10_000)
    assert windows.window.view.go.text() == "打开签到台"
    kiosk = log_in(qtbot, windows)
    assert kiosk.runner.actor == KIOSK
    assert kiosk.windowTitle() == "签到台"
    assert not kiosk.close() and kiosk.isVisible()
    kiosk.stage.leave.password.setText(PASSWORD)
    kiosk.stage.leave.password.returnPressed.emit()
    qtbot.waitUntil(lambda: not kiosk.isVisible(), timeout=30_000)


def test_no_kiosk_without_an_office(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="E911"):
        open_kiosk_window(DataDir(tmp_path / "none"))
