"""What an empty place says: what belongs here, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.theme import colours, px
from app.ui.widgets.button import Button
from app.ui.widgets.text import label


class EmptyState(QWidget):
    """An icon, a sentence, and a button for the first step if there is one."""

    def __init__(
        self, text: str, step: str = "", run: Callable[[], object] | None = None, icon: str = "file"
    ) -> None:
        super().__init__()
        self.words = label(text, "muted", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark = QLabel()
        mark.setPixmap(icons.picture(icon, colours().faint, px(40)))
        stack = QVBoxLayout(self)
        stack.setSpacing(px(12))
        stack.addStretch(1)
        stack.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addWidget(self.words)
        self.step = Button(step, run) if step and run is not None else None
        if self.step is not None:
            stack.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)

    def set_text(self, text: str) -> None:
        """Another sentence."""
        self.words.setText(text)
