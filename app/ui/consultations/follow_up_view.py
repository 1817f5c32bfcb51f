"""Calls people about the service they had: whom, by when, what to say; keys 1 to 4 take down what came of it (Y06)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk_values import CallOutcome
from app.services.consultations.follow_up_list import (
    OPEN,
    FollowUpDesk,
    FollowUpLine,
    FollowUps,
    FollowUpState,
)
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.record_call import RecordCall
from app.services.security.reveal import Reveal
from app.services.sites.site_list import SiteList, SiteView
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, column, columns, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import slim
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label
from app.values import Month, Rating

SIDE = 372
WHY = "回访"
KEYS: dict[Qt.Key, str] = {
    Qt.Key.Key_1: Rating.satisfied.value,
    Qt.Key.Key_2: Rating.fairly_satisfied.value,
    Qt.Key.Key_3: Rating.dissatisfied.value,
    Qt.Key.Key_4: CallOutcome.no_answer.value,
}
"""What each key takes down."""
_TONES = {
    FollowUpState.due: "info",
    FollowUpState.overdue: "fault",
    FollowUpState.tried: "due",
    FollowUpState.reached: "done",
    FollowUpState.given_up: "none",
}


class FollowUpView(QWidget):
    """The list of a month with the pane of the one to be called."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self._page = page

    def build(self) -> Iterator[None]:
        """Filters, table and pane, as a page is built."""
        self.month = MonthPicker(self._page.desk.today())
        self.month.picked.connect(lambda *_: self.refresh())
        self.site = ChoiceField("", hint="全部站点")
        slim(self.site).setFixedWidth(px(132))
        self.site.editor.setAccessibleName("站点")
        self.site.changed.connect(self.refresh)
        if not self._page.desk.is_bureau:
            self.site.hide()
        self.table = Table(_COLUMNS, name="回访", empty="这个月没有要回访的人。")
        self.table.selected.connect(self._show)
        yield
        self.pane = DetailPane("选中一人，这里显示该说什么")
        self.confirm = ConfirmLine()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        stack.addLayout(FlowLayout(self.month, self.site))
        stack.addWidget(self.confirm)
        stack.addLayout(columns((Card(pad=1).add(self.table), 1), (self.pane, SIDE)), 1)

    def refresh(self) -> None:
        """Ask for the month again."""
        if self._page.desk.is_bureau and not self.site.list.count():
            self._page.ask(SiteList(), self._offer, slot="follow-up sites")
        query = FollowUps(Month(*self.month.value()), self.site.value() or "")
        self._page.ask(query, self._fill, slot="follow-ups")

    def take(self, word: str) -> None:
        """What came of the call to the selected person: a rating, or why there is none."""
        line: FollowUpLine | None = self.table.current()
        if line is None or line.call.state not in OPEN:
            return
        if word in (Rating.dissatisfied, CallOutcome.declined):
            self.confirm.ask(
                f"{line.record.client}：{word}。请写明对方怎么说。",
                "登记",
                lambda said: self._store(line, word, said),
                needs_reason=True,
            )
        else:
            self._store(line, word, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 满意, 2 基本满意, 3 不满意, 4 未接通."""
        word = KEYS.get(Qt.Key(event.key()))
        if word is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.take(word)
        else:
            super().keyPressEvent(event)

    def _store(self, line: FollowUpLine, word: str, said: str) -> None:
        if word in set(Rating):
            reason = said or f"电话回访，本人说{word}"
            command: Any = RateConsultation(line.id, word, reason, is_follow_up=True)
        else:
            command = RecordCall(line.id, word, said)
        self._page.do(command, lambda _: self._stored(word))

    def _stored(self, word: str) -> None:
        self._page.done(
            "已登记。群众要投诉的，请到“督导”页登记投诉" if word == Rating.dissatisfied else f"已登记：{word}"
        )
        self.table.setFocus()

    def _offer(self, found: tuple[SiteView, ...]) -> None:
        below = [(one.code, one.short_name or one.name) for one in found]
        self.site.set_choices([("", "全部站点"), *below])

    def _fill(self, found: FollowUpDesk) -> None:
        place = self.table.current()
        self.table.set_rows(found.lines)
        if place is not None and any(line.id == place.id for line in found.lines):
            self.table.select(next(line for line in found.lines if line.id == place.id))
        self._page.tell_of(self, found.words)

    def _show(self, line: FollowUpLine | None) -> None:
        if line is None:
            self.pane.show_nothing()
            return
        record, call = line.record, line.call
        self.pane.begin(f"{record.client}　{record.at.month}月{record.at.day}日的咨询")
        self.pane.facts(
            ("状态", call.state.words, _TONES[call.state]),
            ("期限", f"{call.by.month}月{call.by.day}日前"),
            ("事由", call.why),
            ("事项", "、".join(record.topics)),
            ("接待", f"{record.person}（{record.site_name}）"),
            columns=1,
        )
        phone = label(record.phone or "—")
        show = Button("显示电话", lambda: self._reveal(line, phone))
        self.pane.add(row(label("电话", "label"), phone, None, show))
        self.pane.note(_script(line))
        for one in call.calls:
            self.pane.add(label(f"{one.at:%m-%d %H:%M} {one.outcome}　{one.note}", "small2", wraps=True))
        if call.rating:
            self.pane.facts(("回访评价", call.rating), columns=1)
        if call.state in OPEN:
            ratings = [
                Button(f"{number} {word}", partial(self.take, word))
                for number, word in enumerate(KEYS.values(), 1)
            ]
            others = [
                Button(word, partial(self.take, word))
                for word in (CallOutcome.wrong_number.value, CallOutcome.declined.value)
            ]
            self.pane.add(column(row(*ratings[:3], None), row(ratings[3], *others, None), spacing=8))
        self.pane.end()

    def _reveal(self, line: FollowUpLine, place: Any) -> None:
        self._page.do(Reveal("consultation", line.id, "phone", WHY), place.setText)


def _script(line: FollowUpLine) -> str:
    record = line.record
    return (
        f"您好，我是{record.site_name}。您 {record.at.month}月{record.at.day}日来咨询过"
        f"{'、'.join(record.topics) or '法律问题'}，由{record.person}接待。"
        "想请您评价一下：满意、基本满意，还是不满意？有没有人向您收过钱？还有什么要我们帮忙的？"
    )


_COLUMNS = (
    Column("client", "咨询人", 84, "strong", value=lambda line: line.record.client),
    Column("on", "咨询日期", 84, value=lambda line: f"{line.record.at:%m-%d}"),
    Column(
        "topics",
        "事项",
        0,
        value=lambda line: "、".join(line.record.topics),
        sub=lambda line: line.record.site_name,
    ),
    Column("why", "事由", 96, value=lambda line: line.call.why, yields=1),
    Column("by", "期限", 84, value=lambda line: f"{line.call.by:%m-%d}"),
    Column("calls", "已打", 60, "number", value=lambda line: len(line.call.calls), yields=2),
    Column(
        "state",
        "状态",
        96,
        "tag",
        tag=lambda line: (_TONES[line.call.state], line.call.state.words),
        is_sortable=False,
    ),
)
