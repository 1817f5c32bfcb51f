"""A consultation becomes an application by few keys, and the case goes on without a mouse (Y13)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.case_values import CaseState
from app.models.cases import LegalCase
from app.ui.cases.forms import ApplicationForm
from tests.exchange.pair import county
from tests.services.conftest import Desk, make_desk
from tests.services.conftest import county as office
from tests.services.consultation_desk import go_to, lawyer, on_duty, record
from tests.ui.exchange_windows import settle
from tests.ui.test_room import shown

__all__ = ["county", "make_desk", "office"]
MOST = 40
CTRL = Qt.KeyboardModifier.ControlModifier
Keys = Qt.Key


class Keyboard:
    """Presses keys where the focus is; counts those that are no text."""

    def __init__(self) -> None:
        self.controls = 0

    def press(self, key: Keys, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.controls += 1
        QTest.keyClick(self.focus, key, modifier)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)
        QApplication.processEvents()

    def tab_to(self, wanted: QWidget) -> None:
        """Tab until the focus is there."""
        for _ in range(MOST):
            if self.focus is wanted:
                return
            self.press(Keys.Key_Tab)
        raise AssertionError("the focus never comes there")

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found


def test_y13_an_application_from_a_consultation_takes_at_most_forty_control_keys(
    qtbot: Any, office: Desk
) -> None:
    on_duty(office, (lawyer(office), "09:00-17:00"))
    go_to(office, "09:30")
    record(office)
    shell = shown(qtbot, office)
    shell.go("consultations")
    settle(qtbot, shell)
    keys = Keyboard()
    keys.press(Keys.Key_T, CTRL)
    settle(qtbot, shell)
    view: Any = shell.view()
    qtbot.waitUntil(lambda: isinstance(view.side.form, ApplicationForm))
    settle(qtbot, shell)
    keys.tab_to(view.side.form.form.fields["kind"].line)
    keys.type("ms")
    keys.press(Keys.Key_Return)
    keys.press(Keys.Key_Return, CTRL)
    settle(qtbot, shell)
    with Session(office.office.database.reader) as session:
        case = session.scalars(select(LegalCase)).one()
    assert case.consultation_id and case.applicant
    assert keys.controls <= MOST
    assert view.table.current().state == CaseState.registered
    shell.close()
