"""The way out of the kiosk: a member of staff's name and password, so that nobody else bares the office behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.ui.kiosk.people_list import PeopleList, tile
from app.ui.kiosk.side_panels import WholePanel, big_button, big_line
from app.ui.kiosk.visit import PATIENCE_MS
from app.ui.runner import Runner


@dataclass(frozen=True)
class Staff:
    """names: who has a password here. check(name, password): blocks; raises Refused E002, E003, E006, E017."""

    names: Callable[[], Sequence[str]]
    check: Callable[[str, str], object]


class LeavePanel(WholePanel):
    """Who one is, and the password. given(name, password)."""

    given = Signal(str, str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.title.setText("退出签到台，须由工作人员输入登录密码")
        self.list = PeopleList()
        self.password = big_line("登录密码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._give)
        self.go = big_button("退出签到台", self._give)
        self.back = big_button("继续使用", leave, is_primary=True)
        self._name = ""
        self._is_busy = False
        line = QHBoxLayout()
        for button in (self.go, self.back):
            line.addWidget(button)
        self.stack.addWidget(self.list, 1)
        self.stack.addWidget(self.password)
        self.stack.addLayout(line)

    def start(self, names: Sequence[str]) -> None:
        """Ask; a single name needs no choosing."""
        self.show_fault("")
        self.set_busy(False)
        tiles = [tile(name, run=partial(self._choose, name), is_person=False) for name in names]
        self.list.show_tiles("请点您的登录名", tiles)
        self._choose(names[0] if len(names) == 1 else "")

    def refuse(self, sentence: str) -> None:
        """Say why one stays, and start the password again."""
        self.set_busy(False)
        self.password.clear()
        self.show_fault(sentence)
        self.password.setFocus()

    def set_busy(self, is_busy: bool) -> None:
        """While a password is being checked no other one is taken; the focus stays, or Enter would press 继续使用."""
        self._is_busy = is_busy
        self.password.setReadOnly(is_busy)

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self.password.clear()

    def _choose(self, name: str) -> None:
        self._name = name
        self.list.mark(name)
        self.password.clear()
        if name:
            self.password.setFocus()
        else:
            self.list.focus_first()

    def _give(self) -> None:
        if self._is_busy:
            return
        if not self._name:
            self.show_fault("请先点您的登录名")
            self.list.focus_first()
        elif not self.password.text():
            self.show_fault("请输入登录密码")
            self.password.setFocus()
        else:
            self.set_busy(True)
            self.given.emit(self._name, self.password.text())


@dataclass(frozen=True)
class LeaveWays:
    """What the window does for it: show the panel, wait, put an error into words, close for good."""

    show: Callable[[], None]
    wait: Callable[[int], None]
    words: Callable[[Exception], str]
    end: Callable[[], None]


class Leaving:
    """Asks for the password and checks it away from the GUI thread; every attempt is on record as a login."""

    def __init__(self, panel: LeavePanel, staff: Staff, runner: Runner, ways: LeaveWays) -> None:
        self._panel, self._staff, self._runner, self._ways = panel, staff, runner, ways
        panel.given.connect(self._check)

    def ask(self) -> None:
        """Somebody wants to close the kiosk."""
        self._ways.show()
        self._panel.start(self._staff.names())
        self._ways.wait(PATIENCE_MS)

    def _check(self, name: str, password: str) -> None:
        self._ways.wait(PATIENCE_MS)
        self._runner.work(
            lambda _progress: self._staff.check(name, password),
            self._passed,
            self._refused,
            owner=self._panel,
        )

    def _passed(self, _actor: Any) -> None:
        self._ways.end()

    def _refused(self, error: Exception) -> None:
        self._panel.refuse(self._ways.words(error))
