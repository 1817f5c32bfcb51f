"""Wires the windows: the only place that puts an application, an open office, its runner and its shell together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.clock import Clock, SystemClock
from app.errors import Refused
from app.paths import DataDir
from app.ui.application import application

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.kernel.permissions import Actor
    from app.services.office.office import Office
    from app.ui.kiosk.window import KioskWindow
    from app.ui.runner import Runner
    from app.ui.shell import Shell

WAIT_SECONDS = 60
QUIET_MS = 2000


def open_office_window(data: DataDir, file: Path | None = None) -> int:
    """Open the office: the first start, else the login; file: what was opened from the desktop. The exit code."""
    app = application(data)
    windows = OfficeWindows(data, SystemClock(), file)
    windows.show_start()
    code = int(app.exec())
    windows.close()
    return code


def open_kiosk_window(data: DataDir) -> int:
    """Open the kiosk, unattended if the settings allow it, else after a staff password; rights are the kiosk's own.

    Raises Refused E911 when the data directory holds no office.
    """
    from app.services.office.office import need_office

    need_office(data)
    app = application(data)
    windows = KioskWindows(data, SystemClock())
    windows.begin()
    code = int(app.exec())
    windows.close()
    return code


@dataclass(frozen=True)
class WindowCheck:
    """Which window opened, and the seconds from the call until it could be used."""

    window: str
    seconds: float


def check_windows(data: DataDir) -> WindowCheck:
    """Open the first window, wait until it can be used, close it. Raises Refused E963 when it does not come."""
    began = perf_counter()
    app = application(data)
    windows = OfficeWindows(data, SystemClock())
    windows.show_start()
    while not windows.is_usable():
        app.processEvents()
        if perf_counter() - began > WAIT_SECONDS:
            raise Refused("E963", "窗口没有打开，请检查显卡驱动和系统图形库，再运行一次。")
    seconds = perf_counter() - began
    name = windows.window_name()
    windows.close()
    return WindowCheck(name, round(seconds, 2))


class OfficeWindows:
    """The windows of one data directory, one after the other: start, shell, start again after logging off."""

    def __init__(self, data: DataDir, clock: Clock, file: Path | None = None):
        self._data, self._clock, self._file = data, clock, file
        self.window: QWidget | None = None
        self._office: Office | None = None

    def show_start(self) -> None:
        """The first start or the login."""
        from app.ui.classes import meet_classes
        from app.ui.look import remembered
        from app.ui.start.context import Start
        from app.ui.start.window import StartWindow

        start = Start(self._data, self._clock)
        window = StartWindow(start, remembered(self._data), file=self._file)
        window.opened.connect(self.show_shell)
        self._replace(window)
        start.work(_load_ahead, lambda _none: meet_classes(window), lambda _said: None, window)

    def show_shell(self, office: Office, actor: Actor) -> None:
        """The office's own window; its settings are read first, away from the GUI thread."""
        from app.services.office.settings import Settings
        from app.services.security.accounts import Accounts
        from app.ui.runner import Runner

        self._office = office
        runner = Runner(office, actor)

        def with_settings(settings: Any) -> None:
            runner.ask(Accounts(), lambda accounts: self._show_shell(runner, settings, accounts))

        runner.ask(Settings(), with_settings)

    def _show_shell(self, runner: Any, settings: Any, accounts: Any) -> None:
        from PySide6.QtCore import Qt, QTimer

        from app.ui.opening import desk_of, keep_settings
        from app.ui.shell import Shell

        desk = desk_of(runner, settings, accounts, self._data, self._clock)
        keep_settings(desk, self._data)
        shell = Shell(
            desk,
            unlock=_unlocker(desk),
            idle_minutes=int(desk.settings["idle_lock_minutes"]),
            open_help=lambda key: import_module("app.ui.help.window").open_help(shell, key),
        )
        shell.setWindowState(Qt.WindowState.WindowMaximized)
        shell.left.connect(self._log_off)
        self._watch_settings(shell)
        QTimer.singleShot(0, shell, lambda: self._enter(shell))

    def _enter(self, shell: Shell) -> None:
        """Show the shell with its first page, in a turn of its own; its edges are asked for once the page is whole."""
        from PySide6.QtCore import QTimer

        from app.pinyin import load_beside
        from app.ui.opened_file import show_first
        from app.ui.status_line import StatusLine

        show_first(shell, self._file)
        self._file = None
        if (view := shell.view()) is not None:
            view.building.when_done(lambda: StatusLine(shell))
        self._replace(shell)
        QTimer.singleShot(QUIET_MS, shell, load_beside)

    def _watch_settings(self, shell: Shell) -> None:
        """A changed setting takes effect at once: scale, colours, idle lock."""
        from app.services.office.settings import Settings
        from app.ui.freshness import Freshness
        from app.ui.opening import keep_settings, setting_values

        def take(found: Any) -> None:
            shell.desk.settings.update(setting_values(found))
            shell.idle.set_minutes(int(shell.desk.settings["idle_lock_minutes"]))
            keep_settings(shell.desk, self._data)

        runner = shell.desk.runner
        fresh = Freshness(shell, runner, lambda: runner.ask(Settings(), take, owner=shell))
        fresh.show()

    def _log_off(self) -> None:
        office, self._office = self._office, None
        self.show_start()
        if office is not None:
            office.close()

    def _replace(self, window: QWidget) -> None:
        """Show the next window before the last one goes, so that the program does not end in between."""
        old, self.window = self.window, window
        window.show()
        window.activateWindow()
        if old is not None:
            old.close()
            old.deleteLater()

    def is_usable(self) -> bool:
        """Whether the window is on the screen and takes keys."""
        window = self.window
        return window is not None and window.isVisible() and window.focusWidget() is not None

    def window_name(self) -> str:
        """wizard, login or office."""
        from app.ui.start.window import StartWindow

        if isinstance(self.window, StartWindow):
            return "login" if self.window.start.has_office else "wizard"
        return "office"

    def close(self) -> None:
        """Close what is open."""
        if self.window is not None:
            self.window.close()
        if self._office is not None:
            self._office.close()
            self._office = None


