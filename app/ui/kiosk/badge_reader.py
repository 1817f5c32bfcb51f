"""Tells a badge reader from a person at the keyboard: a whole code at once, ended by Enter."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.services.kiosk.badge import ALPHABET, CODE_LENGTH

LONGEST_PAUSE = 0.3
LONGEST_READ = 2.0
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BadgeReader(QObject):
    """Watches the keys that reach a window; read(code) when a reader typed one, and its Enter goes no further.

    rests: whether somebody is typing a password, which a practised hand does as fast as a reader.
    """

    read = Signal(str)

    def __init__(self, parent: QObject, rests: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._rests = rests
        self._code, self._began, self._last = "", 0.0, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._rests():
            return self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        now, sign = time.monotonic(), event.text().upper()
        if event.key() in ENTER:
            code, is_fast = self._code, now - self._began <= LONGEST_READ
            self._code = ""
            if len(code) == CODE_LENGTH and is_fast:
                self.read.emit(code)
                return True
            return False
        if len(sign) != 1 or sign not in ALPHABET + "01ILO":
            return False
        if not self._code or now - self._last > LONGEST_PAUSE:
            self._code, self._began = "", now
        self._code, self._last = (self._code + sign)[-CODE_LENGTH:], now
        return False
