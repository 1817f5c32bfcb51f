"""A form in the place of the detail pane: title, what to know, fields that scroll, and its steps at the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.form import Form
from app.ui.widgets.into_view import bring_into_view
from app.ui.widgets.text import label

HEIGHT = 320
"""What a form keeps where it stands below the list, pixels of the 100 % drawing: at 175 % it fills the room."""


class SideForm(Card):
    """saved: the form's own check passed and it wants to be saved. left: it was put away."""

    saved = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        words: str = "保存",
        *,
        note: str = "",
        columns: int = 1,
        keys: str = "",
        is_note_first: bool = False,
    ) -> None:
        super().__init__(title, spacing=12)
        self.setMinimumHeight(px(HEIGHT))
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
        self._stack = stack
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        scroll.setWidget(holder)
        self.add(scroll, stretch=1)
        self.add(row(self.save_button, Button("返回", self.left.emit), None))

    def hold_list(self, made: QWidget, *steps: Button) -> None:
        """Put a list below the fields that takes the room left free, and below it what may be done with its lines."""
        self._stack.insertWidget(self._stack.count() - 1, made, 1)
        self.add_steps(*steps)
        self._stack.setStretch(self._stack.count() - 1, 0)

    def add_steps(self, *steps: Button) -> None:
        """Put what may be done besides saving below the fields."""
        self._stack.insertLayout(self._stack.count() - 1, row(*steps, None))

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


class Side(QStackedWidget):
    """The pane that follows the selection and, while one is filled in, a form in its place."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__()
        self.pane = pane
        self.addWidget(pane)

    @property
    def form(self) -> SideForm | None:
        """The form being filled in."""
        current = self.currentWidget()
        return current if isinstance(current, SideForm) else None

    def show_form(self, form: SideForm, save: Callable[[], object], *, focus: str = "") -> None:
        """Put a form in the pane's place, instead of one already there; save() when it is complete."""
        self.close_form()
        form.when_saved(save)
        form.left.connect(lambda: self.close_form())
        self.addWidget(form)
        self.setCurrentWidget(form)
        form.form.focus(focus)
        bring_into_view(form)

    def submit_form(self) -> bool:
        """Save the form if nothing is missing; whether there is one."""
        form = self.form
        if form is not None:
            form.submit()
        return form is not None

    def close_form(self) -> bool:
        """Back to the pane, the form put away; whether there was one."""
        form = self.form
        self.setCurrentWidget(self.pane)
        if form is not None:
            self.removeWidget(form)
            form.deleteLater()
        return form is not None
