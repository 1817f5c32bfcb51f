"""The window before anybody is logged in: the first start in an empty directory, else the login."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.look import Appearance
from app.ui.start.context import Start
from app.ui.theme import px


class StartWindow(QMainWindow):
    """opened(office, actor): somebody is in; the window is closed by whoever takes them.

    title, words: of the login, where it unlocks something else than the office's own window. file: what somebody opened
    from the desktop; a backup or an invitation says how to begin where there is no office.
    """

    opened = Signal(object, object)

    def __init__(
        self,
        start: Start,
        look: Appearance,
        *,
        title: str = "登录",
        words: str = "登录",
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self.start, self._look, self._file = start, look, file
        self._title, self._words = title, words
        self.setWindowTitle("惠民法律服务台")
        self.resize(min(1366, px(1100)), min(768, px(720)))
        self.view: QWidget = QWidget()
        QShortcut(QKeySequence("F1"), self).activated.connect(self.open_help)
        if start.has_office:
            self.show_login()
        else:
            self.show_choice()
            self._begin_with_file()

    def open_help(self) -> None:
        """How to begin, and what to do about a forgotten password."""
        from app.ui.help.window import open_help

        open_help(self, "start")

    def show_login(self, note: str = "") -> None:
        """Ask who it is."""
        from app.ui.start.login import LoginView

        view = LoginView(
            self.start, title=self._title, words=self._words, site=self._look.site, last=self._look.account
        )
        view.opened.connect(self.opened)
        view.forgot.connect(self.show_recovery)
        if note:
            view.banner.show_text(note, "done")
        self._show(view)

    def show_recovery(self) -> None:
        """Ask for the recovery code."""
        from app.ui.start.recover import RecoverView

        view = RecoverView(self.start)
        view.opened.connect(self.opened)
        view.left.connect(self.show_login)
        self._show(view)

    def _begin_with_file(self) -> None:
        from app.ui.start.choose import JOIN, RESTORE

        way = {".hme": JOIN, ".hmbak": RESTORE}.get(self._file.suffix.lower()) if self._file else None
        if way is not None:
            self.begin(way)
            self.view.take_file(self._file)  # type: ignore[attr-defined]

    def show_choice(self) -> None:
        """Ask how to begin."""
        from app.ui.start.choose import ChooseView

        view = ChooseView()
        view.chosen.connect(self.begin)
        self._show(view)

    def begin(self, way: str) -> None:
        """One of the ways of app.ui.start.choose."""
        from app.ui.start.choose import BUREAU, JOIN

        ways: dict[str, Callable[[], Any]] = {BUREAU: self._new_bureau, JOIN: self._join}
        view = ways.get(way, self._restore)()
        view.left.connect(self.show_choice)
        self._show(view)

    def _new_bureau(self) -> QWidget:
        from app.ui.start.new_bureau import NewBureauView

        view = NewBureauView(self.start)
        view.opened.connect(self.opened)
        return view

    def _join(self) -> QWidget:
        from app.ui.start.join import JoinView

        view = JoinView(self.start)
        view.opened.connect(self.opened)
        return view

    def _restore(self) -> QWidget:
        from app.ui.start.restore import RestoreView

        view = RestoreView(self.start)
        view.restored.connect(lambda name: self.show_login(f"已恢复“{name}”，请登录。"))
        return view

    def _show(self, view: QWidget) -> None:
        self.view = view
        self.setCentralWidget(view)
        QTimer.singleShot(0, view, view.focus_first)  # type: ignore[attr-defined]

    def closeEvent(self, event: QCloseEvent) -> None:
        self.start.runner.close()
        event.accept()
