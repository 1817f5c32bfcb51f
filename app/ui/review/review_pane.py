"""The reviewer's pane: how a site's month came, its lines with their doubts, and the three answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from app.services.exchange.decide_late import LateView
from app.services.money.month_pay import UNPAID
from app.services.money.review_sheet import ReviewLine, ReviewSheetView
from app.ui.review.line_words import STANDINGS, month_facts_shown
from app.ui.story_pane import OpenRecord, clause_words, money, steps_grid
from app.ui.widgets.button import DANGER, PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.detail import fact_grid
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.slot import Slot
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label

NOTHING = "选中一个单位，这里显示它的上报"


@dataclass(frozen=True)
class Answers:
    """What the reviewer may do; adjust(line), decide_late(change, accepted), open_record(where) for evidence."""

    approve: Callable[[], object]
    adjust: Callable[[ReviewLine], object]
    send_back: Callable[[], object]
    decide_late: Callable[[LateView, bool], object]
    open_record: OpenRecord | None = None


class ReviewPane(Card):
    """Shows a ReviewSheetView; J and K move among its lines, A, E and R answer."""

    def __init__(self, answers: Answers) -> None:
        super().__init__(spacing=8)
        self.found: ReviewSheetView | None = None
        self._answers = answers
        self.title = label("", "section", wraps=True)
        self._facts = Slot()
        self.lines = Table(_COLUMNS, name="补贴行", empty="这个月没有补贴行", row_height=36, fit_rows=True)
        self.lines.selected.connect(self._show_story)
        self.late = Table(
            _LATE_COLUMNS, name="上报后的更改", empty="没有上报后的更改", row_height=36, fit_rows=True
        )
        self.accept_button = Button("采用", partial(self._decide_late, True))
        self.refuse_button = Button("不采用", partial(self._decide_late, False), kind=DANGER)
        self._late_words = label("", wraps=True, state="due")
        self._late_part = Slot()
        self._late_part.show_items(
            self._late_words, self.late, row(self.accept_button, self.refuse_button, None)
        )
        self._story = Slot()
        self.pass_button = Button("通过", answers.approve, kind=PRIMARY, keys="A")
        self.adjust_button = Button("调整", self.adjust, keys="E")
        self.return_button = Button("退回", answers.send_back, kind=DANGER, keys="R")
        for letter, by in (("J", 1), ("K", -1)):
            QShortcut(QKeySequence(letter), self).activated.connect(partial(self.lines.step, by))
        self.empty = EmptyState(NOTHING, icon="review")
        self.room = scrolled(self._facts, self._late_part, self.lines, self._story)
        self._parts = (self.title, self.room)
        self.add(self.title)
        self.add(self.room, stretch=1)
        self._foot = Slot()
        self._foot.show_items(
            row(self.pass_button, self.adjust_button, self.return_button, None, label("J K 换行", "small2"))
        )
        self.add(self._foot)
        self.add(self.empty, stretch=1)
        self.show_nothing()

    def show_nothing(self, words: str = NOTHING) -> None:
        """No site of this office is selected; words say what is instead."""
        self.found = None
        self.empty.set_text(words)
        for part in (*self._parts, self._foot, self._late_part):
            part.hide()
        self.empty.show()

    def show_month(self, found: ReviewSheetView, *, may_review: bool) -> None:
        """A site's month."""
        self.found = found
        self.empty.hide()
        for part in (*self._parts, self._foot):
            part.show()
        number = f" · 第 {found.state.number} 版" if found.state.number else ""
        earlier = f" · {found.state.earlier_words}" if found.state.earlier_words else ""
        self.title.setText(
            f"{found.site_name} · {found.month.month}月{number} · {found.state.state.value}{earlier}"
        )
        pay = f"{money(found.total_fen)} 元" if found.pay.has_rates else UNPAID
        self.lines.hide_columns(() if found.pay.has_rates else ("amount",))
        self._facts.show_items(fact_grid([*month_facts_shown(found.came), ("补贴", pay)], 2))
        self.lines.set_rows(found.lines)
        if self.lines.current() is None:
            self.lines.step(1)
        self._show_story(self.lines.current())
        self.pass_button.setEnabled(may_review and found.state.is_waiting)
        self.return_button.setEnabled(
            may_review and bool(found.state.number) and not found.state.is_open and not found.is_final
        )
        self.adjust_button.setEnabled(may_review and bool(found.lines))

    def show_late(self, found: Sequence[LateView], *, may_review: bool) -> None:
        """What the site wrote after its report; hidden where there is nothing."""
        self._late_part.setVisible(bool(found))
        self._late_words.setText(f"上报以后又写来 {len(found)} 处更改，尚未计入。请逐条决定，再审核。")
        self.late.set_rows(found)
        for button in (self.accept_button, self.refuse_button):
            button.setEnabled(may_review)
        if found and self.late.current() is None:
            self.late.step(1)

    def _decide_late(self, is_accepted: bool) -> None:
        change = self.late.current()
        if change is not None:
            self._answers.decide_late(change, is_accepted)

    def adjust(self) -> None:
        """Adjust the line that is selected."""
        line = self.lines.current()
        if line is not None:
            self._answers.adjust(line)

    def _show_story(self, found: ReviewLine | None) -> None:
        self._story.setVisible(found is not None)
        if found is not None and self.found is not None:
            words = [
                label(one, "note", wraps=True) for one in clause_words(found.line, self.found.pay.clauses)[:2]
            ]
            steps = [steps_grid(found.line, self._answers.open_record)] if self.found.pay.has_rates else []
            self._story.show_items(*steps, *words)
            QTimer.singleShot(0, self, self._show_row)

    def _show_row(self) -> None:
        """The line that J and K lead to is in sight."""
        view = self.lines.view
        box = view.visualRect(view.currentIndex())
        at = view.viewport().mapTo(self.room.widget(), box.center())
        self.room.ensureVisible(at.x(), at.y(), 0, box.height())


def _amount(one: ReviewLine) -> str:
    base, now = one.line.base_fen or one.line.net_fen, one.now_fen
    return money(now) if base == now else f"{money(base)} → {money(now)}"


_LATE_COLUMNS = (
    Column("on", "日期", 84),
    Column("name", "姓名", 84),
    Column("what", "更改"),
)
_COLUMNS = (
    Column(
        "what",
        "内容",
        value=lambda one: f"{one.line.on.month}月{one.line.on.day}日 {one.line.name}",
        sub=lambda one: one.hint,
    ),
    Column(
        "amount",
        "金额",
        140,
        "number",
        value=_amount,
        tone=lambda one: "fault" if one.now_fen != one.line.base_fen else None,
    ),
    Column(
        "state",
        "",
        84,
        "tag",
        value=lambda one: STANDINGS[one.standing][1],
        tag=lambda one: STANDINGS[one.standing],
    ),
)
