"""The strip for the provincial system: F8 copies field by field, also while another program has the focus where it may (Y07)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.services.quality.provincial_order import RekeyField
from app.ui.cases.hotkey import F8, MESSAGES, ONCE, SHIFT, HotKeys, key_door
from app.ui.cases.rekey import RekeyStrip
from app.ui.widgets.text import PlainLabel

FIELDS = (RekeyField("姓名", "张秀兰"), RekeyField("案由", "劳动报酬"), RekeyField("电话", "13800006021"))


@dataclass
class Door:
    """A system whose keys are given out here; a message is the number of the key pressed."""

    others: frozenset[tuple[int, int]] = frozenset()
    held: dict[int, tuple[int, int]] = field(default_factory=dict)

    def take(self, number: int, modifiers: int, key: int) -> bool:
        if (modifiers, key) in self.others:
            return False
        self.held[number] = (modifiers, key)
        return True

    def give_back(self, number: int) -> None:
        del self.held[number]

    def pressed(self, message: int) -> int:
        return message


def strip_of(qtbot: Any, door: Door | None = None) -> RekeyStrip:
    strip = RekeyStrip("援字〔2022〕第1号", FIELDS, door=door)
    qtbot.addWidget(strip, before_close_func=lambda _strip: None)
    strip.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    strip.show()
    strip.activateWindow()
    QApplication.processEvents()
    return strip


def words(strip: RekeyStrip) -> str:
    return "\n".join(one.text() for one in strip.findChildren(PlainLabel))


def test_y07_f8_copies_the_next_field_and_esc_empties_the_clipboard(qtbot: Any) -> None:
    strip, clipboard = strip_of(qtbot), QGuiApplication.clipboard()
    for one in FIELDS:
        qtbot.keyClick(strip, Qt.Key.Key_F8)
        assert clipboard.text() == one.value
    qtbot.keyClick(strip, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert clipboard.text() == FIELDS[1].value
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert clipboard.text() == "" and not strip.isVisible()


def test_where_the_system_has_no_keys_to_give_the_strip_says_that_it_wants_the_focus(qtbot: Any) -> None:
    if key_door() is None:
        assert "先点一下这个小窗口" in words(strip_of(qtbot))


def test_keys_of_the_system_work_while_the_strip_is_open(qtbot: Any) -> None:
    door = Door()
    strip = strip_of(qtbot, door)
    assert sorted(door.held.values()) == [(ONCE, F8), (ONCE | SHIFT, F8)]
    assert "浏览器里按 F8 也管用" in words(strip)
    numbers = {keys: number for number, keys in door.held.items()}
    assert strip._hot.nativeEventFilter(QByteArray(MESSAGES), numbers[ONCE, F8]) == (True, 0)
    assert QGuiApplication.clipboard().text() == "张秀兰"
    for other in ((QByteArray(MESSAGES), 99), (QByteArray(b"xcb_generic_event_t"), 1)):
        assert strip._hot.nativeEventFilter(*other) == (False, 0)
    strip.close()
    assert door.held == {}


def test_a_key_of_another_program_is_left_to_it(qtbot: Any) -> None:
    door = Door(others=frozenset({(ONCE | SHIFT, F8)}))
    assert "被别的程序占用" in words(strip_of(qtbot, door)) and door.held == {}


@pytest.mark.parametrize("is_open", [True, False])
def test_keys_not_held_run_nothing(is_open: bool) -> None:
    ran = list[str]()
    keys = HotKeys({(0, F8): lambda: ran.append("F8")}, Door() if is_open else None)
    assert keys.nativeEventFilter(QByteArray(MESSAGES), 1) == (False, 0) and ran == []
