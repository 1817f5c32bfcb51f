"""Shows a recovery code in numbered groups, large enough to be copied by hand without error."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.card import Card
from app.ui.widgets.text import label


class CodeGroups(QWidget):
    """The groups of a code joined by `-`, some side by side."""

    def __init__(self, across: int = 4) -> None:
        super().__init__()
        self._across = across
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))

    def show_code(self, code: str) -> None:
        """Show a code; once."""
        for at, group in enumerate(code.split("-")):
            self._grid.addWidget(_group(at + 1, group), at // self._across, at % self._across)


def _group(number: int, text: str) -> QWidget:
    made = Card(pad=8, spacing=0)
    made.inner.addWidget(label(str(number), "small"))
    big = label(text, "hero")
    big.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    big.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    made.inner.addWidget(big)
    made.setAccessibleName(f"第 {number} 组 {' '.join(text)}")
    return made
