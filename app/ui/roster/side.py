"""Holds the right-hand pane and, while one is open, the seat form in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.roster.pane import RosterPane
from app.ui.roster.seat import SeatForm


class RosterSide(QStackedWidget):
    """The pane; open_seat() puts a form over it until close_seat(), and the cards below make room for it."""

    def __init__(self, pane: RosterPane, below: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.pane, self._below = pane, below
        self.seat: SeatForm | None = None
        self.addWidget(pane)

    @property
    def is_open(self) -> bool:
        """Whether a form is being filled in."""
        return self.seat is not None

    def open_seat(
        self, form: SeatForm, save: Callable[[Any, SeatForm], object], leave: Callable[[], object]
    ) -> None:
        """Show a form; save(command, form) when it is complete, leave() when put away."""
        self.close_seat()
        self.seat = form
        form.left.connect(lambda: leave())
        form.when_saved(lambda: self._save(form, save))
        self.addWidget(form)
        self.setCurrentWidget(form)
        self.make_room(is_open=True)
        form.form.focus()

    def close_seat(self) -> None:
        """Back to the pane."""
        if self.seat is not None:
            self.removeWidget(self.seat)
            self.seat.deleteLater()
            self.seat = None
            self.make_room(is_open=False)
        self.setCurrentWidget(self.pane)

    def make_room(self, *, is_open: bool) -> None:
        """Put the cards below away while something long is open here, or show them again."""
        for card in self._below:
            card.setVisible(not is_open and bool(card.property("wanted")))

    def _save(self, form: SeatForm, save: Callable[[Any, SeatForm], object]) -> None:
        command = form.command()
        if command is not None:
            save(command, form)
