"""A fingerprint to read out by telephone: six groups of five digits, large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.text import label


class Fingerprint(QWidget):
    """Thirty digits in two rows of three groups, each group with its number."""

    def __init__(self, digits: str = "") -> None:
        super().__init__()
        self.digits = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(3, 1)
        self._groups = [label("", "figure") for _ in range(6)]
        for at, group in enumerate(self._groups):
            group.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(group, at // 3, at % 3)
        self.show_digits(digits)

    def show_digits(self, digits: str) -> None:
        """Groups of five digits with blanks between."""
        self.digits = digits
        self.setAccessibleName(f"指纹 {digits}")
        parts = digits.split()
        for at, group in enumerate(self._groups):
            group.setText(parts[at] if at < len(parts) else "")
