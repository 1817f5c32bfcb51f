"""The help window: the page's chapter, search from hit to hit, links, Esc."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui import style, theme
from app.ui.help.chapters import chapters
from app.ui.help.window import HelpWindow, open_help


def test_f1_shows_the_chapter_of_the_page_in_one_window(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    first = open_help(parent, "roster")
    assert first.key == "roster" and "复制上月" in first.text.toPlainText()
    assert open_help(parent, "pay") is first and first.key == "pay"


def test_typing_a_code_leads_to_its_sentence(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    qtbot.keyClicks(window.words.line, "E204")
    assert window.key == "codes" and window.text.textCursor().selectedText() == "E204"
    assert window.list.count() == 1 and window.text.extraSelections()
    qtbot.keyClicks(window.words.line, "9999")
    assert window.list.count() == 0 and "没有找到" in window.found.text()


def test_links_and_list_change_the_chapter(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.text.anchorClicked.emit(QUrl("trouble.md"))
    assert window.key == "trouble" and window.list.currentItem().text() == "出了问题怎么办"
    window.list.setCurrentRow(0)
    assert window.key == "index"


def test_every_chapter_can_be_drawn_and_tables_are_tables(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    for one in chapters():
        window.show_chapter(one.key)
        assert "|" not in window.text.toPlainText().replace("||", ""), one.key
        lost = set(re.findall(r"E\d{3}", one.text)) - set(re.findall(r"E\d{3}", window.text.toPlainText()))
        assert not lost, one.key


def test_esc_closes_and_the_size_follows_the_scale(qtbot: QtBot, qapp: QApplication) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    style.apply(qapp, scale=150)
    assert window.text.document().defaultFont().pixelSize() == theme.current().font(16).pixelSize()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isVisible())
