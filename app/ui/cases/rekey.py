"""The strip for re-keying a case into the provincial system: always on top, one key copies the next field (Y07)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.services.quality.provincial_order import RekeyField
from app.ui.cases.hotkey import F8, SHIFT, HotKeys, KeyDoor, key_door
from app.ui.theme import px
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import row
from app.ui.widgets.text import label

KEY = "F8"
WIDTH = 320
AHEAD = 4
"""Fields shown after the one that comes next."""


class RekeyStrip(QWidget):
    """Which field was copied and which comes next; F8 copies it, Shift+F8 goes back, Esc closes and empties the clipboard.

    Where the system lets it, both keys work in the browser too, as long as the strip is open.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[RekeyField],
        parent: QWidget | None = None,
        door: KeyDoor | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"录入省系统　{title}")
        self.setFixedWidth(px(WIDTH))
        self._fields, self.at = tuple(fields), -1
        self._said, self._next, self._after = label("", "strong", wraps=True), label("", wraps=True), QLabel()
        self._after.setProperty("role", "small2")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(12), px(12), px(12), px(12))
        stack.setSpacing(px(8))
        for part in (self._said, self._next, self._after):
            stack.addWidget(part)
        stack.addLayout(
            row(
                Button("复制下一项", self.copy_next, kind=PRIMARY, keys=KEY),
                Button("上一项", self.go_back),
                None,
            )
        )
        for keys, run in ((f"Shift+{KEY}", self.go_back), ("Esc", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        self._hot = HotKeys({(0, F8): self.copy_next, (SHIFT, F8): self.go_back}, door or key_door())
        stack.addWidget(
            label(_where(self._hot.take(), is_offered=self._hot.is_offered), "small2", wraps=True)
        )
        self._show()

    def copy_next(self) -> None:
        """Put the next field on the clipboard; after the last one there is nothing to copy."""
        if self.at + 1 < len(self._fields):
            self.at += 1
            QGuiApplication.clipboard().setText(self._fields[self.at].value)
            self._show()

    def go_back(self) -> None:
        """Copy the field before once more."""
        if self.at > 0:
            self.at -= 2
            self.copy_next()

    def closeEvent(self, event: object) -> None:
        """What was copied does not stay on the clipboard, and the keys are left to others."""
        self._hot.give_back()
        clipboard = QGuiApplication.clipboard()
        if self.at >= 0 and clipboard.text() == self._fields[self.at].value:
            clipboard.clear()

    def _show(self) -> None:
        count = len(self._fields)
        done = self._fields[self.at].title if self.at >= 0 else ""
        self._said.setText(
            f"已复制：{done}（{self.at + 1}/{count}）" if done else f"共 {count} 项，照省系统的顺序"
        )
        ahead = self._fields[self.at + 1 :]
        self._next.setText(f"下一项：{ahead[0].title}" if ahead else "全部复制完了")
        self._after.setText("\n".join(one.title for one in ahead[1 : AHEAD + 1]))


def _where(is_taken: bool, *, is_offered: bool) -> str:
    """Where the key works."""
    if is_taken:
        return f"在浏览器里按 {KEY} 也管用"
    before = f"{KEY} 被别的程序占用，" if is_offered else ""
    return f"{before}先点一下这个小窗口，{KEY} 才管用"
