"""Holds the pages of a window: each is begun at its first visit and seen once it is whole, in a frame that scrolls."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.page import Page, PageView
from app.ui.theme import px
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.text import label


class ComingPage(QWidget):
    """Stands in a page's place while it is built: its title, and that it is being read."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(24), px(16), px(24), px(16))
        stack.addWidget(label(title, "title"))
        stack.addWidget(PendingPart(), 1)


class PageStack(QStackedWidget):
    """The pages that were visited, by key, each in its frame."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.views: dict[str, PageView] = {}
        self.frames: dict[str, QScrollArea] = {}

    def visit(self, page: Page) -> PageView:
        """The page; at its first visit it is begun, and its title stands in its place until it is whole."""
        if page.key not in self.views:
            self._begin(page)
        return self.views[page.key]

    def turn_to(self, key: str) -> None:
        """Show a page that was visited."""
        self.setCurrentWidget(self.frames[key])

    def stop(self) -> None:
        """The window closes: nothing is built any further."""
        for view in self.views.values():
            view.building.stop()

    def _begin(self, page: Page) -> None:
        made, frame = page.factory(self._desk), QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setParent(frame.viewport())
        made.hide()
        self.views[page.key], self.frames[page.key] = made, frame
        self.addWidget(frame)
        made.building.start()
        if not made.building.is_done:
            frame.setWidget(ComingPage(page.title_at(self._desk.level)))
        made.building.when_done(partial(frame.setWidget, made))
