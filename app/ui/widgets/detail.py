"""The pane on the right that follows the selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import State, px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.pending import AnswerState, PendingPart
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

PAD = 16
LABEL = 56
Fact = tuple[str, str] | tuple[str, str, State | str]


class DetailPane(Card):
    """Shows one thing: title, facts, widgets, actions at the foot. Shows a sentence while nothing is selected."""

    def __init__(self, nothing: str = "选中一行，这里显示详情") -> None:
        super().__init__(spacing=12)
        self.inner.setContentsMargins(px(PAD), px(PAD), px(4), px(PAD))
        self.content: object = None
        """What the pane shows, where its owner says so: the same again leaves it as it is, revealed numbers included."""
        self._empty = EmptyState(nothing, icon="info")
        self._content = QWidget()
        self._content.setProperty("role", "scrolled")
        self._stack = QVBoxLayout(self._content)
        self._stack.setContentsMargins(0, 0, px(PAD - 4), 0)
        self._stack.setSpacing(px(12))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._scroll.setWidget(self._content)
        self._foot = QWidget()
        self._foot_row = row(spacing=8)
        self._foot.setLayout(self._foot_row)
        self.pending = PendingPart(AnswerState.here)
        self.pending.turned.connect(self._hide_old)
        self.inner.addWidget(self._empty, 1)
        self.inner.addWidget(self.pending, 1)
        self.inner.addWidget(self._scroll, 1)
        self.inner.addWidget(self._foot)
        self.show_nothing()

    def show_nothing(self, text: str = "") -> None:
        """Nothing is selected."""
        self.content = None
        if text:
            self._empty.set_text(text)
        self.pending.come()
        self._empty.show()
        self._scroll.hide()
        self._foot.hide()

    def begin(self, title: str) -> DetailPane:
        """Empty the pane and set its title; then add() what it shows."""
        self.content = None
        _clear(self._stack)
        _clear(self._foot_row)
        self._stack.addWidget(label(title, "section", wraps=True))
        self._stack.addStretch(0)
        self.setAccessibleName(title)
        self.pending.come()
        self._empty.hide()
        self._scroll.show()
        self._foot.hide()
        return self

    def _hide_old(self) -> None:
        """What was selected before is not shown as what is selected now."""
        if self.pending.is_open:
            self.content = None
            for part in (self._empty, self._scroll, self._foot):
                part.hide()

    def add(self, *items: QWidget | QLayout, stretch: int = 0) -> DetailPane:
        """Put widgets or layouts below what is there."""
        for item in items:
            last = self._stack.count() - 1
            if isinstance(item, QWidget):
                self._stack.insertWidget(last, item, stretch)
            else:
                self._stack.insertLayout(last, item, stretch)
        return self

    def facts(self, *facts: Fact, columns: int = 1) -> DetailPane:
        """Names and values; with a state as third part the value is a tag."""
        return self.add(fact_grid(facts, columns))

    def note(self, text: str) -> DetailPane:
        """A quiet block of text: the clause, the source."""
        return self.add(label(text, "note", wraps=True))

    def end(self, *actions: Button | None) -> DetailPane:
        """Close the pane with its actions; None is a stretch."""
        for action in actions:
            if action is None:
                self._foot_row.addStretch(1)
            else:
                self._foot_row.addWidget(action)
        if None not in actions:
            self._foot_row.addStretch(1)
        self._foot.setVisible(bool(actions))
        QTimer.singleShot(0, self._content, self._settle)
        return self

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What wraps anew in another width wants another height; the scroll area is told, so that nothing is squeezed."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._content, self._settle)

    def _settle(self) -> None:
        self._stack.invalidate()
        self._content.updateGeometry()


def fact_grid(facts: Sequence[Fact], columns: int = 1) -> QGridLayout:
    """Names and values side by side, in one or more columns."""
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(px(12))
    made.setVerticalSpacing(px(6))
    for place in range(columns):
        made.setColumnMinimumWidth(place * 2, px(LABEL))
    for at, fact in enumerate(facts):
        line, place = divmod(at, columns)
        made.addWidget(label(fact[0], "label"), line, place * 2, Qt.AlignmentFlag.AlignTop)
        side = Qt.AlignmentFlag.AlignLeft if len(fact) == 3 else Qt.AlignmentFlag(0)
        made.addWidget(_value(fact), line, place * 2 + 1, Qt.AlignmentFlag.AlignTop | side)
        made.setColumnStretch(place * 2 + 1, 1)
    return made


def _value(fact: Fact) -> QWidget:
    if len(fact) == 3:
        return Tag(fact[1], fact[2])
    made: QLabel = label(fact[1] or "—", wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _clear(inner)
            inner.deleteLater()
