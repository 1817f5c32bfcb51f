"""The head of a page: title, one sentence of state, the actions, and the page's banner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme import State, px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PLAIN, PRIMARY, Button
from app.ui.widgets.field import Field
from app.ui.widgets.fields import slim
from app.ui.widgets.text import ElidedLabel, label, set_state

LEAD = 240
"""As much of the sentence, in pixels of the 100 % drawing, is read beside the actions; else they go below it."""


class PageHead(QWidget):
    """Title and lead on the left, actions on the right with the one primary last, filters and banner below."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title: QLabel = label(title, "title")
        self.lead = ElidedLabel("", "lead")
        self.lead.setMinimumHeight(px(32))
        self.banner = Banner()
        self._holder = QWidget()
        self._actions = QHBoxLayout(self._holder)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(px(8))
        words = QHBoxLayout()
        words.setSpacing(px(12))
        words.addWidget(self.title)
        words.addWidget(self.lead, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(px(8))
        self._line.addLayout(words, 1)
        self._line.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignLeft)
        self._filters = QHBoxLayout()
        self._filters.setSpacing(px(8))
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(px(12))
        self._stack.addLayout(self._line)
        self._stack.addWidget(self.banner)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title.setText(title)
        self._make_room()

    def set_lead(self, text: str, state: State | str = "") -> None:
        """The one sentence of state."""
        set_state(self.lead, state=str(state))
        self.lead.set_text(text)
        self._make_room()

    def action(
        self, text: str, run: Callable[[], object], *, kind: str = PLAIN, keys: str = "", icon: str = ""
    ) -> Button:
        """Add an action on the right; put the primary one last."""
        made = Button(text, run, kind=kind, keys=keys, icon=icon)
        self._actions.addWidget(made)
        return made

    def beside(self, item: QWidget) -> None:
        """Put a small field, such as a choice of site, before the actions to come."""
        self._actions.addWidget(item, 0, Qt.AlignmentFlag.AlignVCenter)

    def primary(self, text: str, run: Callable[[], object], *, keys: str = "") -> Button:
        """Add the page's main action; keys such as "Ctrl N" or "P" press it."""
        return self.action(text, run, kind=PRIMARY, keys=keys)

    def filters(self, *items: QWidget | None) -> None:
        """A bar of filters below the title; None is a stretch. The rest of the bar stays empty."""
        self._stack.insertLayout(1, self._filters)
        for item in items:
            if item is None:
                self._filters.addStretch(1)
            else:
                self._filters.addWidget(
                    slim(item) if isinstance(item, Field) else item, 0, Qt.AlignmentFlag.AlignVCenter
                )
        if None not in items:
            self._filters.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        widest = max(self.title.sizeHint().width(), self._holder.sizeHint().width())
        return QSize(min(least.width(), widest), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._line.setDirection(QBoxLayout.Direction.LeftToRight)
        self._make_room()

    def _make_room(self) -> None:
        """Actions go below words that need their room; they come back only in another width, not beneath the hand."""
        lead = min(px(LEAD), self.lead.fontMetrics().horizontalAdvance(self.lead.whole()))
        wanted = self.title.sizeHint().width() + lead + self._holder.sizeHint().width() + px(20)
        if self.width() < wanted:
            self._line.setDirection(QBoxLayout.Direction.TopToBottom)

    def show_banner(
        self, text: str, state: State | str = "info", steps: dict[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a sentence in the page's banner."""
        self.banner.show_text(text, state, steps)

    def withdraw(self, text: str) -> None:
        """Put the banner away if it still says this."""
        if self.banner.words.text() == text:
            self.banner.hide()

    def clear_banner(self) -> None:
        """Put the banner away."""
        self.banner.hide()
