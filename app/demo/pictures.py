"""Takes a picture of every window of the demonstration, 1366×768, without a screen."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from app.clock import local
from app.demo import first_start
from app.demo.offices import PASSWORD, DemoOffice
from app.demo.sample.names import Names
from app.kernel.handlers import load_services
from app.kernel.permissions import KIOSK
from app.paths import DataDir
from app.services.office.office import open_office
from app.values import Month, Sex

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.services.kiosk.check_up import CheckUp
    from app.ui.kiosk.window import KioskWindow
    from app.ui.runner import Runner
    from app.ui.shell import Shell
    from app.ui.start.window import StartWindow

WIDTH, HEIGHT = 1366, 768
MONTHLY = ("attendance", "spotchecks")
AT_WORK = ("today", "roster", "consultations")
"""Pages of the county that say most in the middle of a duty; the others after the month's end."""
OF_CASES = ("cases", "case_money", "quality")
"""Pages that are empty until the stories of the cases are told."""

QUIET_PASSES, PASS_SECONDS = 15, 0.01
LONGEST_WAIT = 20.0
NO_SCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says of every window that it opens without a screen."""


class Camera:
    """Opens an office's windows off screen, waits until they are filled, and saves them."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        load_services()
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.names: list[str] = []

    def take_pages(
        self, office: DemoOffice, prefix: str, keys: Collection[str] = (), month: Month | None = None
    ) -> None:
        """The pages of these keys, else every page not yet taken but those of cases; month: what monthly pages show."""
        with quiet():
            app, (runner, shell) = self.app(office), self.shell(office)
            for page in shell.pages:
                name = f"{prefix}-{page.key}"
                is_wanted = page.key in keys if keys else page.key not in OF_CASES
                if f"{name}.png" in self.names or not is_wanted:
                    continue
                shell.go(page.key, **({"month": month} if month and page.key in MONTHLY else {}))
                self.wait(app, runner)
                self.save(shell, name)
                if page.key == "consultations":
                    self._new_consultation(app, runner, shell, prefix)
            shell.close()
            app.processEvents()

    def _new_consultation(self, app: QApplication, runner: Runner, shell: Shell, prefix: str) -> None:
        """The new consultation, as the clerk has it before her most of the day."""
        view = shell.view()
        if view is not None:
            view.new_item()
            self.wait(app, runner)
            self.save(shell, f"{prefix}-consultation-new")

    def take_aftermath(self, office: DemoOffice, prefix: str, month: Month, site: str) -> None:
        """What waits after the report of the month before, of this site; what people owe in the month after."""
        with quiet():
            app, (runner, shell) = self.app(office), self.shell(office)
            shell.go("review", month=str(month.previous()))
            self.wait(app, runner)
            view: Any = shell.view()
            first_start.select_row(view.matrix, site)
            self.wait(app, runner)
            self.save(shell, f"{prefix}-review-late")
            shell.go("pay", month=str(month.next()))
            self.wait(app, runner)
            self.save(shell, f"{prefix}-pay-owed")
            shell.close()
            app.processEvents()

    def take_kiosk(self, office: DemoOffice, prefix: str) -> None:
        """The kiosk as it stands at the office's moment, its PIN pad, the check-up before the sign-out, a pay."""
        from app.ui.kiosk.leaving import Staff
        from app.ui.kiosk.window import KioskWindow
        from app.ui.runner import Runner

        with quiet():
            app = self.app(office)
            runner = Runner(office.office, KIOSK)
            window = KioskWindow(runner, Staff(list, office.office.login), office.clock)
            window.resize(WIDTH, HEIGHT)
            window.show()
            self.wait(app, runner)
            self.save(window, f"{prefix}-kiosk")
            self._turn(app, window, office)
            window.end()
            runner.close()
            app.processEvents()

    def _turn(self, app: QApplication, window: KioskWindow, office: DemoOffice) -> None:
        """Somebody signed in begins to sign out; nothing is recorded, for no PIN is entered."""
        tiles = window.board.tiles if window.board else ()
        signed_in = next((n for n, one in enumerate(tiles) if one.is_in), None)
        if signed_in is None:
            return
        stage = window.stage
        stage.people.tiles[signed_in].click()
        stage.acts.sign_out.click()
        self.wait(app, window.runner)
        self.save(window, "kiosk-pin")
        stage.whole(stage.records)
        stage.records.show_check_up(_check_up_of(office, tiles[signed_in].person_id))
        self.wait(app, window.runner)
        self.save(window, "kiosk-checkup")
        self._pay(app, window, office)

    def _pay(self, app: QApplication, window: KioskWindow, office: DemoOffice) -> None:
        """The month, as far as it went, of whoever has the most to be explained."""
        from app.services.money.month_pay import ComputeSettlement
        from app.services.money.statement import MyPay

        month, pay = Month.of(local(office.clock.now().at).date()), window.stage.pay
        people = office.ask(ComputeSettlement(str(month))).people
        one = max(
            people,
            key=lambda one: (sum(len(line.deductions) for line in one.lines), one.net_fen),
            default=None,
        )
        if one is None:
            return
        pay.start(one.name, month)
        pay.show_pay(office.office.ask(MyPay(str(month), one.person_id), KIOSK))
        window.stage.whole(pay)
        self.wait(app, window.runner)
        self.save(window, "kiosk-pay")

    def take_start(self, office: DemoOffice, empty: Path) -> None:
        """The login of an office, and the first start in an empty directory up to the recovery code."""
        from app.services.office.settings import Settings
        from app.ui.look import look_of, remember
        from app.ui.opening import setting_values

        with quiet():
            app, data = self.app(office), office.office.data
            settings = setting_values(office.ask(Settings()))
            remember(data, look_of(settings, office.office.identity.name, office.actor.name))
            window = self._start(office, data.root)
            self._wait_until(app, lambda: True)
            self.save(window, "login")
            window.close()
            self._first_start(app, self._start(office, empty), office)
            shutil.rmtree(empty, ignore_errors=True)

    def _first_start(self, app: QApplication, window: StartWindow, like: DemoOffice) -> None:
        from app.ui.start.choose import BUREAU

        runner = window.start.runner
        window.opened.connect(lambda office, _actor: office.close())
        self.wait(app, runner)
        self.save(window, "wizard")
        window.begin(BUREAU)
        view: Any = window.view
        for number, fill in enumerate(first_start.STEPS, 2):
            self.wait(app, runner)
            fill(view, like)
            self.wait(app, runner)
            self.save(window, f"wizard-{number}")
            view.wizard.go_on()
        self.wait(app, runner)
        view.wizard.go_on()
        window.close()
        app.processEvents()

    def _start(self, office: DemoOffice, root: Path) -> StartWindow:
        from app.ui.look import remembered
        from app.ui.start.context import Start
        from app.ui.start.window import StartWindow

        data = DataDir(root)
        window = StartWindow(Start(data, office.clock), remembered(data))
        window.resize(WIDTH, HEIGHT)
        window.show()
        return window

    def app(self, office: DemoOffice) -> QApplication:
        """Qt's application over an office's data."""
        from app.ui.application import application

        return application(office.office.data)

    def shell(self, office: DemoOffice) -> tuple[Runner, Shell]:
        """The administrator's window of an office, shown, and what runs its work."""
        from app.services.office.settings import Settings
        from app.services.security.accounts import Accounts
        from app.ui.opening import desk_of
        from app.ui.runner import Runner
        from app.ui.shell import Shell
        from app.ui.status_line import StatusLine

        actor = office.office.actor_of("admin")
        runner = Runner(office.office, actor)
        settings, accounts = office.ask(Settings()), office.ask(Accounts())
        shell = Shell(desk_of(runner, settings, accounts, office.office.data, office.clock))
        shell.resize(WIDTH, HEIGHT)
        shell.show()
        StatusLine(shell).refresh()
        return runner, shell

    def wait(self, app: QApplication, runner: Any) -> None:
        """Until the window is filled and painted."""
        self._wait_until(app, lambda: not runner.is_busy)

    def _wait_until(self, app: QApplication, is_done: Callable[[], bool]) -> None:
        """Until nothing is under way and the window has painted itself: so many passes in a row with nothing to do."""
        began, quiet = perf_counter(), 0
        while quiet < QUIET_PASSES and perf_counter() - began < LONGEST_WAIT:
            pass_began = perf_counter()
            app.processEvents()
            is_quiet = is_done() and perf_counter() - pass_began < PASS_SECONDS
            quiet = quiet + 1 if is_quiet else 0
            sleep(PASS_SECONDS)

    def save(self, window: QWidget, name: str) -> None:
        """Keep a picture of a window as it stands."""
        window.grab().save(str(self._folder / f"{name}.png"))
        self.names.append(f"{name}.png")


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out the one sentence that Qt says of windows without a screen; everything else is said as before."""
    from PySide6.QtCore import qInstallMessageHandler

    def say(kind: Any, context: Any, text: str) -> None:
        if text == NO_SCREEN:
            return
        if before is not None:
            before(kind, context, text)
        else:
            sys.stderr.write(f"{text}\n")

    before: Any = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _check_up_of(office: DemoOffice, person_id: str) -> CheckUp:
    """What the check-up says after a visit of which hardly anything was written down.

    It is written down in a copy of the office, which is thrown away: the demonstration's own month stays as it is.
    """
    from app.services.consultations.record_consultation import RecordConsultation
    from app.services.kiosk.check_up import SignOutCheckUp

    data, site = office.office.data, office.office.identity.own_site
    with TemporaryDirectory() as folder:
        copy = DataDir(Path(folder) / "office")
        shutil.copytree(data.root, copy.root)
        opened, actor = open_office(copy, office.actor.name, PASSWORD, office.clock)
        name, topics = Names(Random(1)).full_name(Sex.female), opened.pack.topics[:1]
        opened.do(RecordConsultation(client_name=name, topics=topics, site=site, person_id=person_id), actor)
        found: CheckUp = opened.ask(SignOutCheckUp(person_id), KIOSK)
        opened.close()
    return found