class KioskWindows:
    """The kiosk's window, after its own key or a staff password opened the office."""

    def __init__(self, data: DataDir, clock: Clock):
        self._data, self._clock = data, clock
        self.window: QWidget | None = None
        self._office: Office | None = None
        self._runner: Runner | None = None
        self._kiosk: KioskWindow | None = None

    def begin(self) -> None:
        """Open unattended if that is allowed, else ask a member of staff."""
        from app.services.office.office import open_kiosk
        from app.ui.start.context import Start

        start = Start(self._data, self._clock)
        start.work(
            lambda: open_kiosk(self._data, self._clock),
            lambda found: self._opened(*found),
            lambda _said: self.ask_password(),
            start.runner,
        )

    def ask_password(self) -> None:
        """A staff password unlocks; what runs then has the kiosk's rights only."""
        from app.ui.look import remembered
        from app.ui.start.context import Start
        from app.ui.start.window import StartWindow

        window = StartWindow(
            Start(self._data, self._clock), remembered(self._data), title="打开签到台", words="打开签到台"
        )
        window.opened.connect(self._opened)
        self.window = window
        window.show()

    def _opened(self, office: Office, _actor: Actor) -> None:
        from app.kernel.permissions import KIOSK
        from app.kernel.slots import KeySlots
        from app.ui.errors import Diagnostics
        from app.ui.kiosk.leaving import Staff
        from app.ui.kiosk.window import KioskWindow
        from app.ui.runner import Runner

        self._office = office
        old, self._runner = self.window, Runner(office, KIOSK)
        staff = Staff(lambda: KeySlots(self._data.keys).names(), office.login)
        diagnostics = Diagnostics(self._data.root / "diagnostics")
        self.window = self._kiosk = KioskWindow(self._runner, staff, self._clock, diagnostics)
        self.window.showFullScreen()
        if old is not None:
            old.close()

    def close(self) -> None:
        """Close what is open."""
        if self._kiosk is not None:
            self._kiosk.end()
        elif self.window is not None:
            self.window.close()
        if self._runner is not None:
            self._runner.close()
        if self._office is not None:
            self._office.close()


def _load_ahead() -> None:
    """Load what comes after the login while somebody types the password; a fault there is told when it is used."""
    from app.collector import collector_waiting, spare_what_is_loaded
    from app.registry import pages_below

    with collector_waiting():
        for name in ("app.services.office.office", "app.services.office.settings", "app.ui.shell"):
            import_module(name)
        pages_below("app.ui")
        import_module("app.kernel.handlers").load_services()
        import_module("sqlalchemy.orm").configure_mappers()
        packs = import_module("app.kernel.packs")
        with suppress(Refused):
            for key in packs.pack_keys():
                packs.load_pack(key)
        spare_what_is_loaded()


def _unlocker(desk: Any) -> Callable[[str, Callable[[str], None]], None]:
    """Checks the password of whoever is logged in, away from the GUI thread."""
    runner = desk.runner

    def unlock(typed: str, tell: Callable[[str], None]) -> None:
        runner.work(
            lambda _progress: runner.office.login(runner.actor.name, typed),
            lambda _actor: tell(""),
            lambda error: tell(str(desk.say(error))),
        )

    return unlock
