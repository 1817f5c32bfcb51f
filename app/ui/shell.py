"""The main window: bars, navigation, pages made when first shown, global keys, lock, palette, progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QMainWindow, QWidget

from app.registry import pages_below
from app.ui import theme
from app.ui.bars import StatusBar, TopBar
from app.ui.desk import Desk, Hit
from app.ui.lock import IdleWatch, LockVeil, Unlock
from app.ui.nav import Nav
from app.ui.page import Action, Page, PageView
from app.ui.page_stack import PageStack
from app.ui.palette import Palette, PaletteEntry
from app.ui.progress import ProgressWatch
from app.ui.widgets.button import Button
from app.ui.widgets.form import Form
from app.ui.widgets.toast import Toast

WEEKDAYS = "一二三四五六日"


def pages_for(desk: Desk, pages: Sequence[Page] | None = None) -> list[Page]:
    """The pages this person may see at this office, in order; all that the topics offer by default."""
    every = pages if pages is not None else [module.PAGE for module in pages_below("app.ui")]
    seen = [p for p in every if desk.level in p.levels and (p.permission is None or desk.may(p.permission))]
    return sorted(seen, key=lambda page: (page.group, page.order, page.key))


class Shell(QMainWindow):
    """The office window. unlock(password, tell): checks and calls tell("") or tell(sentence).

    shown(key): another page is shown. left: the person asked to log off from the lock.
    """

    shown = Signal(str)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        pages: Sequence[Page] | None = None,
        unlock: Unlock | None = None,
        idle_minutes: int = 0,
        open_help: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        desk.shell = self
        self.pages = pages_for(desk, pages)
        self.key = ""
        self._past: list[str] = []
        self._badges: dict[str, int] = {}
        self._unlock: Unlock = unlock or (lambda _typed, tell: tell(""))
        self._open_help = open_help
        self._day_note = ""
        self.setWindowTitle("惠民法律服务台")
        self.resize(QSize(1366, 768).boundedTo(self.screen().availableSize()))
        self._build()
        self._bind()
        self.idle = IdleWatch(idle_minutes, self)
        self.idle.idle.connect(self.lock)
        self.progress = ProgressWatch(desk.runner, self)
        desk.runner.saved.connect(self._show_saved)
        desk.runner.unsaved.connect(self._show_unsaved)
        desk.runner.unheard.connect(lambda error: self.toast(str(desk.say(error)), "fault"))
        theme.changes().changed.connect(self.rebuild)
        self._clock = QTimer(self, interval=30_000)
        self._clock.timeout.connect(self._show_day)
        self._clock.start()

    # what pages and the program's start use

    def go(self, key: str, **wanted: Any) -> None:
        """Show a page; `wanted` is handed to its open_with()."""
        page = next((one for one in self.pages if one.key == key), None)
        if page is None:
            self.toast("这个页面不在您的权限内", "due")
            return
        if self.key and self.key != key:
            self._past.append(self.key)
        view = self._stack.visit(page)
        if wanted:
            view.building.when_done(partial(view.open_with, **wanted))
        self.key = key
        self._stack.turn_to(key)
        self.nav.show_current(key)
        view.building.when_done(partial(self._arrive, view))
        self.shown.emit(key)

    def view(self) -> PageView | None:
        """The page shown, which may still be building."""
        return self._stack.views.get(self.key)

    def toast(self, text: str, state: str = "done") -> None:
        """A brief message at the lower edge."""
        self._toast.show_text(text, state)

    def set_badges(self, counts: Mapping[str, int]) -> None:
        """Page key → number of things that wait there."""
        self._badges = dict(counts)
        self.nav.set_badges(counts)

    def set_day_note(self, text: str) -> None:
        """What stands behind the date in the top bar, such as who is on duty."""
        self._day_note = text
        self._show_day()

    def open_palette(self) -> None:
        """The search of everything."""
        if not self.is_locked():
            self.palette_box.open()

    def open_help(self, key: str = "") -> None:
        """The help for a chapter, by default that of the page shown."""
        view = self.view()
        if self._open_help is not None:
            self._open_help(key or (view.help_key if view is not None else "") or self.key)

    def lock(self) -> None:
        """Cover the window until the password is given."""
        if not self.is_locked():
            self.palette_box.hide()
            self.veil.cover()

    def is_locked(self) -> bool:
        """Whether the window is covered."""
        return not self.veil.isHidden()

    def rebuild(self) -> None:
        """Make everything anew, after a change of scale or colours; typed drafts are kept by their forms."""
        key, status, is_locked = self.key, self.status, self.is_locked()
        self._keep_drafts()
        old = self.takeCentralWidget()
        self._build()
        self.status.take(status)
        old.deleteLater()
        self.nav.set_badges(self._badges)
        self.key = ""
        if key:
            self.go(key)
        if is_locked:
            self.lock()

    # building

    def _build(self) -> None:
        desk = self.desk
        whole = QWidget()
        whole.setProperty("role", "ground")
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        self.top, self.status = TopBar(desk.place), StatusBar()
        self.nav = Nav([page for page in self.pages if page.is_listed], desk.level)
        self._stack = PageStack(desk)
        grid.addWidget(self.top, 0, 0, 1, 2)
        grid.addWidget(self.nav, 1, 0)
        grid.addWidget(self._stack, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        self.setCentralWidget(whole)
        self._toast = Toast(whole)
        self.palette_box = Palette(whole, self._entries, desk.search, self._open_hit)
        self.veil = LockVeil(whole, desk.place, self._unlock)
        self.veil.left.connect(self.left)
        self.nav.picked.connect(self.go)
        self.top.searched.connect(self.open_palette)
        self._show_day()

    def _arrive(self, view: PageView) -> None:
        """Fill the page and give it the focus, unless the person has gone on while it was built."""
        if view is self.view():
            view.fresh.show()
            QTimer.singleShot(0, view, view.focus_first)

    def _show_saved(self) -> None:
        self.status.show_saved(f"已保存 {self.desk.now():%H:%M}")

    def _show_unsaved(self) -> None:
        """No word of an earlier success stands beside a refusal."""
        self._toast.hide()
        self.status.show_saved(f"没有办成 {self.desk.now():%H:%M}", "fault")

    def _show_day(self) -> None:
        now = self.desk.now()
        day = f"{now.year}年{now.month}月{now.day}日 星期{WEEKDAYS[now.weekday()]}"
        self.top.day.set_text(f"{day} · {self._day_note}" if self._day_note else day)

    # keys

    def _bind(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.open_palette,
            "F3": self._search,
            "F9": self.lock,
            "F1": self.open_help,
            "Ctrl+N": lambda: self._hand_on("Ctrl N", "new_item"),
            "Ctrl+P": lambda: self._hand_on("Ctrl P", "print_item"),
            "Ctrl+Return": lambda: self._hand_on("Ctrl Return", "save_item"),
            "Ctrl+Enter": lambda: self._hand_on("Ctrl Return", "save_item"),
            "Esc": self._back,
        }
        for number in range(1, 10):
            keys[f"Alt+{number}"] = partial(self._go_to, number)
        for sequence, run in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda run=run: self._key(run))

    def _key(self, run: Callable[[], object]) -> None:
        if not self.is_locked() and not self.palette_box.isVisible():
            run()

    def _go_to(self, number: int) -> None:
        listed = [page for page in self.pages if page.is_listed]
        if number <= len(listed):
            self.go(listed[number - 1].key)

    def _hand_on(self, keys: str, hook: str) -> None:
        """Press the page's visible button with these keys, else call the page's hook."""
        view = self.view()
        if view is not None:
            view.building.when_done(partial(self._press, view, keys, hook))

    def _press(self, view: PageView, keys: str, hook: str) -> None:
        if view is not self.view():
            return
        for button in view.findChildren(Button):
            if button.keys == keys and button.isVisible() and button.isEnabled():
                button.setFocus()
                button.click()
                return
        getattr(view, hook)()

    def _search(self) -> None:
        view = self.view()
        if view is not None:
            view.building.when_done(view.search)

    def _back(self) -> None:
        view = self.view()
        if view is None or (view.building.is_done and view.go_back()):
            return
        if self._past:
            self.go(self._past.pop())
            self._past = self._past[:-1]

    # the palette

    def _entries(self) -> list[PaletteEntry]:
        view = self.view()
        steps = [PaletteEntry(a.title, "命令", a.run, a.hint, a.keys) for a in _steps_of(view)]
        listed = [page for page in self.pages if page.is_listed]
        places = [
            PaletteEntry(
                page.title_at(self.desk.level),
                "页面",
                partial(self.go, page.key),
                keys=f"Alt {number}" if number <= 9 else "",
            )
            for number, page in enumerate(listed, 1)
        ]
        own = [
            PaletteEntry("锁定", "命令", self.lock, keys="F9"),
            PaletteEntry("这一页的帮助", "命令", self.open_help, keys="F1"),
        ]
        return steps + places + own

    def _open_hit(self, hit: Hit) -> None:
        self.go(hit.page, **hit.wanted)

    def _keep_drafts(self) -> None:
        for form in self.findChildren(Form):
            form.keep_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_drafts()
        self._stack.stop()
        theme.changes().changed.disconnect(self.rebuild)
        self.desk.runner.close()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False


def _steps_of(view: PageView | None) -> Sequence[Action]:
    return view.steps() if view is not None and view.building.is_done else ()
