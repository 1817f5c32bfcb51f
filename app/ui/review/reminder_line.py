"""The reminder as it was copied, with the way to print it, in a line of the page."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.text import label


class ReminderLine(Card):
    """Hidden until there is a reminder; run_print prints it."""

    def __init__(self, run_print: Callable[[], object]) -> None:
        super().__init__(pad=12, spacing=8)
        self.words = label("", wraps=True)
        self.print_button = Button("打印通知…", run_print, icon="print")
        self.add(self.words)
        self.add(row(self.print_button, Button("收起", self.hide), None))
        self.hide()

    def show_text(self, text: str) -> None:
        """Show what was copied."""
        self.words.setText(text)
        self.show()
