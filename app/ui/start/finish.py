"""The last step of a first start: what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.theme import px
from app.ui.widgets.card import Card, column, row
from app.ui.widgets.text import label


class FinishPage(QWidget):
    """Numbered next steps, each a name and a sentence; more may be put above them."""

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.top = column(spacing=12)
        card = Card("接下来", spacing=12)
        for number, (name, text) in enumerate(steps, 1):
            head = label(f"{number}　{name}", "strong")
            head.setFixedWidth(px(140))
            line = row(head, label(text, wraps=True), spacing=8)
            line.setStretch(1, 1)
            card.add(line)
        self.setLayout(column(self.top, card, None, spacing=16))
