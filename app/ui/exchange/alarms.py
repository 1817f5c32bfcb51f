"""The alarms that somebody must look into, each with a way to say what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout

from app.services.office.journal import SecurityEventLine
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

MOST_SHOWN = 3


class AlarmList(Card):
    """Hidden while there is none. dismiss(alarm, what was found)."""

    def __init__(self, dismiss: Callable[[SecurityEventLine, str], object], *, may_dismiss: bool) -> None:
        super().__init__(pad=12, spacing=8)
        self._dismiss, self._may_dismiss = dismiss, may_dismiss
        self._lines = Slot(4)
        self.confirm = ConfirmLine()
        self.buttons: list[Button] = []
        self.add(self._lines, self.confirm)
        self.hide()

    def show_alarms(self, events: Sequence[SecurityEventLine]) -> None:
        """The open alarms, newest first; the rest is counted."""
        self.buttons = []
        lines = [self._line(event) for event in events[:MOST_SHOWN]]
        if len(events) > MOST_SHOWN:
            lines.append(row(label(f"另有 {len(events) - MOST_SHOWN} 条，处理后依次显示", "small"), None))
        self._lines.show_items(*lines)
        self.confirm.close_line()
        self.setVisible(bool(events))

    def _line(self, event: SecurityEventLine) -> QHBoxLayout:
        words = label(event.detail or event.title, wraps=True)
        made = row(Tag("警报", "fault"), f"{event.at:%m-%d %H:%M}", words, spacing=12)
        made.setStretch(2, 1)
        if self._may_dismiss:
            button = Button("处理…", lambda: self._ask(event))
            self.buttons.append(button)
            made.addWidget(button)
        return made

    def _ask(self, event: SecurityEventLine) -> None:
        self.confirm.ask(
            "写明核查情况后，这条警报不再提示，但永久留痕。",
            "已核查，处理",
            lambda reason: self._dismiss(event, reason),
            needs_reason=True,
        )
