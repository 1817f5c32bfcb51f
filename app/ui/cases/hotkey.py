"""Takes a key while another program has the focus, where the system lets a program have one (Windows; Y07)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

SHIFT, ONCE = 0x0004, 0x4000
"""Windows' MOD_SHIFT and MOD_NOREPEAT."""
F8 = 0x77
MESSAGES = b"windows_generic_MSG"


class KeyDoor(Protocol):
    """What the system offers. number: ours for a key."""

    def take(self, number: int, modifiers: int, key: int) -> bool:
        """Have a key from now on; False where another program has it."""

    def give_back(self, number: int) -> None:
        """Have it no more."""

    def pressed(self, message: int) -> int:
        """The number of the key that a message at this address tells of, 0 for any other message."""


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PRESSED = 0x0312

    class _WindowsDoor:
        """RegisterHotKey of this thread, whose messages Qt hands to the filter."""

        def __init__(self) -> None:
            self._user = ctypes.WinDLL("user32", use_last_error=True)
            self._user.RegisterHotKey.argtypes = (
                wintypes.HWND, ctypes.c_int, wintypes.UINT, wintypes.UINT,
            )  # fmt: skip
            self._user.RegisterHotKey.restype = wintypes.BOOL
            self._user.UnregisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int)
            self._user.UnregisterHotKey.restype = wintypes.BOOL

        def take(self, number: int, modifiers: int, key: int) -> bool:
            return bool(self._user.RegisterHotKey(None, number, modifiers, key))

        def give_back(self, number: int) -> None:
            self._user.UnregisterHotKey(None, number)

        def pressed(self, message: int) -> int:
            found = wintypes.MSG.from_address(message)
            return int(found.wParam) if found.message == _PRESSED else 0

    def key_door() -> KeyDoor | None:
        """The system's keys; None where a program may have none."""
        return _WindowsDoor()

else:

    def key_door() -> KeyDoor | None:
        """The system's keys; None where a program may have none."""
        return None


class HotKeys(QAbstractNativeEventFilter):
    """Keys that run something wherever the focus is. keys: (modifiers, key) → what is run."""

    def __init__(self, keys: Mapping[tuple[int, int], Callable[[], object]], door: KeyDoor | None) -> None:
        super().__init__()
        self._keys = dict(enumerate(keys.items(), 1))
        self._door = door
        self._held: list[int] = []

    @property
    def is_offered(self) -> bool:
        """Whether the system lets a program have keys at all."""
        return self._door is not None

    def take(self) -> bool:
        """Have all the keys, or none where one of them belongs to another program."""
        application = QCoreApplication.instance()
        if self._door is None or application is None:
            return False
        for number, ((modifiers, key), _run) in self._keys.items():
            if not self._door.take(number, modifiers | ONCE, key):
                self.give_back()
                return False
            self._held.append(number)
        application.installNativeEventFilter(self)
        return True

    def give_back(self) -> None:
        """Leave the keys to others."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        while self._held and self._door is not None:
            self._door.give_back(self._held.pop())

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: Any) -> object:
        is_wanted = bool(self._held) and QByteArray(kind) == QByteArray(MESSAGES)
        number = self._door.pressed(int(message)) if self._door and is_wanted else 0
        if number not in self._held:
            return False, 0
        self._keys[number][1]()
        return True, 0
