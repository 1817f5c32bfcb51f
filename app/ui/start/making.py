"""What both first-run wizards share: they make an office away from the GUI thread, then hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.errors import Said
from app.ui.start.administrator import AdministratorPage
from app.ui.start.context import Start
from app.ui.start.finish import FinishPage
from app.ui.start.recovery_page import RecoveryPage
from app.ui.widgets.wizard import Wizard, WizardStep


class MakingView(QWidget):
    """opened(office, actor): made and in use. left: back to the first question."""

    opened = Signal(object, object)
    left = Signal()

    def __init__(self, start: Start, title: str, what_next: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._start = start
        self._made: Any = None
        """What was made, with its `office`; None until then."""
        self.admin = AdministratorPage()
        self.recovery, self.finish = RecoveryPage(start), FinishPage(what_next)
        self.wizard = Wizard(title)
        self.wizard.cancelled.connect(self.left)
        self.wizard.finished.connect(self._open)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.wizard)

    def _lay(self, steps: Sequence[WizardStep]) -> None:
        """Put the steps in; the administrator's last field goes on by Enter."""
        for step in steps:
            self.wizard.add(step)
        self.admin.entered.connect(self.wizard.go_on)

    def _done(self, made: Any) -> None:
        self._made = made
        self.admin.password.clear()
        self._busy(False)
        self.wizard.go_on()

    def _fail(self, said: Said) -> None:
        self._busy(False)
        self.wizard.banner.show_text(str(said), "fault")

    def _busy(self, is_busy: bool) -> None:
        self.wizard.next.setEnabled(not is_busy)
        self.wizard.back.setEnabled(not is_busy)
        self.wizard.next.set_text("正在建立…" if is_busy else "建立办公点")

    def _open(self) -> None:
        if self._made is not None:
            office = self._made.office
            self.opened.emit(office, office.actor_of(self.admin.name.value()))
