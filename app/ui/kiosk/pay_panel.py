"""Shows one person what a month pays and why, large enough to be read standing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.money.month_pay import UNPAID
from app.services.money.replies import ReplyState
from app.services.money.statement import MyPayLine, MyPayView, MyReply
from app.ui.kiosk.side_panels import big_button
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, column, row
from app.ui.widgets.figure import BigFigure
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label, set_state
from app.values import Month, yuan_text

PROVISIONAL, FINAL = "预计", "已结算"
_LEADS = {PROVISIONAL: "还没有最终结算，以司法局结算为准", FINAL: "司法局已最终结算"}


class PayRow(Card):
    """A line of the month: when and where, the amount, and how it came about."""

    def __init__(self, line: MyPayLine, has_rates: bool = True) -> None:
        super().__init__(pad=16, spacing=6)
        self.words = label(line.explanation, "kiosk-line", wraps=True)
        self.amount = label(f"{yuan_text(line.net_fen)} 元" if has_rates else "", "kiosk-site")
        more = [reason for reason in line.reasons if reason not in line.explanation]
        when = row(label(f"{line.on}　{line.site_name}　{line.kind}", "kiosk-title", wraps=True), self.amount)
        when.setStretch(0, 1)
        self.add(when)
        self.add(self.words)
        if more:
            self.add(label("；".join(more), "kiosk-small", wraps=True))


class ToldRow(Card):
    """A sentence beside the lines: what was paid too much, what another site comes to."""

    def __init__(self, text: str) -> None:
        super().__init__(pad=16, spacing=6)
        self.add(label(text, "kiosk-line", wraps=True))


class PayPanel(QWidget):
    """One person's month. wanted(Month): another month; touched: somebody still reads; confirmed: all is right;
    disputes(MyPayView): something is not."""

    wanted = Signal(object)
    touched = Signal()
    confirmed = Signal(object)
    disputes = Signal(object)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.month = self.latest = Month(1900, 1)
        self.lines: list[PayRow | ToldRow] = []
        self.title, self.lead = label("", "kiosk-site", wraps=True), label("", "kiosk-line", wraps=True)
        self.total, self.mark = BigFigure("", 44), Tag("", size=20)
        self.back = self._key("‹", partial(self.step, -1), "上个月", 64)
        self.on = self._key("›", partial(self.step, 1), "下个月", 64)
        self.up = self._key("↑", partial(self.turn, -1), "往上看", 72)
        self.down = self._key("↓", partial(self.turn, 1), "往下看", 72)
        self.leave = big_button("返回", leave, is_primary=True)
        self.found: MyPayView | None = None
        self.confirm = Button("确认无误", lambda: self.confirmed.emit(self.found), size=72, type_size=24)
        self.dispute = Button("有异议", lambda: self.disputes.emit(self.found), size=72, type_size=24)
        self._build()
        for button in (self.back, self.on, self.up, self.down, self.confirm, self.dispute, self.leave):
            button.installEventFilter(self)

    def start(self, name: str, month: Month) -> None:
        """Whose pay it is, and the month that runs; its lines come with show_pay."""
        self.clear()
        self.latest = month
        self.title.setText(f"{name}　我的补贴")
        self._show_month(month)

    def show_pay(self, found: MyPayView) -> None:
        """The month's lines and their sum."""
        self._empty()
        word = FINAL if found.is_final else PROVISIONAL
        self.mark.show_state(word, "done" if found.is_final else "due")
        self.mark.setVisible(found.has_rates)
        self.total.set_text(f"{yuan_text(found.net_fen)} 元" if found.has_rates else "")
        self.lead.setText(_lead(found, _LEADS[word]))
        self.found = found
        elsewhere = [f"其他站点：{text}" for text in (found.reply.elsewhere if found.reply else ())]
        told = map(ToldRow, (*elsewhere, *found.debts))
        self.lines = [*(PayRow(line, found.has_rates) for line in found.lines), *told]
        self._show_reply(found.reply)
        for at, line in enumerate(self.lines):
            self._stack.insertWidget(at, line)
        self.leave.setFocus()

    def _show_reply(self, reply: MyReply | None) -> None:
        """What may be said of the month; the keys are told where nothing is asked for."""
        self.keys.setVisible(reply is None)
        self.confirm.setVisible(reply is not None and reply.may_confirm)
        self.confirm.set_text("撤回异议" if reply and reply.state is ReplyState.disputed else "确认无误")
        self.dispute.setVisible(reply is not None and reply.may_dispute)

    def clear(self) -> None:
        """Forget the person altogether."""
        self._empty()
        self.title.setText("")

    def step(self, by: int) -> None:
        """A month on or back, never beyond the one that runs."""
        month = self.month.next() if by > 0 else self.month.previous()
        if month <= self.latest:
            self._empty()
            self._show_month(month)
            self.wanted.emit(month)

    def turn(self, by: int) -> None:
        """Most of a screen up or down."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep() * 3 // 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys turn months and lines, whichever button has the focus."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        acts = {Qt.Key.Key_Left: partial(self.step, -1), Qt.Key.Key_Right: partial(self.step, 1)}
        acts |= dict.fromkeys((Qt.Key.Key_Up, Qt.Key.Key_PageUp), partial(self.turn, -1))
        acts |= dict.fromkeys((Qt.Key.Key_Down, Qt.Key.Key_PageDown), partial(self.turn, 1))
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None

    def _show_month(self, month: Month) -> None:
        self.month = month
        self.when.setText(f"{month.year}年{month.month}月")
        self.on.setEnabled(month < self.latest)

    def _empty(self) -> None:
        while self.lines:
            line = self.lines.pop()
            line.hide()
            line.deleteLater()
        self.total.set_text("")
        self.lead.setText("")
        self.mark.hide()
        self.found = None
        self._show_reply(None)
        self.area.verticalScrollBar().setValue(0)

    def _key(self, sign: str, run: Callable[[], object], hint: str, size: int) -> Button:
        made = Button(sign, run, size=size, type_size=32, hint=hint)
        made.setAccessibleName(hint)
        return made

    def _build(self) -> None:
        self.when = label("", "kiosk-site")
        self.when.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.when.setMinimumWidth(px(170))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        months = row(self.back, self.when, self.on, spacing=8)
        head = row(self.mark, self.total, None, spacing=16)
        head.insertLayout(0, column(self.title, self.lead, spacing=4), 1)
        head.addLayout(months)
        stack.addLayout(head)
        stack.addWidget(self._scrolled(), 1)
        self.keys = label("键盘：← → 换月份\n↑ ↓ 看更多，Enter 返回", "kiosk-small")
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        for part in (self.keys, self.up, self.down, self.confirm, self.dispute):
            foot.addWidget(part)
        foot.addWidget(self.leave, 1)
        stack.addLayout(foot)

    def _scrolled(self) -> QScrollArea:
        holder = QWidget()
        set_state(holder, role="scrolled")
        self._stack = QVBoxLayout(holder)
        self._stack.setContentsMargins(0, px(3), 0, px(3))
        self._stack.setSpacing(px(12))
        self._stack.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(holder)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(lambda _at: self.touched.emit())
        bar.rangeChanged.connect(lambda _low, high: self._offer_turning(high > 0))
        self._offer_turning(False)
        return self.area

    def _offer_turning(self, is_long: bool) -> None:
        self.up.setEnabled(is_long)
        self.down.setEnabled(is_long)


def _reply_words(reply: MyReply) -> str:
    """How the person's word on a final month stands, and by when it is asked for."""
    day = f"{reply.reply_by.month}月{reply.reply_by.day}日"
    words = {
        ReplyState.waiting: f"请在 {day} 前确认，有不对的点“有异议”",
        ReplyState.overdue: f"答复期限 {day} 已过，请尽快确认或提出异议",
        ReplyState.silent: f"到 {day} 没有答复，视为确认",
        ReplyState.confirmed: "您已确认",
        ReplyState.disputed: "您的异议正在由司法局核实",
    }
    return "；".join(filter(None, (words.get(reply.state, ""), reply.answer)))


def _lead(found: MyPayView, state: str) -> str:
    if not found.has_rates:
        return f"{len(found.lines)} 次值班，{UNPAID}"
    if not found.lines:
        return "这个月还没有您的补贴记录"
    said = _reply_words(found.reply) if found.reply else ""
    return "；".join(filter(None, (f"{len(found.lines)} 笔，{state}", said)))
