"""Holds the right-hand pane and, while one is open, the seat form in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.ui.roster.pane import RosterPane
from app.ui.roster.seat import SeatForm
from app.ui.widgets.side_form import Side


class RosterSide(Side):
    """The pane; open_seat() puts a form over it, and the cards below make room for it."""

    def __init__(self, pane: RosterPane, below: Sequence[QWidget] = ()) -> None:
        super().__init__(pane)
        self._below = below

    @property
    def seat(self) -> SeatForm | None:
        """The form being filled in."""
        form = self.form
        return form if isinstance(form, SeatForm) else None

    def open_seat(
        self, form: SeatForm, save: Callable[[Any, SeatForm], object], leave: Callable[[], object]
    ) -> None:
        """Show a form; save(command, form) when it is complete, leave() when put away."""
        self.show_form(form, lambda: self._save(form, save))
        form.left.connect(lambda: leave())
        self.make_room(is_open=True)

    def close_form(self) -> bool:
        """Back to the pane."""
        was_open = super().close_form()
        if was_open:
            self.make_room(is_open=False)
        return was_open

    def make_room(self, *, is_open: bool) -> None:
        """Put the cards below away while something long is open here, or show them again."""
        for card in self._below:
            card.setVisible(not is_open and bool(card.property("wanted")))

    def _save(self, form: SeatForm, save: Callable[[Any, SeatForm], object]) -> None:
        command = form.command()
        if command is not None:
            save(command, form)
