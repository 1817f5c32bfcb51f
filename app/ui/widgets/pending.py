"""Stands where an answer belongs until it comes: it is being read, or it could not be read and may be asked for again."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.text import label, set_state


class AnswerState(Enum):
    """How the question behind a part of a page stands."""

    awaited = "正在读取…"
    failed = "没有读到"
    here = ""


class PendingPart(QWidget):
    """Says that the answer is awaited, or that it failed, with 再试一次. turned: it stands otherwise than before.

    It is away while the answer is here; what it stands for is shown and hidden by its owner.
    """

    turned = Signal()

    def __init__(self, state: AnswerState = AnswerState.awaited) -> None:
        super().__init__()
        self.state = state
        self.answers = 0
        """How many answers have come."""
        self._retry: Callable[[], object] = lambda: None
        self.words = label("", "muted", wraps=True)
        self.words.setParent(self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again = Button("再试一次", lambda: self._retry())
        self.again.setParent(self)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, px(12), 0, px(12))
        stack.setSpacing(px(12))
        stack.addStretch(1)
        stack.addWidget(self.words)
        stack.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        self._turn(state)

    @property
    def is_open(self) -> bool:
        """Whether there is no answer to show."""
        return self.state is not AnswerState.here

    def wait(self) -> None:
        """It is asked for."""
        self._turn(AnswerState.awaited)

    def come(self) -> None:
        """The answer is here."""
        self.answers += 1
        self._turn(AnswerState.here)

    def fail(self, retry: Callable[[], object]) -> None:
        """It could not be read; retry() asks again."""
        self._retry = retry
        self._turn(AnswerState.failed)

    def _turn(self, state: AnswerState) -> None:
        self.state = state
        self.words.setText(state.value)
        set_state(self.words, state="fault" if state is AnswerState.failed else "")
        self.setAccessibleName(state.value)
        self.again.setVisible(state is AnswerState.failed)
        if (
            not self.is_open or self.parentWidget() is not None
        ):  # one without a place would be a window of its own
            self.setVisible(self.is_open)
        self.turned.emit()
