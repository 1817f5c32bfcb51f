"""Chooses a file or folder, or takes one dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.fields import line_edit


class FilePick(Field):
    """A path: typed, chosen or dropped. mode: open, save or folder; filters such as `上报包 (*.hmb)`.

    picked(path): chosen or dropped, not while typing.
    """

    picked = Signal(object)

    def __init__(
        self,
        title: str,
        *,
        mode: str = "open",
        filters: str = "",
        is_required: bool = False,
        hint: str = "选择，或把文件拖到这里",
        suggested: str = "",
    ) -> None:
        super().__init__(title, is_required=is_required, hint=hint)
        self._mode, self._filters, self._suggested = mode, filters, suggested
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        self.line = line_edit()
        self.button = Button("选择…", self.browse, icon="folder")
        line.addWidget(self.line, 1)
        line.addWidget(self.button)
        self.hold(self.line, holder)
        self.setAcceptDrops(True)
        self.line.textEdited.connect(lambda _text: self._touched())

    def value(self) -> Path | None:
        text = self.line.text().strip().strip('"')
        return Path(text) if text else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def suggest(self, name: str) -> None:
        """The file name offered when saving."""
        self._suggested = name

    def draft(self) -> Any:
        return self.line.text()

    def own_fault(self) -> str:
        path = self.value()
        if path is None or self._mode == "save":
            return ""
        return "" if path.exists() else "找不到这个文件或文件夹，请重新选择"

    def browse(self) -> None:
        """Open the system's chooser."""
        start = self.line.text() or self._suggested
        if self._mode == "folder":
            found = QFileDialog.getExistingDirectory(self, self.title, start)
        elif self._mode == "save":
            found = QFileDialog.getSaveFileName(self, self.title, start, self._filters)[0]
        else:
            found = QFileDialog.getOpenFileName(self, self.title, start, self._filters)[0]
        if found:
            self.take(Path(found))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(Path(event.mimeData().urls()[0].toLocalFile()))

    def take(self, path: Path) -> None:
        """A file that was chosen, dropped, or opened from the desktop."""
        self.set_value(path)
        self._touched()
        self.picked.emit(path)
