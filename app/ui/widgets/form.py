"""The form: fields on a grid, faults beneath them, the first fault focused, the draft kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Problem
from app.ui.drafts import DraftKeeper
from app.ui.theme import px
from app.ui.widgets.field import Field
from app.ui.widgets.into_view import bring_into_view

F = TypeVar("F", bound=Field)
DRAFT_MS = 800


class Form(QWidget):
    """Fields by name. changed: something was changed by hand. submitted: Enter in the last field.

    columns: how many columns the grid has; a field takes `span` of them and the next row when it does not fit.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._columns, self._row, self._column = columns, 0, 0
        self._placed: list[tuple[QWidget, int, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(12))
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
        self._amended: Callable[[], object] | None = None
        self._drafts: DraftKeeper | None = None
        self._draft_key = ""
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self.save_draft)

    # building

    def add(self, name: str, field: F, *, span: int = 1, starts_row: bool = False) -> F:
        """Put a field in under its command's field name."""
        self.put(field, span=span, starts_row=starts_row)
        self.count_in(name, field)
        return field

    def count_in(self, name: str, field: Field) -> None:
        """Let a field that stands in the form in a place of its own belong to it."""
        self.fields[name] = field
        field.is_in_form = True
        field.changed.connect(self._on_change)
        field.entered.connect(lambda: self._next(field))

    def put(self, widget: QWidget, *, span: int = 1, starts_row: bool = False) -> None:
        """Put any widget in the grid."""
        self._placed.append((widget, span, starts_row))
        self._place(widget, span, starts_row)

    def reflow(self, columns: int) -> None:
        """Lay the same fields out anew in so many columns; a span wider than that takes the whole row."""
        if columns == self._columns:
            return
        for widget, _span, _starts_row in self._placed:
            self._grid.removeWidget(widget)
        for number in range(max(columns, self._columns)):
            self._grid.setColumnStretch(number, int(number < columns))
        self._columns, self._row, self._column = columns, 0, 0
        for widget, span, starts_row in self._placed:
            self._place(widget, min(span, columns), starts_row)

    def _place(self, widget: QWidget, span: int, starts_row: bool) -> None:
        if self._column + span > self._columns or (starts_row and self._column):
            self._row, self._column = self._row + 1, 0
        self._grid.addWidget(widget, self._row, self._column, 1, span)
        self._column += span
        self._grid.setRowStretch(self._row, 0)
        self._grid.setRowStretch(self._row + 1, 1)

    def keep_draft(self, drafts: DraftKeeper, key: str) -> bool:
        """Keep what is typed under a key until cleared; whether an earlier draft was put back."""
        self._drafts, self._draft_key = drafts, key
        kept = drafts.load(key)
        for name, value in (kept or {}).items():
            if name in self.fields:
                self.fields[name].set_draft(value)
        return bool(kept)

    # values

    def values(self) -> dict[str, Any]:
        """Field name → value."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: dict[str, Any]) -> None:
        """Show values; names that the form does not have are passed over."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)
                self.fields[name].show_refusal("")

    def clear(self, keep: Iterable[str] = ()) -> None:
        """Empty the form (but for `keep`), take faults away and forget the draft."""
        kept = set(keep)
        for name, field in self.fields.items():
            field.show_refusal("")
            if name not in kept:
                field.set_value(None)
        self.forget_draft()

    # faults

    def check(self) -> bool:
        """Show what the form itself can tell: missing required fields, unreadable dates. True if nothing."""
        faults = {name: _fault_of(field) for name, field in self.fields.items()}
        for name, text in faults.items():
            self.fields[name].show_fault(text)
        if any(faults.values()):
            self.focus_fault()
        return not any(faults.values())

    def show_problems(
        self, problems: Iterable[Problem], amended: Callable[[], object] | None = None
    ) -> tuple[Problem, ...]:
        """Put refusals beneath their fields and focus the first; returns those of no field here.

        Each stays until its field is changed; amended() is called once none is left.
        """
        for field in self.fields.values():
            field.show_refusal("")
        left = []
        for problem in problems:
            if problem.field in self.fields:
                self.fields[problem.field].show_refusal(str(problem))
            else:
                left.append(problem)
        self._amended = amended
        self.focus_fault()
        return tuple(left)

    def focus_fault(self) -> None:
        """Focus the first field with a fault."""
        for field in self.fields.values():
            if field.fault():
                field.setFocus()
                bring_into_view(field)
                return

    def focus(self, name: str = "") -> None:
        """Focus a field, or the first one."""
        if self.fields:
            (self.fields[name] if name else next(iter(self.fields.values()))).setFocus()

    # the draft

    def save_draft(self) -> None:
        """Keep the draft now."""
        self._timer.stop()
        if self._drafts is not None:
            self._drafts.save(self._draft_key, {name: f.draft() for name, f in self.fields.items()})

    def forget_draft(self) -> None:
        """Forget the draft, after saving the record."""
        self._timer.stop()
        if self._drafts is not None:
            self._drafts.forget(self._draft_key)

    def keep_now(self) -> None:
        """Keep the draft if something was typed since it was last kept."""
        if self._timer.isActive():
            self.save_draft()

    def hideEvent(self, event: object) -> None:
        self.keep_now()

    def _on_change(self) -> None:
        if self._amended is not None and not any(field.refusal() for field in self.fields.values()):
            amended, self._amended = self._amended, None
            amended()
        if self._drafts is not None:
            self._timer.start()
        self.changed.emit()

    def _next(self, field: Field) -> None:
        """Enter goes to the next field as Tab does, all of it selected; from the last one the form is submitted."""
        every = [one for one in self.fields.values() if one is field or one.isVisibleTo(self)]
        if field is every[-1]:
            self.submitted.emit()
        else:
            every[every.index(field) + 1].setFocus(Qt.FocusReason.TabFocusReason)


def _fault_of(field: Field) -> str:
    if field.is_required and field.is_empty():
        return f"{field.asking}{field.title}"
    return field.own_fault()
