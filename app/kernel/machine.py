"""Which computer or server this is, so that a data directory copied to another one is noticed."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")
_CONTEXT = b"huimin.machine.v1\0"


def place_mark(session: Session) -> str:
    """A mark of where the office's tables lie: of this computer, or of the server's database whichever computer asks."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return machine_mark()
    from app.models.postgres.place import place_words

    return _mark(place_words(connection))


@cache
def machine_mark() -> str:
    """A mark that says nothing of the computer but whether it is the same; "" where the system names none."""
    named = _windows_id() if sys.platform == "win32" else _unix_id()
    return _mark(named) if named else ""


def _mark(named: str) -> str:
    return hashlib.sha256(_CONTEXT + named.encode()).hexdigest()[:32]


def _unix_id() -> str:
    for name in _FILES:
        try:
            found = Path(name).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        if found:
            return found
    return ""


def _windows_id() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""
