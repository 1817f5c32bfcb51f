"""Builds a page in parts, a part a turn of the event loop, so that the window answers keys while a page comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget


class Building:
    """The parts of one page: `parts` is begun with start() and goes on by itself, or is brought to its end by finish().

    parts: stops between two parts at each `yield`. What needs the whole page waits in when_done().
    """

    def __init__(self, page: QWidget, parts: Callable[[], Iterator[None]]) -> None:
        self.is_done = False
        self._page, self._make = page, parts
        self._parts: Iterator[None] | None = None
        self._waiting: list[Callable[[], object]] = []
        self._next = QTimer(page, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    def start(self) -> None:
        """Build the first part now; each further one comes in a turn of its own."""
        if self._parts is None:
            self._go_on()

    def stop(self) -> None:
        """The window closes: build no further."""
        self._next.stop()

    def finish(self) -> None:
        """Build all that is left at once."""
        self._next.stop()
        while not self.is_done:
            self._build_part()

    def when_done(self, call: Callable[[], object]) -> None:
        """Call once the page is whole, at once if it is; several in the order they came."""
        if self.is_done:
            call()
        else:
            self._waiting.append(call)

    def _go_on(self) -> None:
        self._build_part()
        if not self.is_done:
            self._next.start()

    def _build_part(self) -> None:
        if self._parts is None:
            self._parts = self._make()
        is_last = next(self._parts, self) is self
        for part in self._page.findChildren(QWidget):
            part.ensurePolished()  # the style of a part belongs to its turn, not to the one that shows the page
        if is_last:
            self.is_done = True
            waiting, self._waiting = self._waiting, []
            for call in waiting:
                call()
