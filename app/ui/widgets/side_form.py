"""A form in the place of the detail pane: title, what to know, fields that scroll, and its steps at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.form import Form
from app.ui.widgets.text import label


class SideForm(Card):
    """saved: the form's own check passed and it wants to be saved. left: it was put away."""

    saved = Signal()
    left = Signal()

    def __init__(
        self, title: str, words: str = "保存", *, note: str = "", columns: int = 1, keys: str = "",
        is_note_first: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, spacing=12)
        self.note = label(note, "note", wraps=True)
        if not note:
            self.note.hide()
        self.form = Form(columns)
        self.form.submitted.connect(self.submit)
        self.save_button = Button(words, self.submit, kind=PRIMARY, keys=keys)
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        stack = QVBoxLayout(holder)
        stack.setContentsMargins(0, 0, px(8), 0)
        stack.setSpacing(px(12))
        for part in (self.note, self.form) if is_note_first else (self.form, self.note):
            stack.addWidget(part)
        stack.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        scroll.setWidget(holder)
        self.add(scroll, stretch=1)
        self.add(row(self.save_button, Button("返回", self.left.emit), None))

    def set_note(self, text: str) -> None:
        """What to know while filling it in."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def submit(self) -> None:
        """Save if nothing is missing."""
        if self.form.check():
            self.saved.emit()

    def when_saved(self, run: Callable[[], object]) -> SideForm:
        """Connect saved."""
        self.saved.connect(lambda: run())
        return self
