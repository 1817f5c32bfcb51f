"""Takes a picture of every window of the demonstration, 1366×768, without a screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.demo.offices import DemoOffice
from app.services.security.permissions import KIOSK

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.ui.runner import Runner
    from app.ui.shell import Shell

WIDTH, HEIGHT = 1366, 768
SETTLE_SECONDS = 0.15
LONGEST_WAIT = 20.0


class Camera:
    """Opens an office's windows off screen, waits until they are filled, and saves them."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.names: list[str] = []

    def take_pages(self, office: DemoOffice, prefix: str, login: str = "admin") -> None:
        """Every page that the account may see."""
        app, (runner, shell) = self._app(office), self._shell(office, login)
        for page in shell.pages:
            shell.go(page.key)
            self._wait(app, runner)
            self._save(shell, f"{prefix}-{page.key}")
        self._forms(app, runner, shell, prefix)
        shell.close()
        app.processEvents()

    def _forms(self, app: QApplication, runner: Runner, shell: Shell, prefix: str) -> None:
        """The new consultation, as the clerk has it before her most of the day."""
        if any(page.key == "consultations" for page in shell.pages):
            shell.go("consultations")
            self._wait(app, runner)
            view = shell.view()
            if view is not None:
                view.new_item()
                self._wait(app, runner)
                self._save(shell, f"{prefix}-consultation-new")

    def take_kiosk(self, office: DemoOffice, prefix: str) -> None:
        """The kiosk as it stands at the office's moment."""
        from app.ui.kiosk.window import KioskWindow
        from app.ui.runner import Runner

        app = self._app(office)
        runner = Runner(office.office, KIOSK)
        window = KioskWindow(runner, office.clock)
        window.resize(WIDTH, HEIGHT)
        window.show()
        self._wait(app, runner)
        self._save(window, f"{prefix}-kiosk")
        window.close()
        app.processEvents()

    def take_start(self, office: DemoOffice, empty: Path) -> None:
        """The login of an office, and the first start in an empty directory."""
        from app.main import OfficeWindows
        from app.paths import DataDir

        app = self._app(office)
        for name, data in (("login", office.office.data), ("wizard", DataDir(empty))):
            windows = OfficeWindows(data, office.clock)
            windows.show_start()
            assert windows.window is not None
            windows.window.resize(WIDTH, HEIGHT)
            self._wait_until(app, lambda: True)
            self._save(windows.window, name)
            windows.close()
            app.processEvents()

    def _app(self, office: DemoOffice) -> QApplication:
        from app.main import application

        return application(office.office.data)

    def _shell(self, office: DemoOffice, login: str) -> tuple[Runner, Shell]:
        from app.services.office.settings import Settings
        from app.services.security.accounts import Accounts
        from app.ui.opening import desk_of
        from app.ui.runner import Runner
        from app.ui.shell import Shell

        actor = office.office.actor_of(login)
        runner = Runner(office.office, actor)
        settings, accounts = office.ask(Settings()), office.ask(Accounts())
        shell = Shell(desk_of(runner, settings, accounts, office.office.data, office.clock))
        shell.resize(WIDTH, HEIGHT)
        shell.show()
        return runner, shell

    def _wait(self, app: QApplication, runner: Any) -> None:
        self._wait_until(app, lambda: not runner.is_busy)

    def _wait_until(self, app: QApplication, is_done: Callable[[], bool]) -> None:
        """Until nothing is under way and the window has painted itself."""
        began = quiet_since = perf_counter()
        while perf_counter() - quiet_since < SETTLE_SECONDS and perf_counter() - began < LONGEST_WAIT:
            app.processEvents()
            if not is_done():
                quiet_since = perf_counter()

    def _save(self, window: QWidget, name: str) -> None:
        window.grab().save(str(self._folder / f"{name}.png"))
        self.names.append(f"{name}.png")
