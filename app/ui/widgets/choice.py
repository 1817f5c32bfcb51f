"""Fields that choose from a list by typing pinyin initials, one choice or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from app.pinyin import filtered
from app.ui.theme import px
from app.ui.widgets.field import Field
from app.ui.widgets.fields import line_edit

Choice = str | tuple[Any, str]
MOST_SHOWN = 200


class DropList(QListWidget):
    """The list below a line; picked(row) when one is chosen. It never takes the focus."""

    picked = Signal(int)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setProperty("role", "drop")
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemPressed.connect(lambda item: self.picked.emit(self.row(item)))

    def show_words(self, words: Sequence[str], current: int = 0, ticks: Sequence[bool] | None = None) -> None:
        """Show these words below the line; ticks mark those chosen already."""
        self.clear()
        for at, word in enumerate(words):
            item = QListWidgetItem(word)
            if ticks is not None:
                item.setCheckState(Qt.CheckState.Checked if ticks[at] else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(min(current, len(words) - 1))
        if words and self._line.isVisible():
            self._place(len(words))
            self.show()
        else:
            self.hide()

    def _place(self, count: int) -> None:
        height = min(8, count) * (self.sizeHintForRow(0) or px(32)) + px(12)
        width = max(self._line.width(), px(160))
        below = self._line.mapToGlobal(QPoint(0, self._line.height() + 2))
        screen = self._line.screen().availableGeometry()
        if below.y() + height > screen.bottom():
            below = self._line.mapToGlobal(QPoint(0, -height - 2))
        self.setGeometry(below.x(), below.y(), width, height)

    def step(self, by: int) -> None:
        """Move the current line."""
        if self.count():
            self.setCurrentRow(min(max(0, self.currentRow() + by), self.count() - 1))


class ChoiceField(Field):
    """One choice. choices: words, or (value, word) pairs. Type initials or part of the word, ↑ ↓, Enter or Tab."""

    asking = "请选择"

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] = (),
        *,
        is_required: bool = False,
        hint: str = "选择或输首字母",
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.line = line_edit()
        self.hold(self.line)
        self.list = DropList(self.line)
        self._pairs: list[tuple[Any, str]] = []
        self._shown: list[str] = []
        self._word = ""
        self.set_choices(choices)
        self._keys = ListKeys(self.line, self.list, self._open, self._take, self._leave)
        self.line.textEdited.connect(self._filter)
        self.list.picked.connect(lambda at: self._take(at))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What can be chosen; the value chosen stays if it is still there."""
        self._pairs = [(one, one) if isinstance(one, str) else one for one in choices]

    def value(self) -> Any:
        return next((value for value, word in self._pairs if word == self._word), None)

    def set_value(self, value: Any) -> None:
        self._word = next((word for one, word in self._pairs if one == value), "")
        self.line.setText(self._word)

    def own_fault(self) -> str:
        typed = self.line.text().strip()
        return "没有这一项，请从列表里选择" if typed and typed != self._word else ""

    def is_empty(self) -> bool:
        return not self.line.text().strip()

    def _open(self) -> None:
        self._shown = [word for _value, word in self._pairs][:MOST_SHOWN]
        at = self._shown.index(self._word) if self._word in self._shown else 0
        self.list.show_words(self._shown, at)

    def _filter(self, typed: str) -> None:
        if not typed.strip():
            self._word = ""
            self._touched()
        self._shown = filtered([word for _value, word in self._pairs], typed)[:MOST_SHOWN]
        self.list.show_words(self._shown)

    def _take(self, at: int) -> bool:
        self.list.hide()
        if not 0 <= at < len(self._shown):
            return False
        self._word = self._shown[at]
        self.line.setText(self._word)
        self._touched()
        return True

    def _leave(self) -> None:
        self.list.hide()
        typed = self.line.text().strip()
        if typed != self._word and typed:
            found = filtered([word for _value, word in self._pairs], typed)
            if len(found) == 1 or (found and found[0] == typed):
                self._shown = found
                self._take(0)
        self.show_fault(self.own_fault())


