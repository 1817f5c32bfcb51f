"""Labels by role, so that pages never name a size or a colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.text import display_safe


class PlainLabel(QLabel):
    """Shows text of whatever origin as plain text, without the marks that would turn its order round (case 34)."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(display_safe(text))


def label(text: str = "", role: str = "", *, state: str = "", wraps: bool = False) -> QLabel:
    """A label; role and state are those of the style sheet (title lead section small strong … done due fault)."""
    made = PlainLabel(text)
    if role:
        made.setProperty("role", role)
    if state:
        made.setProperty("state", state)
    if wraps:
        wrap(made)
    return made


def wrap(made: QLabel) -> QLabel:
    """Let a label's text wrap and its height follow."""
    made.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def set_state(widget: QWidget, **properties: str) -> None:
    """Change properties the style sheet looks at, and restyle."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def rule() -> QFrame:
    """A dividing line."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


class ElidedLabel(QLabel):
    """One line that shortens with … when room is scarce; the whole text is its tooltip then."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """The whole text."""
        self._whole = display_safe(text)
        self.setAccessibleName(text)
        self._fit()

    def whole(self) -> str:
        return self._whole

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(1, self.width()))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
