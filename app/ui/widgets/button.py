"""The one button of the program: ordinary, primary, dangerous; with icon and keycap."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcutEvent,
)
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy

from app.ui import icons
from app.ui.theme import colours, current, px
from app.ui.widgets.marks import keycap_width, paint_keycap

PLAIN, PRIMARY, DANGER = "plain", "primary", "danger"
TOUCH = 64
"""What a finger needs, in pixels of the screen at every scale."""
SHELL_KEYS = frozenset({"Ctrl N", "Ctrl P", "Ctrl Return", "Ctrl K", "F1", "F3", "F9", "Esc"})


class Button(QPushButton):
    """A push button drawn from the tokens; in a dialog, too, Enter presses it only while it has the focus.

    kind: plain, primary (one a page) or danger. keys ("Ctrl D", "P"): shown as a keycap and press the
    button while it can be reached; keys of the shell (Ctrl N …) are handed on by it. size: height of the 100 % drawing, 32 in the office.
    """

    def __init__(
        self,
        text: str = "",
        run: Callable[[], object] | None = None,
        *,
        kind: str = PLAIN,
        keys: str = "",
        icon: str = "",
        size: int = 32,
        type_size: int = 14,
        hint: str = "",
    ) -> None:
        super().__init__(text)
        self.kind, self.keys, self.icon_name = kind, keys, icon
        self._size, self._type_size = size, type_size
        self._shrinks = False
        self.setAccessibleName(text.replace("　", "") or hint)
        self.setToolTip(hint)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(px(size))
        if keys and keys not in SHELL_KEYS:
            self.setShortcut(QKeySequence(keys.replace(" ", "+")))
        if run is not None:
            self.clicked.connect(lambda: run())

    def fill(self) -> Button:
        """Let it be as wide as there is room and, where room is scarce, only as high as a finger needs."""
        self._shrinks = True
        self.setMinimumHeight(min(TOUCH, px(self._size)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        return self

    def set_kind(self, kind: str) -> None:
        """Make it plain, primary or danger."""
        self.kind = kind
        self.update()

    def set_text(self, text: str) -> None:
        """Change the words; size and accessible name follow."""
        keys = self.shortcut()
        self.setText(text)
        self.setShortcut(keys)
        self.setAccessibleName(text)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.click()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        width = self._text_width() + 2 * px(self._pad())
        if self.icon_name:
            width += px(16) + (px(6) if self.text() else 0)
        if self.keys:
            width += px(8) + keycap_width(self._shown_keys())
        return QSize(max(width, px(self._size)), px(self._size))

    def minimumSizeHint(self) -> QSize:
        if not self._shrinks:
            return self.sizeHint()
        return QSize(max(TOUCH, self._text_width() + px(12)), min(TOUCH, px(self._size)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, px(6 if self._size < 48 else 10), px(6 if self._size < 48 else 10))
        if self.hasFocus():
            self._paint_focus(painter, box)
        self._paint_content(painter, ink)

    def _paint_focus(self, painter: QPainter, box: QRectF) -> None:
        c = colours()
        inner = c.on_accent if self.kind == PRIMARY and self.isEnabled() else c.accent
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(inner), 2))
        inset = 2.5 if self.kind == PRIMARY else 0.5
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), px(5), px(5))

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        text_width = self._text_width()
        icon_width = px(16) + (px(6) if self.text() else 0) if self.icon_name else 0
        keys_width = px(8) + keycap_width(self._shown_keys()) if self.keys else 0
        x = (self.width() - text_width - icon_width - keys_width) / 2
        if self.icon_name:
            top = (self.height() - px(16)) // 2
            painter.drawPixmap(round(x), top, icons.picture(self.icon_name, ink, px(16)))
            x += icon_width
        painter.setFont(self._font())
        painter.setPen(QColor(ink))
        centre = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(x, 0, text_width + 2, self.height()), centre, self.text())
        if self.keys:
            height = px(20)
            cap = QRectF(
                x + text_width + px(8),
                (self.height() - height) / 2,
                keycap_width(self._shown_keys()),
                height,
            )
            paint_keycap(painter, cap, self._shown_keys(), is_on_accent=self.kind == PRIMARY)

    def _colours(self) -> tuple[str, str, str]:
        c = colours()
        hovered = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return c.bg, c.line, c.faint
        if self.kind == PRIMARY:
            ground = c.accent_hover if hovered or self.isDown() else c.accent
            return ground, ground, c.on_accent
        ground = c.none_weak if self.isDown() else c.head if hovered else c.card
        if self.isCheckable() and self.isChecked():
            return c.accent_weak, c.accent, c.accent
        return ground, c.ink3 if hovered else c.edge, c.fault if self.kind == DANGER else c.ink

    def _pad(self) -> int:
        return 14 if self.text() else 8

    def _font(self) -> QFont:
        return current().font(self._type_size, is_bold=self.kind == PRIMARY)

    def _text_width(self) -> int:
        return QFontMetrics(self._font()).horizontalAdvance(self.text())

    def _shown_keys(self) -> str:
        shown = self.keys.replace("+", " ")
        for name, sign in (("Return", "⏎"), ("Up", "↑"), ("Down", "↓")):
            shown = shown.replace(name, sign)
        return shown


class Link(QPushButton):
    """A text that is pressed like a button."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(self, event):
            super().keyPressEvent(event)


def link(text: str, run: Callable[[], object], *, is_flush: bool = False) -> Link:
    """A text that acts like a link: opens the record it names; is_flush: its first letter stands at the left edge."""
    made = Link(text)
    made.setProperty("flush", "true" if is_flush else "false")
    made.clicked.connect(lambda: run())
    return made


def press_with_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Let Enter press the button that has the focus, once however long it is held; whether this was Enter."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
