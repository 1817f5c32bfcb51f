"""Lets a person say at the kiosk what of the month's pay is not right: which days, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.money.statement import MyPayLine, MyPayView
from app.ui.kiosk.side_panels import WholePanel, big_button, big_line
from app.ui.theme import px
from app.ui.widgets.button import PLAIN, PRIMARY, Button
from app.ui.widgets.card import row
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.text import label
from app.values import Month, yuan_text

REASONS = ("迟到早退记得不对", "脱岗记得不对", "服务记录扣款不对", "有的班次没有算")
DAYS_A_ROW = 3


class DisputePanel(WholePanel):
    """given(month, duties, reason): no duty means the whole month."""

    given = Signal(str, object, str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.stack.setSpacing(8)
        self._month = ""
        self.days: dict[str, Button] = {}
        self.lead = label("点有问题的班次；不点就是全月", "kiosk-line", wraps=True)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setSpacing(px(8))
        self.line = big_line("其他原因，请写明")
        self.line.returnPressed.connect(self._give)
        self.reasons = [big_button(words, partial(self._choose, words), size=64) for words in REASONS]
        choices = QGridLayout()
        choices.setSpacing(px(8))
        for at, button in enumerate(self.reasons):
            choices.addWidget(button, at // 2, at % 2)
        self.send = big_button("提出异议", self._give, is_primary=True)
        self.stack.addWidget(self.lead)
        self.stack.addWidget(scrolled(self._holder), 1)
        self.stack.addLayout(choices)
        self.stack.addWidget(self.line)
        self.stack.addLayout(row(self.send, big_button("返回", leave), spacing=16))

    def start(self, found: MyPayView) -> None:
        """Whose month it is, with its duties to choose from."""
        self.clear()
        month = Month.parse(found.month)
        self._month = found.month
        self.title.setText(f"{found.name}　{month.month}月补贴有异议")
        lines = {line.key: line for line in reversed(found.lines)}
        for at, line in enumerate(reversed(lines.values())):
            self.days[line.key] = self._day(line)
            self._grid.addWidget(self.days[line.key], at // DAYS_A_ROW, at % DAYS_A_ROW)
        self.reasons[0].setFocus()

    def clear(self) -> None:
        """Forget whose it was."""
        self.show_fault("")
        self.line.clear()
        self.title.setText("")
        while self.days:
            _, button = self.days.popitem()
            button.hide()
            button.deleteLater()

    def _day(self, line: MyPayLine) -> Button:
        made = Button(f"{line.on}　{yuan_text(line.net_fen)} 元", lambda: None, size=64, type_size=24)
        made.setCheckable(True)
        made.toggled.connect(lambda is_on: made.set_kind(PRIMARY if is_on else PLAIN))
        return made.fill()

    def _choose(self, reason: str) -> None:
        self.line.setText(reason)
        self.send.setFocus()

    def _give(self) -> None:
        reason = self.line.text().strip()
        if not reason:
            self.show_fault("请选一个原因，或写明原因")
            return
        chosen = tuple(key for key, button in self.days.items() if button.isChecked())
        self.given.emit(self._month, chosen, reason)
