"""The eight digits two clerks compare by telephone, large."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.widgets.card import column
from app.ui.widgets.figure import BigFigure
from app.ui.widgets.text import label


class CheckCode(QWidget):
    """The code in two groups of four, with what to do with it."""

    def __init__(self, code: str = "", words: str = "校验码　请打电话与对方核对") -> None:
        super().__init__()
        self.figure = BigFigure("", 40)
        self.setLayout(column(label(words, "label", wraps=True), self.figure, spacing=4))
        self.show_code(code)

    def show_code(self, code: str) -> None:
        """Another code."""
        self.figure.set_text(grouped(code))
        self.setAccessibleName(f"校验码 {' '.join(code)}")


def grouped(code: str) -> str:
    """48271096 → 4827 1096."""
    return f"{code[:4]} {code[4:]}" if len(code) == 8 else code or "—"
