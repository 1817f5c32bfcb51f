"""Splits the bureau's target: a number for each unit, their sum beside the whole, months even (Y26)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.services.targets.split_target import SplitDesk, SplitDeskView, SplitTarget, UnitShare
from app.ui.page import PageView
from app.ui.theme import px
from app.ui.widgets.fields import LineField, NumberField
from app.ui.widgets.side_form import SideForm
from app.values import number_text

WIDTH, HEIGHT = 620, 560
MOST = 9_999_999


class SplitDialog(QDialog):
    """The form over the page; made(version) once the split is stored."""

    def __init__(self, page: PageView, view: SplitDeskView, made: Callable[[int], object]) -> None:
        super().__init__(page)
        self._page, self._view, self._made = page, view, made
        self.setWindowTitle(f"{view.year}年{view.title}任务分解")
        self.resize(px(WIDTH), px(HEIGHT))
        self.form = SideForm(self.windowTitle(), "下达", columns=2, keys="Ctrl Return", is_note_first=True)
        self.fields: dict[str, NumberField] = {}
        for one in view.shares:
            field = NumberField(one.name, low=0, high=MOST)
            field.set_value(one.total)
            field.changed.connect(self._count)
            self.fields[one.code] = self.form.form.add(one.code, field)
        self.reason = self.form.form.add(
            "reason", LineField("依据（文件、会议）", is_required=True, max_length=60)
        )
        self.reason.set_value(view.reason)
        self.form.saved.connect(self._save)
        self.form.left.connect(self.reject)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(12), px(12), px(12), px(12))
        stack.addWidget(self.form)
        self._count()

    def _given(self) -> int:
        return sum(int(field.value() or 0) for field in self.fields.values())

    def _count(self) -> None:
        """The sum beside the whole, so that the last unit can be set right before it is refused."""
        whole, given = self._view.total, self._given()
        state = f"第 {self._view.version} 版" if self._view.version else "这是按平均的建议"
        if whole is None:
            self.form.set_note(f"{state}。合计 {number_text(given)}。")
        elif given == whole:
            self.form.set_note(f"{state}。合计 {number_text(given)}，与本局任务相符。")
        else:
            words = "多" if given > whole else "少"
            self.form.set_note(
                f"{state}。合计 {number_text(given)}，比本局任务 {number_text(whole)} {words} {number_text(abs(given - whole))}。"
            )

    def _save(self) -> None:
        parts = tuple((one.code, self._months(one)) for one in self._view.shares)
        command = SplitTarget(self._view.year, self._view.kind, parts, str(self.reason.value() or ""))
        self._page.do(command, self._stored, form=self.form.form)

    def _months(self, one: UnitShare) -> tuple[int, ...]:
        """The unit's months as they were where its year is the same, even ones otherwise."""
        amount = int(self.fields[one.code].value() or 0)
        return one.months if amount == one.total else one.even(amount)

    def _stored(self, version: Any) -> None:
        self._made(int(version))
        self.accept()


def open_split(page: PageView, year: int, kind: str, made: Callable[[int], object]) -> None:
    """Ask how the target stands and show the form."""

    def show(view: SplitDeskView) -> None:
        SplitDialog(page, view, made).open()

    page.ask(SplitDesk(year, kind), show)
