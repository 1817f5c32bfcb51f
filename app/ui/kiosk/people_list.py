"""The tiles of people, walked through by arrow keys, pressed by Enter, scrolled when there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import State, px
from app.ui.widgets.button import press_with_enter
from app.ui.widgets.kiosk_tile import KioskTile
from app.ui.widgets.text import label


class FocusTile(KioskTile):
    """A tile that Enter presses and that scrolls into sight when it gets the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self, 0, px(16))


class PeopleList(QWidget):
    """A sentence, and tiles below it."""

    def __init__(self) -> None:
        super().__init__()
        self.lead = label("", "kiosk-line", wraps=True)
        self.tiles: list[FocusTile] = []
        self._holder = QWidget()
        self._holder.setProperty("role", "scrolled")
        self._stack = QVBoxLayout(self._holder)
        self._stack.setContentsMargins(0, px(3), 0, px(3))
        self._stack.setSpacing(px(16))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addWidget(self.lead)
        whole.addWidget(area, 1)

    def show_tiles(self, lead: str, tiles: Sequence[FocusTile]) -> None:
        """Replace what is shown; the focus stays on the same person."""
        kept = self.focused()
        while (item := self._stack.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lead.setText(lead)
        self.tiles = list(tiles)
        for tile in self.tiles:
            self._stack.addWidget(tile)
        self._stack.addStretch(1)
        for tile in self.tiles:
            if tile.name == kept:
                tile.setFocus()

    def focused(self) -> str:
        """The name on the tile that has the focus, "" for none."""
        held = self.window().focusWidget()
        return next((tile.name for tile in self.tiles if tile is held), "")

    def mark(self, name: str) -> None:
        """The tile of the person whose turn it is."""
        for tile in self.tiles:
            tile.set_current(bool(name) and tile.name == name)

    def focus_first(self) -> None:
        """The focus on the first tile."""
        if self.tiles:
            self.tiles[0].setFocus()


def tile(
    name: str,
    line: str = "",
    ending: str = "",
    *,
    tone: State = State.NONE,
    word: str = "",
    run: Callable[[], object],
    is_person: bool = True,
) -> FocusTile:
    """A tile of a person, or of a plain choice."""
    return FocusTile(name, line, ending, state=tone, word=word, run=run, has_circle=is_person)