class ListKeys(QObject):
    """The keys and clicks that drive a line with its list: ↓ opens, ↑ ↓ move, Enter and Tab take, Esc closes."""

    def __init__(
        self,
        line: QLineEdit,
        drop: DropList,
        show: Callable[[], None],
        take: Callable[[int], bool],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(line)
        self._line, self._list = line, drop
        self._show, self._take, self._leave = show, take, leave
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusOut or kind == QEvent.Type.Hide:
            self._leave()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._show()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self._list.isVisible():
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, is_open = event.key(), self._list.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if is_open:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self._show()
            return True
        if is_open and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._take(self._list.currentRow())
        if is_open and key == Qt.Key.Key_Tab and self._line.isModified():
            self._take(self._list.currentRow())
            return False
        if is_open and key == Qt.Key.Key_Escape:
            self._list.hide()
            return True
        return False


class MultiChoiceField(Field):
    """Several choices: type initials and Enter to add, again to take away; Backspace takes the last.

    set_choices(alone=…): the word that stands by itself, such as 其他群众; any other one takes its place.
    """

    asking = "请选择"

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] = (),
        *,
        is_required: bool = False,
        hint: str = "可选多项，Enter 勾选",
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self.line = line_edit()
        self.hold(self.line)
        self.list = DropList(self.line)
        self._pairs: list[tuple[Any, str]] = []
        self._shown: list[str] = []
        self._words: list[str] = []
        self._alone = ""
        self._is_typing = False
        self.set_choices(choices)
        self._keys = ListKeys(self.line, self.list, self._open, self._take, self._leave)
        self.line.textEdited.connect(self._filter)
        self.list.picked.connect(lambda at: self._take(at))

    def set_choices(self, choices: Sequence[Choice], alone: str = "") -> None:
        """What can be chosen, and which of it only by itself."""
        self._pairs = [(one, one) if isinstance(one, str) else one for one in choices]
        self._alone = alone
        self._words = [word for word in self._words if any(word == one for _v, one in self._pairs)]

    def value(self) -> tuple[Any, ...]:
        return tuple(value for word in self._words for value, one in self._pairs if one == word)

    def set_value(self, value: Any) -> None:
        wanted = tuple(value or ())
        self._words = [word for one in wanted for found, word in self._pairs if found == one]
        self._show_words()

    def draft(self) -> Any:
        return list(self.value())

    def own_fault(self) -> str:
        return "没有这一项，请从列表里选择" if self._is_typing and self.line.text().strip() else ""

    def _show_words(self) -> None:
        self._is_typing = False
        self.line.setText("，".join(self._words))
        self.line.setPlaceholderText(self.hint)
        self.line.setCursorPosition(0)
        self.line.setToolTip("，".join(self._words))

    def _open(self) -> None:
        self._start_typing()
        self._list_words("")

    def _start_typing(self) -> None:
        if not self._is_typing:
            self._is_typing = True
            self.line.setText("")

    def _filter(self, typed: str) -> None:
        if not self._is_typing:
            before = "，".join(self._words)
            added = typed.removeprefix(before) if typed.startswith(before) else typed.removesuffix(before)
            if len(typed) < len(before) and before.startswith(typed):
                self._words = self._words[:-1]
                added = ""
                self._touched()
            self._is_typing = True
            self.line.setText(added)
            typed = added
        self._list_words(typed)

    def _list_words(self, typed: str, current: int = 0) -> None:
        words = [word for _value, word in self._pairs]
        self._shown = filtered(words, typed)[:MOST_SHOWN]
        self.list.show_words(self._shown, current, [word in self._words for word in self._shown])
        self.line.setPlaceholderText("，".join(self._words) or self.hint)

    def _take(self, at: int) -> bool:
        if not 0 <= at < len(self._shown):
            return False
        word = self._shown[at]
        if word in self._words:
            self._words.remove(word)
        else:
            kept = [] if word == self._alone else [one for one in self._words if one != self._alone]
            self._words = [*kept, word]
        self._touched()
        if self.line.text():  # found by typing: the next Enter goes on and must not tick another
            self._leave()
        else:
            self._list_words("", at)
        return True

    def _leave(self) -> None:
        self.list.hide()
        self._show_words()
