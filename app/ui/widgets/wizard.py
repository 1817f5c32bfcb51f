"""The frame of a task in steps: first start, enrolment, import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card
from app.ui.widgets.text import label, set_state


@dataclass(frozen=True)
class WizardStep:
    """One step: its name in the list, a sentence, its widget, and leave() which tells whether to go on.

    leave: True goes on, False stays (the step shows why). words: the button's, when not 下一步.
    has_back: whether one may still go back or give up from here.
    """

    title: str
    lead: str
    widget: QWidget
    leave: Callable[[], bool] = lambda: True
    enter: Callable[[], None] = lambda: None
    words: str = "下一步"
    has_back: bool = True


class Wizard(QWidget):
    """Steps listed on the left, one at a time on the right. finished when the last is left; cancelled on 取消."""

    finished = Signal()
    cancelled = Signal()

    def __init__(self, title: str, steps: list[WizardStep] | None = None, *, may_cancel: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.steps: list[WizardStep] = []
        self._at = 0
        self.banner = Banner()
        self._marks: list[QLabel] = []
        self._list = QVBoxLayout()
        self._title, self._lead = label("", "title"), label("", "lead", wraps=True)
        self._stack = QStackedWidget()
        self.back = Button("上一步", self.go_back)
        self.next = Button("下一步", self.go_on, kind=PRIMARY, keys="Ctrl+Return")
        self.cancel = Button("取消", self.cancelled.emit)
        self._may_cancel = may_cancel
        self._build(title)
        for step in steps or []:
            self.add(step)
        if self.steps:
            self._show(0)

    def add(self, step: WizardStep) -> None:
        """Add a step at the end."""
        mark = label(f"{len(self.steps) + 1}　{step.title}", "muted")
        self._marks.append(mark)
        self._list.addWidget(mark)
        self.steps.append(step)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        step.widget.setProperty("role", "scrolled")
        scroll.setWidget(step.widget)
        self._stack.addWidget(scroll)
        self._show(self._at)

    def at(self) -> int:
        """The number of the step shown, from 0."""
        return self._at

    def go_on(self) -> None:
        """Leave this step if it lets us."""
        self.banner.hide()
        if not self.steps[self._at].leave():
            return
        if self._at + 1 == len(self.steps):
            self.finished.emit()
        else:
            self._show(self._at + 1)

    def go_back(self) -> None:
        """The step before; nothing typed is lost."""
        if self._at and self.steps[self._at].has_back:
            self._show(self._at - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
        elif key == Qt.Key.Key_Escape and self._at:
            self.go_back()

    def _build(self, title: str) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(40), px(32), px(40), px(32))
        whole.setSpacing(px(32))
        side = QVBoxLayout()
        side.setSpacing(px(16))
        side.addWidget(label("惠民法律服务台", "brand"))
        side.addWidget(label(title, "title", wraps=True))
        side.addSpacing(px(8))
        self._list.setSpacing(px(12))
        side.addLayout(self._list)
        side.addStretch(1)
        holder = QWidget()
        holder.setLayout(side)
        holder.setFixedWidth(px(220))
        whole.addWidget(holder)
        card = Card(pad=24, spacing=12)
        card.add(self._title, self._lead, self.banner)
        card.inner.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        card.inner.addLayout(foot)
        whole.addWidget(card, 1)

    def _show(self, at: int) -> None:
        self._at = at
        step = self.steps[at]
        self._title.setText(step.title)
        self._lead.setText(step.lead)
        self._lead.setVisible(bool(step.lead))
        self._stack.setCurrentIndex(at)
        self.back.setVisible(at > 0 and step.has_back)
        self.cancel.setVisible(self._may_cancel and step.has_back)
        self.next.set_text(step.words)
        for number, mark in enumerate(self._marks):
            name = self.steps[number].title
            sign = "✓" if number < at else str(number + 1)
            mark.setText(f"{sign}　{name}")
            set_state(mark, role="strong" if number == at else "muted", state="info" if number == at else "")
        step.enter()
        step.widget.focusNextChild() if step.widget.focusWidget() is None else None
