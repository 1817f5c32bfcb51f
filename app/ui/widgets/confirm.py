"""A question on the page itself before something is done that is not simply undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.theme import px
from app.ui.widgets.button import DANGER, PRIMARY, Button
from app.ui.widgets.field import Field
from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label, set_state


class ConfirmLine(QFrame):
    """A line that names what happens (and what is lost) with the step and 不做. Hidden at first; Esc is 不做.

    It starts on 不做, or on the reason if one is needed: an Enter too many changes nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._words = label("", wraps=True)
        self._reason = LineField("理由", is_required=True)
        self._yes = Button("")
        self._no = Button("不做", self.close_line)
        self._run: Callable[[str], object] = lambda _reason: None
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(12), px(8), px(12), px(8))
        stack.addWidget(self._words)
        stack.addWidget(self._reason)
        line = QHBoxLayout()
        line.addWidget(self._yes)
        line.addWidget(self._no)
        line.addStretch(1)
        stack.addLayout(line)
        self._yes.clicked.connect(self._do)
        self._reason.entered.connect(self._reason_entered)
        self.hide()

    def ask(
        self,
        text: str,
        words: str,
        run: Callable[[str], object],
        *,
        is_dangerous: bool = False,
        needs_reason: bool = False,
    ) -> None:
        """Show the question; run(reason) when agreed, the reason "" unless one is needed."""
        self._words.setText(text)
        self._run = run
        self._yes.set_text(words)
        self._yes.set_kind(DANGER if is_dangerous else PRIMARY)
        self._reason.setVisible(needs_reason)
        self._reason.set_value("")
        self._reason.show_fault("")
        set_state(self, state="due" if is_dangerous else "info")
        self.setAccessibleName(text)
        self.show()
        (self._reason if needs_reason else self._no).setFocus()

    def reason(self) -> Field:
        """The field for the reason."""
        return self._reason

    def close_line(self) -> None:
        """Put the question away; nothing is done."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)

    def _reason_entered(self) -> None:
        """Enter after the reason agrees, except where what is done is dangerous."""
        if self._yes.kind == DANGER and not self._reason.is_empty():
            self._no.setFocus()
        else:
            self._do()

    def _do(self) -> None:
        if not self._reason.isHidden() and self._reason.is_empty():
            self._reason.show_fault("请写明理由")
            self._reason.setFocus()
            return
        self.hide()
        self._run(self._reason.value() if not self._reason.isHidden() else "")
