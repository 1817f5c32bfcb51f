"""What takes the whole of the kiosk for a moment: the green panel, the check-up, an early leaving, an explanation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.dates import time_text
from app.services.kiosk.check_up import CheckUp, ShiftRecord
from app.services.kiosk.punch_result import PunchResult
from app.services.kiosk.shifts import OpenShift
from app.ui.kiosk.people_list import FocusTile, PeopleList, tile
from app.ui.kiosk.side_panels import WholePanel, big_button, big_line
from app.ui.reading import read_time
from app.ui.theme import State, colours, px
from app.ui.widgets.card import row
from app.ui.widgets.marks import paint_mark
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.text import label, set_state

MARK, TOLD = 120, 240
"""A mark is as large at every scale, for the words need the room; what both have at the least, longer ones scroll."""
FORGOTTEN = ("忘记签退", "停电或电脑关机", "外出调解未返回")


class BigMark(QWidget):
    """A state's mark in a circle."""

    def __init__(self, state: State = State.DONE) -> None:
        super().__init__()
        self.state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(MARK, MARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().of(self.state)[0]))
        painter.drawEllipse(self.rect())
        inner = self.rect().adjusted(32, 32, -32, -32).toRectF()
        paint_mark(painter, inner, self.state, QColor(colours().card))


class DonePanel(QFrame):
    """Green, five seconds: who, what, when, for which duty. explain(shift): the person wants to explain at once."""

    explain = Signal(object)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.headline = _centred("kiosk-headline")
        self.notices = _centred("kiosk-title")
        self.question = _centred("kiosk-title")
        self.shift: OpenShift | None = None
        self.answer = big_button("说明离开时间", self._explain, is_primary=True)
        self.home = big_button("完成", leave)
        stack = QVBoxLayout(self)
        stack.setSpacing(px(20))
        stack.addWidget(_told(BigMark(), self.headline, self.notices, self.question), 1)
        for button in (self.answer, self.home):
            button.setFixedWidth(px(360))
            stack.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_result(self, result: PunchResult) -> None:
        """What was recorded, and an open shift that wants explaining."""
        self._say(result.headline, "；".join(result.notices), result.open_shifts)

    def show_words(self, words: str) -> None:
        """Any other thing well done."""
        self._say(words, "", ())

    def _say(self, headline: str, notices: str, shifts: Sequence[OpenShift]) -> None:
        set_state(self, state="done")
        self.headline.setText(headline)
        self.notices.setText(notices)
        self.notices.setVisible(bool(notices))
        set_state(self.notices, state="due")
        self.shift = shifts[0] if shifts else None
        self.question.setText(self.shift.sentence if self.shift else "")
        self.question.setVisible(self.shift is not None)
        self.answer.setVisible(self.shift is not None)
        (self.answer if self.shift else self.home).setFocus()

    def _explain(self) -> None:
        if self.shift is not None:
            self.explain.emit(self.shift)


