"""The base of pages with a list on the left and, beside it, the detail or a form in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.ui.page import PageView
from app.ui.widgets.side_form import Side, SideForm


class SidePage(PageView):
    """A page that makes its `side` with hold(pane); its forms go through fill_in()."""

    side: Side

    def hold(self, pane: QWidget) -> Side:
        """The side with the pane in it."""
        self.side = Side(pane)
        return self.side

    def fill_in(self, form: SideForm, command: Callable[[], Any], words: str, *, focus: str = "") -> None:
        """Show a form; command() is carried out when it is complete, then the form is put away and words told."""

        def saved(_result: Any) -> None:
            self.side.close_form()
            self.done(words)

        self.side.show_form(form, lambda: self.do(command(), saved, form=form.form), focus=focus)

    def save_item(self) -> None:
        self.side.submit_form()

    def go_back(self) -> bool:
        return self.side.close_form()
