"""What every form field is: a value, a fault beneath, a change signal, and Enter that respects the IME."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme import colours, px
from app.ui.widgets.text import label, set_state

IME_REST_MS = 120


class Field(QWidget):
    """A labelled field. changed: the value changed by hand. entered: Enter, not one that ends an IME candidate.

    Subclasses put their editor in with hold() and override value(), set_value() and is_empty().
    """

    changed = Signal()
    entered = Signal()
    asking = "请填写"

    def __init__(self, title: str, *, is_required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.title, self.is_required, self.hint = title, is_required, hint
        self.editor: QWidget = self
        self.is_in_form = False
        self._refusal = ""
        self._label = label("", "label")
        self._label.setTextFormat(Qt.TextFormat.RichText)
        if not title:
            self._label.hide()
        self._fault = label("", "fault", wraps=True)
        self._fault.hide()
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(px(4))
        self._stack.addWidget(self._label)
        self._stack.addWidget(self._fault)
        self._stack.addStretch(1)
        self.mark_required(is_required)

    def hold(self, editor: QWidget, holder: QWidget | None = None) -> None:
        """Put the editor in; holder is the widget that contains it if there are things beside it."""
        self.editor = editor
        self._stack.insertWidget(1, holder or editor)
        self.setFocusProxy(editor)
        self._label.setBuddy(editor)
        editor.setAccessibleName(self.title)
        editor.setAccessibleDescription(self.hint)
        if self.hint and hasattr(editor, "setPlaceholderText"):
            editor.setPlaceholderText(self.hint)
        self._guard = ImeGuard(editor)
        self._guard.entered.connect(self.entered)

    def editor_top(self) -> int:
        """How far below the field's upper edge its editor begins."""
        return self._label.sizeHint().height() + self._stack.spacing()

    def mark_required(self, is_required: bool) -> None:
        """Mark (or unmark) the field as required with a red star."""
        self.is_required = is_required
        star = f' <span style="color:{colours().fault}">*</span>' if is_required else ""
        self._label.setText(escape(self.title) + star)

    def show_fault(self, text: str) -> None:
        """Show a fault beneath the field; "" takes it away. A refusal that stands there stays."""
        said = self._refusal or text
        self._fault.setText(said)
        self._fault.setVisible(bool(said))
        set_state(self.editor, fault="true" if said else "false")
        self.editor.setAccessibleDescription(said or self.hint)

    def show_refusal(self, text: str) -> None:
        """Show why what stands in the field was refused; it stays until it is changed by hand. "" takes it away."""
        self._refusal = text
        self.show_fault("")

    def refusal(self) -> str:
        """Why what stands in the field was refused, or ""."""
        return self._refusal

    def fault(self) -> str:
        """The fault shown, or ""."""
        return self._fault.text() if not self._fault.isHidden() else ""

    def value(self) -> Any:
        """The value for the command; raises nothing, an unreadable one is None."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; does not emit changed."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.value() in (None, "", (), [])

    def own_fault(self) -> str:
        """What the field itself can tell is wrong, such as a date that is none."""
        return ""

    def draft(self) -> Any:
        """What to keep of it while unsaved: plain text or a list."""
        return self.value()

    def set_draft(self, kept: Any) -> None:
        """Put back what draft() gave."""
        self.set_value(kept)

    def _touched(self) -> None:
        if self.fault():
            self.show_refusal("")
        self.changed.emit()


class ImeGuard(QObject):
    """Tells a real Enter from the one that ends an input method's candidate (P51)."""

    entered = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._composing = False
        self._committed = QElapsedTimer()
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._note(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    @property
    def is_composing(self) -> bool:
        """Whether an input method is at work, or was a moment ago."""
        rests = self._committed.isValid() and self._committed.elapsed() < IME_REST_MS
        return self._composing or rests

    def _note(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        if event.commitString():
            self._committed.start()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if self.is_composing:
            return True
        if not event.modifiers() or event.modifiers() == Qt.KeyboardModifier.KeypadModifier:
            self.entered.emit()
        return False
