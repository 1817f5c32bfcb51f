"""Enter presses what has the focus, and only that; what is not simply undone waits for more than one Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QVBoxLayout, QWidget

from app.ui.bars import SearchButton
from app.ui.nav import NavItem
from app.ui.page import Page, PageView
from app.ui.progress import ProgressDialog
from app.ui.runner import Job
from app.ui.widgets.button import Button, link
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.fields import LineField, TickField
from app.ui.widgets.form import Form

RETURN = Qt.Key.Key_Return


def focused(qtbot: Any, widget: QWidget, part: QWidget | None = None) -> QWidget:
    """Show a widget and give it, or a part of it, the focus."""
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitExposed(widget)
    if part is not None:
        part.setFocus()
    QApplication.processEvents()
    return widget


BUTTONS: dict[str, Callable[[], QAbstractButton]] = {
    "button": lambda: Button("审核"),
    "link": lambda: link("查看", lambda: None),
    "search": SearchButton,
    "navigation": lambda: NavItem(Page("today", "今日", "today", PageView), "今日", 1),
    "tick": lambda: TickField("含已停用").tick,
}


@pytest.mark.parametrize("kind", BUTTONS)
@pytest.mark.parametrize("key", [RETURN, Qt.Key.Key_Enter])
def test_enter_presses_the_button_that_has_the_focus_once(qtbot: Any, kind: str, key: Any) -> None:
    button = BUTTONS[kind]()
    holder = button.parentWidget() or button
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    focused(qtbot, holder, button)
    QTest.keyClick(button, key)
    assert len(pressed) == 1


def test_enter_held_down_presses_once(qtbot: Any) -> None:
    pressed: list[int] = []
    button = Button("审核", lambda: pressed.append(1))
    focused(qtbot, button, button)
    for is_repeat in (False, True, True):
        held = QKeyEvent(
            QEvent.Type.KeyPress, RETURN, Qt.KeyboardModifier.NoModifier, "\r", autorep=is_repeat
        )
        QApplication.sendEvent(button, held)
    assert pressed == [1]


def test_enter_in_a_line_of_a_dialog_presses_no_button(qtbot: Any) -> None:
    dialog, pressed = QDialog(), list[int]()
    stack, line = QVBoxLayout(dialog), LineField("名称")
    stack.addWidget(line)
    stack.addWidget(Button("删除", lambda: pressed.append(1)))
    focused(qtbot, dialog, line)
    QTest.keyClick(line.line, RETURN)
    assert not pressed


def test_enter_typed_ahead_does_not_stop_long_work(qtbot: Any) -> None:
    job = Job(lambda _progress: None, title="正在导出")
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ProgressDialog(job, window)
    focused(qtbot, dialog)
    for _ in range(2):
        QTest.keyClick(dialog.focusWidget() or dialog, RETURN)
    assert dialog.focusWidget() is dialog.bar and not job.is_cancelled
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), RETURN)
    assert job.is_cancelled


@pytest.mark.parametrize("is_dangerous", [True, False])
def test_a_question_starts_on_leaving_it(qtbot: Any, is_dangerous: bool) -> None:
    line, done = ConfirmLine(), list[str]()
    focused(qtbot, line)
    line.ask("上报 2022年4月，之后不能再改。", "上报", done.append, is_dangerous=is_dangerous)
    assert line.focusWidget() is line._no
    QTest.keyClick(line._no, RETURN)
    assert not done and line.isHidden()
    line.ask("上报 2022年4月，之后不能再改。", "上报", done.append, is_dangerous=is_dangerous)
    line._yes.setFocus()
    QTest.keyClick(line._yes, RETURN)
    assert done == [""]


def test_a_dangerous_step_is_not_done_by_the_enter_after_its_reason(qtbot: Any) -> None:
    line, done = ConfirmLine(), list[str]()
    focused(qtbot, line)
    line.ask("停用这个站点。", "停用", done.append, is_dangerous=True, needs_reason=True)
    field: Any = line.reason()
    QTest.keyClick(field.line, RETURN)
    assert field.fault() == "请写明理由" and not done
    field.set_value("并入县城")
    QTest.keyClick(field.line, RETURN)
    assert line.focusWidget() is line._no and not done
    line._yes.click()
    assert done == ["并入县城"]


def test_enter_goes_on_past_ticks_and_what_a_form_does_not_show(qtbot: Any) -> None:
    form, sent = Form(), list[int]()
    name = form.add("name", LineField("姓名"))
    hidden = form.add("hidden", LineField("内部"))
    hidden.hide()
    tick = form.add("tick", TickField("公职人员"))
    form.submitted.connect(lambda: sent.append(1))
    focused(qtbot, form, name)
    QTest.keyClick(name.line, RETURN)
    assert form.focusWidget() is tick.tick
    QTest.keyClick(tick.tick, RETURN)
    assert sent == [1] and tick.value() is False
