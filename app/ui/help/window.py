"""The help window (F1): chapters on the left, the text on the right, a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.help.chapters import Chapter, as_lines, chapter, chapters, folder, search
from app.ui.theme import px
from app.ui.widgets.card import Card, columns
from app.ui.widgets.fields import LineField
from app.ui.widgets.text import label

LIST_WIDTH = 248
TEXT_SIZE = 16
LINE_HEIGHT = 135
ROW = 32
KEY = Qt.ItemDataRole.UserRole


def open_help(parent: QWidget, key: str = "") -> HelpWindow:
    """Show a page's chapter in the help window of this parent, which is made when first asked for."""
    window = parent.findChild(HelpWindow) or HelpWindow(parent)
    window.show_chapter(key)
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class HelpWindow(QWidget):
    """The manual. Enter in the search goes from hit to hit, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("帮助 · 惠民法律服务台")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = LineField("", hint="查找，如 补签、E203")
        self.words.line.setAccessibleName("在帮助里查找")
        self.found = label("", "small")
        self.list = QListWidget()
        self.text = QTextBrowser()
        self._shown: Chapter = chapters()[0]
        self._build()
        self.words.changed.connect(self._search)
        self.words.entered.connect(self.next_hit)
        self.list.currentItemChanged.connect(self._picked)
        self.text.anchorClicked.connect(self._follow)
        theme.changes().changed.connect(self._draw)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        QShortcut(QKeySequence("F3"), self).activated.connect(self.next_hit)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.words.setFocus)
        self._list(chapters())

    @property
    def key(self) -> str:
        """Key of the chapter shown."""
        return self._shown.key

    def show_chapter(self, key: str) -> None:
        """Show the chapter of a page, or the index."""
        self.words.set_value("")
        self._list(chapters())
        self._select(chapter(key))
        self.text.setFocus()

    def next_hit(self) -> None:
        """The next place with the words searched for; after the last one the first again."""
        words = self.words.value()
        if words and not self.text.find(words):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words)

    def _build(self) -> None:
        self.resize(px(1040), px(720))
        self.list.setProperty("role", "drop-plain")
        self.list.setAccessibleName("章节")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setSearchPaths([str(folder())])
        self.text.setAccessibleName("帮助正文")
        chosen = Card(pad=12).add(self.words, self.found).add(self.list, stretch=1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(16), px(16), px(16))
        outer.addLayout(columns((chosen, LIST_WIDTH), (Card(pad=16).add(self.text, stretch=1), 1)))

    def _list(self, found: tuple[Chapter, ...]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        words = self.words.value()
        for one in found:
            item = QListWidgetItem(f"{one.title}　{one.count(words)}" if words else one.title, self.list)
            item.setData(KEY, one.key)
            item.setSizeHint(QSize(0, px(ROW)))
        self.list.blockSignals(False)
        self.found.setText(
            f"{len(found)} 章有“{words}”，按 Enter 看下一处"
            if found and words
            else f"没有找到“{words}”，请换个说法"
            if words
            else ""
        )

    def _search(self) -> None:
        found = search(self.words.value())
        self._list(found)
        if found:
            self._select(found[0])
            self.next_hit()

    def _select(self, wanted: Chapter) -> None:
        self._shown = wanted
        for at in range(self.list.count()):
            if self.list.item(at).data(KEY) == wanted.key:
                self.list.blockSignals(True)
                self.list.setCurrentRow(at)
                self.list.blockSignals(False)
        self._draw()

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._shown = chapter(item.data(KEY))
            self._draw()
            self.next_hit()

    def _follow(self, url: QUrl) -> None:
        self.show_chapter(url.path().removesuffix(".md"))

    def _draw(self) -> None:
        """The chapter's text, large and with room between the lines; the words searched for are marked."""
        self.text.document().setDefaultFont(theme.current().font(TEXT_SIZE))
        self.text.setMarkdown(as_lines(self._shown.text))
        spaced, all_of_it = QTextBlockFormat(), QTextCursor(self.text.document())
        spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        all_of_it.select(QTextCursor.SelectionType.Document)
        all_of_it.mergeBlockFormat(spaced)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark(self.words.value())

    def _mark(self, words: str) -> None:
        marks, at = [], QTextCursor(self.text.document())
        while words and not (at := self.text.document().find(words, at)).isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = at  # type: ignore[attr-defined]
            mark.format.setBackground(QColor(theme.colours().due_weak))  # type: ignore[attr-defined]
            marks.append(mark)
        self.text.setExtraSelections(marks)
