"""The kiosk: two taps and a PIN to sign in, 签退 by its own button after the check-up, the keyboard alone enough."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.clock import Clock, SystemClock, local
from app.kernel.permissions import KIOSK
from app.services.kiosk.badge import FindBadge
from app.services.kiosk.board import Board, KioskBoard
from app.services.kiosk.people import FindKioskPeople, KioskPerson
from app.ui.by_itself import DailyBackup
from app.ui.errors import Diagnostics, say
from app.ui.freshness import Freshness
from app.ui.kiosk.asking import NO_DUTY, Asking, Failed, Then
from app.ui.kiosk.badge_reader import BadgeReader
from app.ui.kiosk.leaving import LeaveWays, Leaving, Staff
from app.ui.kiosk.looking import Looking
from app.ui.kiosk.people_list import tile
from app.ui.kiosk.signing import Signing
from app.ui.kiosk.stage import KioskSteps, Stage
from app.ui.kiosk.telling import Telling, Ways
from app.ui.kiosk.tiles import found_tile, hours_words, person_tile, visit_of
from app.ui.kiosk.visit import BOARD_MS, LOOK, PATIENCE_MS, PAY, SIGN_IN, SIGN_OUT, WORDS, Visit
from app.ui.runner import Runner
from app.values import Month


class KioskWindow(QMainWindow):
    """Runs as the kiosk's own actor, whoever unlocked the office; only a password of the staff closes it."""

    def __init__(
        self,
        runner: Runner,
        staff: Staff,
        clock: Clock | None = None,
        diagnostics: Diagnostics | None = None,
    ) -> None:
        super().__init__()
        self.runner, self.clock, self.diagnostics = runner, clock or SystemClock(), diagnostics
        self.visit: Visit | None = None
        self.board: Board | None = None
        self.is_searching, self.wants_first, self.wants_pay = False, True, False
        self.may_close = False
        self.setWindowTitle("签到台")
        self.stage = Stage(
            KioskSteps(
                self.go_home,
                lambda: self.telling.rating(),
                partial(self._ask_pin, SIGN_OUT),
                partial(self._ask_pin, LOOK),
                self._my_pay,
                lambda: self.signing.check_records(),
                lambda: self.signing.sign_out(),
                self._find,
                self._reasoned,
                self._entered,
                lambda: self.leaving.ask(),
            )
        )
        asking = Asking(
            lambda: self.visit,
            lambda: Month.of(self._now().date()),
            self._do,
            self._ask,
            self._failed,
            self._wait,
        )
        self.looking = Looking(self.stage, asking)
        self.signing = Signing(
            self.stage, asking, self.clock, lambda: self.board.panel_seconds if self.board else 5
        )
        self.telling = Telling(self.stage, asking, Ways(self._forget, self.signing.say_done, self._words))
        ways = LeaveWays(lambda: self.stage.whole(self.stage.leave), self._wait, self._words, self.end)
        self.leaving = Leaving(self.stage.leave, staff, runner, ways)
        self._end_with_session()
        self.setCentralWidget(self.stage)
        self._timers()
        self.reader = BadgeReader(self, self.stage.leave.password.hasFocus)
        self.reader.read.connect(self._badge)
        self.fresh = Freshness(self, runner, self.refresh)
        # Nobody at the kiosk can mend a backup: what fails waits on the office's page of today.
        DailyBackup(self, runner)

    def _timers(self) -> None:
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._again = QTimer(self, interval=BOARD_MS)
        self._again.timeout.connect(self.refresh)
        self._again.start()
        self._home_timer = QTimer(self, singleShot=True)
        self._home_timer.timeout.connect(self.go_home)
        self._show_time()

    # what the window does by itself

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self.reader)
        self.go_home()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.visit = None
        if not self.may_close:
            event.ignore()
            self.leaving.ask()

    def end(self) -> None:
        """Close without asking anybody: a member of staff was asked, or the program itself ends."""
        self.may_close = True
        self.close()

    def session_ends(self) -> None:
        """The Windows session ends: nothing of the kiosk may stand in its way."""
        self.end()

    def _end_with_session(self) -> None:
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self.session_ends)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_home()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Ask for the board."""
        self._ask(KioskBoard(), self._show_board)

    def go_home(self) -> None:
        """Forget who stood here and show today's people."""
        self.visit, self.is_searching, self.wants_first, self.wants_pay = None, False, True, False
        self._home_timer.stop()
        self.stage.pad.clear()
        self.stage.pay.clear()
        self.stage.dispute.clear()
        self.stage.leave.forget()
        self.stage.rating.forget()
        self.stage.invite.ask_name("")
        self.stage.beside(self.stage.invite)
        if self.board is not None:
            self._show_board(self.board)
        self.refresh()

    def _forget(self) -> None:
        self.visit = None

    # the board and the search

    def _show_board(self, board: Board) -> None:
        self.board = board
        self.stage.head.site.setText(board.site_name)
        self.stage.foot.show_office(board.supervision_phone, board.asks_rating)
        if self.is_searching:
            return
        tiles = [person_tile(one, self._choose) for one in board.tiles]
        lead = "今天值班，请点您的姓名，或刷工作牌" if tiles else "今天没有排班。值班人员请点“其他人员”"
        tiles.append(tile("其他人员（临时值班）…", run=self._start_search, is_person=False))
        self.stage.people.show_tiles(lead, tiles)
        self.stage.people.mark(self.visit.name if self.visit else "")
        if self.wants_first:
            self.wants_first = False
            self.stage.people.focus_first()

    def _start_search(self) -> None:
        self.is_searching = True
        self.stage.people.show_tiles("其他人员：在右边点拼音首字母，再点姓名", [])
        self.stage.beside(self.stage.search)
        self.stage.search.start()
        self._wait(PATIENCE_MS)

    def _find(self, words: str) -> None:
        self._wait(PATIENCE_MS)
        self._ask(FindKioskPeople(words), self._found)

    def _found(self, people: tuple[KioskPerson, ...]) -> None:
        if not self.is_searching or self.stage.side.currentWidget() is not self.stage.search:
            return
        lead = "请点您的姓名" if people else "没有找到，请核对首字母，或找工作人员登记"
        self.stage.people.show_tiles(lead, [found_tile(one, self.board, self._choose) for one in people])

    def _badge(self, code: str) -> None:
        wants_pay = self.wants_pay and self.visit is None
        self.go_home()
        self.wants_pay = wants_pay
        self._ask(FindBadge(code), lambda one: self._choose(visit_of(one, self.board)), self._badge_failed)

    def _badge_failed(self, error: Exception) -> None:
        self.go_home()
        self.stage.invite.show_fault(self._words(error))

    # one person's turn

    def _choose(self, visit: Visit) -> None:
        self.visit = visit
        self.stage.invite.show_fault("")
        self.stage.people.mark(visit.name)
        self._wait(PATIENCE_MS)
        if self.wants_pay:
            self._ask_pin(PAY)
        elif visit.is_in:
            self.stage.acts.show_person(visit.name, hours_words(visit.hours))
            self.stage.beside(self.stage.acts)
            self.stage.acts.sign_out.setFocus()
        elif visit.hours:
            self._ask_pin(SIGN_IN)
        else:
            self._ask_reason(NO_DUTY)

    def _ask_pin(self, act: str) -> None:
        if self.visit is None:
            return
        self.visit.act = act
        self.stage.pad.set_words(f"{self.visit.name}，请输入签到密码", WORDS[act])
        self.stage.beside(self.stage.pad)
        self.stage.pad.setFocus()

    def _my_pay(self) -> None:
        """For whoever was chosen, or for the one chosen next."""
        if self.visit is not None:
            self._ask_pin(PAY)
            return
        self.wants_pay = True
        self.stage.invite.ask_name("看补贴：")
        self.stage.people.focus_first()
        self._wait(PATIENCE_MS)

    def _ask_reason(self, title: str) -> None:
        self.stage.reason.start(title)
        self.stage.beside(self.stage.reason)
        self.stage.reason.choices[0].setFocus()

    def _reasoned(self, reason: str) -> None:
        if self.visit is None:
            return
        self.visit.reason = reason
        if self.visit.pin:
            self.signing.sign_in()
        else:
            self._ask_pin(SIGN_IN)

    def _entered(self, pin: str) -> None:
        if self.visit is None:
            return
        self.visit.pin = pin
        {
            SIGN_IN: self.signing.sign_in,
            SIGN_OUT: self.signing.check_first,
            LOOK: self.looking.shift,
            PAY: self.looking.pay,
        }[self.visit.act]()

    # asking and failing

    def _ask(self, query: Any, then: Then, failed: Failed | None = None) -> None:
        self.runner.ask(query, then, failed or self._failed, owner=self, actor=KIOSK)

    def _do(self, command: Any, then: Then, failed: Failed | None = None) -> None:
        self._wait(PATIENCE_MS)
        self.runner.do(command, then, failed or self._failed, actor=KIOSK)

    def _failed(self, error: Exception) -> None:
        code = getattr(error, "code", "")
        if self.visit is None:
            self.stage.beside(self.stage.invite)
            self.stage.invite.show_fault(self._words(error))
        elif code == "E601":
            self._ask_reason(getattr(error, "message", NO_DUTY))
        else:
            self.visit.pin = ""
            self._ask_pin(self.visit.act)
            self.stage.pad.show_fault(self._words(error))

    def _words(self, error: Exception) -> str:
        return str(say(error, self.diagnostics))

    def _now(self) -> datetime:
        return local(self.clock.now().at)

    def _show_time(self) -> None:
        now = self._now()
        self.stage.head.show_time(now)
        if self.board is not None and now.date() != self.board.on:
            self.refresh()

    def _wait(self, milliseconds: int) -> None:
        self._home_timer.start(milliseconds)
