"""A message on the page itself, where a dialog would only be in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui import icons
from app.ui.theme import State, colours, px
from app.ui.widgets.button import Button
from app.ui.widgets.text import label, set_state, wrap

_ICONS = {
    State.DONE: "check",
    State.DUE: "warning",
    State.FAULT: "warning",
    State.INFO: "info",
    State.NONE: "info",
}


class Banner(QFrame):
    """A line in a state's colour with an icon, steps to take, and a way to put it away. Hidden at first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(12), px(6), px(6), px(6))
        self._row.setSpacing(px(8))
        self._mark = QLabel()
        self.words = wrap(label(""))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = Button("", self.hide, icon="close", hint="收起")
        self._steps: list[Button] = []
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_text(
        self, text: str, state: State | str = State.INFO, steps: dict[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a sentence; steps are buttons on the right (words → what to run)."""
        kind = State(state)
        size = px(18)
        self._mark.setPixmap(icons.picture(_ICONS[kind], colours().of(kind)[0], size))
        self._mark.setFixedSize(size, px(32))
        self.words.setText(text)
        self.words.setMinimumHeight(px(32))
        set_state(self.words, state=str(kind))
        self.setAccessibleName(text)
        set_state(self, state=str(kind))
        self._show_steps(steps or {})
        self.show()

    def _show_steps(self, steps: dict[str, Callable[[], object]]) -> None:
        for old in self._steps:
            old.deleteLater()
        self._steps = [Button(words, run) for words, run in steps.items()]
        for at, made in enumerate(self._steps):
            self._row.insertWidget(2 + at, made, 0, Qt.AlignmentFlag.AlignTop)
