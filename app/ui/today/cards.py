"""The cards of the day's right side: the year's task, the report's countdown, the month's pay."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.today.due import ReportDue
from app.services.today.today_desk import PayEstimate, TodayView
from app.ui.today.due_words import DUE_TONES, due_tags, left_words
from app.ui.widgets.card import Card, row
from app.ui.widgets.pace import PaceBar
from app.ui.widgets.slot import Slot
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label
from app.values import yuan_text


class YearCard(Card):
    """全年任务: consultations, the month's duties, satisfaction."""

    def __init__(self) -> None:
        super().__init__("全年任务", spacing=16)
        self.year, self.month = PaceBar("免费法律咨询", "人次"), PaceBar("本月值班", "次")
        self._rest = Slot(spacing=8)
        self.add(self.year, self.month, self._rest)
        self.pending = self.await_answer()

    def show_day(self, day: TodayView) -> None:
        """Bars where there is a target, figures where there is none."""
        self.pending.come()
        found, lines = day.year, []
        has_target = found is not None and bool(found.target)
        self.year.setVisible(has_target)
        if found is not None and found.target:
            self.year.show_pace(found.so_far, found.target, found.pace)
        elif found is not None:
            lines.append(_line("本年咨询", f"{found.so_far}", "人次"))
        self.month.setVisible(day.month.rostered > 0)
        if day.month.rostered:
            self.month.show_pace(day.month.done, day.month.rostered, day.month.pace)
        else:
            lines.append(_line("本月值班", "0", "次，还没有排班"))
        lines.append(_satisfaction(day))
        self._rest.show_items(*lines)


def _satisfaction(day: TodayView) -> QWidget:
    rate = day.year.satisfaction.rate if day.year else None
    goal = f"/ 目标 ≥{day.satisfaction_target}%" if day.satisfaction_target else ""
    return _line("满意率", "—" if rate is None else f"{rate:.1%}", goal)


def _line(title: str, figure: str, rest: str) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(title, None, label(figure, "large"), label(rest), spacing=4))
    return holder


class DueCard(Card):
    """The report asked for next and how long there is."""

    def __init__(self) -> None:
        super().__init__("月报", spacing=6)
        self.left = label("", "hero")
        self._tags = Slot()
        self.add(self.left, self._tags)
        self.pending = self.await_answer()

    def show_due(self, due: ReportDue) -> None:
        """The countdown in the state's colour."""
        self.pending.come()
        self.set_title(f"{due.month.month}月月报　{due.by.month}月{due.by.day}日 {due.by:%H:%M} 截止")
        tone = DUE_TONES[due.state]
        self.left.setText(left_words(due.left))
        self.left.setProperty("state", tone.value if due.is_urgent else "")
        self.left.setProperty("role", "hero" if due.is_urgent else "figure")
        self.left.style().unpolish(self.left)
        self.left.style().polish(self.left)
        tags = [Tag(words, state) for state, words in due_tags(due)]
        self._tags.show_items(row(*tags, None, spacing=12)) if tags else self._tags.show_items()


class PayCard(Card):
    """What the month pays so far, and how it comes about."""

    def __init__(self) -> None:
        super().__init__("本月补贴（预计）", spacing=4)
        self.sum, self.words = label("", "figure"), label("", "small", wraps=True)
        self.add(self.sum, self.words)
        self.pending = self.await_answer()

    def show_pay(self, pay: PayEstimate | None) -> None:
        """Away where the pack sets no rates."""
        self.pending.come()
        self.setVisible(pay is not None)
        if pay is not None:
            self.sum.setText(f"{yuan_text(pay.total_fen)} 元")
            self.words.setText(pay.words)