class RecordsPanel(WholePanel):
    """The check-up before 签退, or the records of one's shift: what is missing in yellow."""

    def __init__(self, go_on: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.list = PeopleList()
        self.go = big_button("仍要签退", go_on)
        self.back = big_button("先去补齐", leave, is_primary=True)
        line = QHBoxLayout()
        line.setSpacing(px(16))
        line.addWidget(self.go)
        line.addWidget(self.back)
        self.stack.addWidget(self.list, 1)
        self.stack.addLayout(line)

    def show_check_up(self, found: CheckUp) -> None:
        """The faulty records; the focus on mending them."""
        self.title.setText(found.text)
        clause = f"依据　{found.clause}" if found.clause else ""
        self.list.show_tiles(clause, [self._tile(record) for record in found.faulty])
        self.go.show()
        self.back.set_text("先去补齐")
        self.back.setFocus()

    def show_shift(self, name: str, records: Sequence[ShiftRecord]) -> None:
        """All records of the shift."""
        lead = "" if records else "本班还没有登记咨询"
        self.title.setText(f"{name}　本班 {len(records)} 条咨询")
        self.list.show_tiles(lead, [self._tile(record) for record in records])
        self.go.hide()
        self.back.set_text("返回")
        self.back.setFocus()

    def _tile(self, record: ShiftRecord) -> FocusTile:
        tone, word = (
            (State.DUE, f"缺 {'、'.join(record.missing)}") if record.missing else (State.DONE, "齐全")
        )
        name = f"第 {record.number} 号　{time_text(record.at)}　{'、'.join(record.topics)}　{record.client}"
        made = tile(name.rstrip("　"), tone=tone, word=word, run=lambda: None, is_person=False)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made


class EarlyPanel(WholePanel):
    """Before an early sign-out is recorded: how early, what it costs and why; staying is what Enter chooses."""

    def __init__(self, go_on: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.words, self.note, self.clause = (
            _centred("kiosk-headline"),
            _centred("kiosk-title"),
            _centred("kiosk-line"),
        )
        set_state(self.note, state="due")
        self.go = big_button("现在签退", go_on)
        self.stay = big_button("继续值班", leave, is_primary=True)
        line = QHBoxLayout()
        line.setSpacing(px(16))
        line.addWidget(self.go)
        line.addWidget(self.stay)
        self.stack.addWidget(_told(BigMark(State.DUE), self.words, self.note, self.clause), 1)
        self.stack.addLayout(line)

    def show_early(self, name: str, found: CheckUp) -> None:
        """What a sign-out of this moment would mean."""
        early = found.early
        assert early is not None
        self.title.setText(f"{name}，您的班次还没有结束")
        self.words.setText(early.text)
        self.note.setText(early.note)
        self.note.setVisible(bool(early.note))
        self.clause.setText(f"依据　{early.clause}　{found.early_clause_text}" if early.clause else "")
        self.stay.setFocus()


class ExplainPanel(WholePanel):
    """When somebody left an open shift and why (E602). given(left_at, reason)."""

    given = Signal(object, str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.shift: OpenShift | None = None
        self.time = big_line("如 1302")
        self.reason = big_line("点上面的原因，或在这里写明")
        self.time.setAccessibleName("离开时间")
        self.reason.setAccessibleName("原因")
        self.time.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._give)
        choices = QHBoxLayout()
        choices.setSpacing(px(12))
        for words in FORGOTTEN:
            choices.addWidget(big_button(words, partial(self.reason.setText, words), size=64))
        steps = QHBoxLayout()
        steps.setSpacing(px(12))
        for words, minutes in (("早 30 分", -30), ("早 5 分", -5), ("晚 5 分", 5), ("晚 30 分", 30)):
            steps.addWidget(big_button(words, partial(self._move, minutes), size=64))
        ends = QHBoxLayout()
        ends.setSpacing(px(16))
        ends.addWidget(big_button("以后再说", leave))
        ends.addWidget(big_button("提交说明", self._give, is_primary=True))
        grid = QGridLayout()
        grid.setSpacing(14)
        for line, title in ((0, "离开时间"), (2, "原因")):
            grid.addWidget(label(title, "kiosk-line"), line, 0)
        grid.addWidget(self.time, 0, 1)
        grid.addLayout(steps, 1, 1)
        grid.addLayout(choices, 2, 1)
        grid.addWidget(self.reason, 3, 1)
        self.stack.addLayout(grid)
        self.stack.addStretch(1)
        self.stack.addLayout(ends)

    def start(self, shift: OpenShift) -> None:
        """Ask about a shift; the roster's end stands there as the first guess."""
        self.shift = shift
        self.title.setText(shift.sentence)
        self.show_fault("")
        guess = shift.duty.ends_at if shift.duty else shift.in_at
        self.time.setText(f"{guess:%H:%M}")
        self.reason.clear()
        self.time.setFocus()
        self.time.selectAll()

    def left_at(self) -> datetime | None:
        """Naive local; a time before the sign-in is the next morning's. None while it cannot be read."""
        assert self.shift is not None
        typed = read_time(self.time.text(), self.shift.in_at.time())
        if typed is None:
            return None
        found = datetime.combine(self.shift.in_at.date(), typed)
        return found if found > self.shift.in_at else found + timedelta(days=1)

    def _move(self, minutes: int) -> None:
        found = self.left_at()
        if found is not None:
            self.time.setText(f"{found + timedelta(minutes=minutes):%H:%M}")

    def _give(self) -> None:
        left = self.left_at()
        if left is None:
            self.show_fault("离开时间看不懂，请写成 13:02 或 1302")
            self.time.setFocus()
        elif not self.reason.text().strip():
            self.show_fault("请说明当时没有签退的原因")
            self.reason.setFocus()
        else:
            self.given.emit(left, self.reason.text().strip())


def _told(mark: BigMark, *words: QLabel) -> QScrollArea:
    """A mark and words in the middle of what room there is; very long ones scroll, the buttons below stay."""
    line = QWidget()
    line.setLayout(row(None, mark, None))
    return scrolled(line, *words, spacing=20, least=TOLD)


def _centred(role: str) -> QLabel:
    made = label("", role, wraps=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
