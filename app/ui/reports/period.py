"""Chooses a month, a quarter or a year by two arrows or by typing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.reports.report import EVERY_PERIOD, PeriodKind, period_label
from app.ui.reading import read_month, step_month
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import row
from app.ui.widgets.fields import line_edit
from app.values import Period

MONTHS = {PeriodKind.month: 1, PeriodKind.quarter: 3, PeriodKind.year: 12}
_EARLIEST, _LATEST = 2000, 2099


class PeriodPicker(QWidget):
    """月 季 年, and the period itself with ‹ and ›. picked: another one was chosen."""

    picked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._month, self.kind = today, (today.year, today.month), PeriodKind.month
        self.kinds = {kind: Button(f"按{kind}", partial(self.set_kind, kind)) for kind in EVERY_PERIOD}
        self.line = line_edit()
        self.line.setFixedSize(px(132), px(32))
        self.line.setAccessibleName("期间")
        self.line.setToolTip("输入 5、2022-05、2022-Q2 或 2022")
        self.line.editingFinished.connect(self._read)
        self.back = Button("", lambda: self.step(-1), icon="left", hint="上一期")
        self.on = Button("", lambda: self.step(1), icon="right", hint="下一期")
        line = row(*self.kinds.values(), self.back, self.line, self.on, spacing=4)
        line.insertSpacing(len(self.kinds), px(12))
        self.setLayout(line)
        for button in self.kinds.values():
            button.setCheckable(True)
        self._show()

    def value(self) -> str:
        """The period as reports take it: 2022-05, 2022-Q2, 2022."""
        year, month = self._month
        texts = {PeriodKind.month: f"{year}-{month:02d}", PeriodKind.quarter: f"{year}-Q{(month + 2) // 3}"}
        return texts.get(self.kind, f"{year}")

    def set_value(self, text: str) -> None:
        """Show a period; emits nothing."""
        period = Period.parse(text)
        self.kind = {1: PeriodKind.month, 3: PeriodKind.quarter}.get(len(period.months()), PeriodKind.year)
        self._month = (period.start.year, period.start.month)
        self._show()

    def allow(self, kinds: Sequence[PeriodKind]) -> None:
        """Only these kinds; the first of them where the present one is not among them. Emits nothing."""
        for kind, button in self.kinds.items():
            button.setVisible(kind in kinds)
        if self.kind not in kinds:
            self.kind = kinds[0]
        self._show()

    def set_kind(self, kind: PeriodKind) -> None:
        """The month, quarter or year around what is shown."""
        self.kind = kind
        self._show()
        self.picked.emit()

    def step(self, by: int) -> None:
        """Go some periods on, back when negative."""
        self._go(step_month(self._month, by * MONTHS[self.kind]))

    def _go(self, month: tuple[int, int]) -> None:
        is_new = month != self._month and _EARLIEST <= month[0] <= _LATEST
        if is_new:
            self._month = month
        self._show()
        if is_new:
            self.picked.emit()

    def _read(self) -> None:
        text = self.line.text().strip()
        if text == period_label(Period.parse(self.value())):
            return
        found = self._read_whole(text)
        if found is None:
            self._show()
        elif found[0] is self.kind or self.kinds[found[0]].isHidden():
            self._go(found[1])
        else:
            self._month = found[1]
            self.set_kind(found[0])

    def _read_whole(self, text: str) -> tuple[PeriodKind, tuple[int, int]] | None:
        if year := re.fullmatch(r"(20\d\d)年?", text):
            return PeriodKind.year, (int(year[1]), self._month[1])
        if quarter := re.fullmatch(r"(?:(20\d\d)[-年]?)?(?:[Qq]|第)([1-4])(?:季度?)?", text):
            return PeriodKind.quarter, (int(quarter[1] or self._month[0]), int(quarter[2]) * 3 - 2)
        month = read_month(text, self._today)
        return (PeriodKind.month, month) if month else None

    def _show(self) -> None:
        self.line.setText(period_label(Period.parse(self.value())))
        for kind, button in self.kinds.items():
            button.setChecked(kind is self.kind)
