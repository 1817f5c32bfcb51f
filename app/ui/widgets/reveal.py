"""A masked personal value that is shown in clear only when asked for, with a reason that goes on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.theme import px
from app.ui.widgets.button import Button, link
from app.ui.widgets.card import column, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.detail import LABEL
from app.ui.widgets.text import label

Shown = Callable[[str | None], None]


class RevealLine(QWidget):
    """Title, masked value and 查看; choosing a reason runs ask(why, show), show(text) puts the clear value there.

    reasons: offered for choosing. ask None: the person may not see it. changes: a further step such as 变更.
    """

    def __init__(
        self,
        title: str,
        masked: str,
        reasons: Sequence[str],
        ask: Callable[[str, Shown], object] | None,
        change: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._ask = ask
        self.words = label(masked or "—")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName(f"{title} {masked}")
        self.open_link = link("查看", self.open)
        self.open_link.setAccessibleName(f"查看{title}")
        if not masked or ask is None:
            self.open_link.hide()
        name = label(title, "label")
        name.setMinimumWidth(px(LABEL))
        line = row(name, self.words, None, self.open_link, spacing=12)
        if change is not None:
            line.addWidget(link("变更", change))
        self.reason = ChoiceField("", reasons, hint="查看理由（留有记录）")
        self._asking = QWidget()
        self._asking.setLayout(
            row(self.reason, Button("查看", self.show_clear), Button("不看", self.close_reason))
        )
        self._asking.hide()
        stack = column(line, self._asking, spacing=4)
        self.setLayout(stack)

    def open(self) -> None:
        """Ask for the reason."""
        self._asking.show()
        self.reason.setFocus()

    def close_reason(self) -> None:
        """Leave it masked."""
        self._asking.hide()

    def show_clear(self) -> None:
        """Ask for the clear value."""
        why = self.reason.value()
        if not why:
            self.reason.show_fault("请选择查看理由")
        elif self._ask is not None:
            self._asking.hide()
            self._ask(why, self._show)

    def _show(self, text: str | None) -> None:
        self.words.setText(text or "—")
        self.open_link.hide()
