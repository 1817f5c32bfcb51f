"""Opens a window in a process of its own and says when it could be used and how much memory that took."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time, thread_time
from typing import Any

LOOK_MS = 20
"""How often the window is looked at while no event comes."""


def main() -> None:
    """Arguments: what to open, the data directory, the key as hex, the password."""
    kind, folder, key, typed = sys.argv[1:5]
    kinds = (window, engine, argon2, login, office)
    {one.__name__: one for one in kinds}[kind](Path(folder), key, typed)


def tell() -> None:
    """One line for the parent, which stops its clock then."""
    sys.stdout.write(json.dumps({"resident_kb": resident_kb(), "processor_s": process_time()}) + "\n")
    sys.stdout.flush()


def resident_kb() -> int:
    """Memory in use now; the peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def window(_folder: Path, _key: str, _password: str) -> None:
    """A PySide6 window with a line and a button."""
    app, shown = bare_window()
    live(app, lambda: shown.focusWidget() is not None)
    tell()


def engine(folder: Path, key: str, _password: str) -> None:
    """The same, and an SQLAlchemy engine opened on the keyed file."""
    app, shown = bare_window()
    opened_engine = bare_engine(folder, key)
    live(app, lambda: shown.focusWidget() is not None)
    tell()
    opened_engine.dispose()


def argon2(folder: Path, key: str, password: str) -> None:
    """The same, and the password checked as the key slot asks for it."""
    from app.kernel.slots import ACCOUNT, KeySlots
    from app.paths import DataDir

    app, shown = bare_window()
    assert KeySlots(DataDir(folder).keys).keys(ACCOUNT, "admin", password)
    opened_engine = bare_engine(folder, key)
    live(app, lambda: shown.focusWidget() is not None)
    tell()
    opened_engine.dispose()


def bare_window() -> tuple[Any, Any]:
    from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

    app = QApplication([])
    shown = QWidget()
    stack = QVBoxLayout(shown)
    stack.addWidget(QLineEdit())
    stack.addWidget(QPushButton("OK"))
    shown.resize(1366, 768)
    shown.show()
    return app, shown


def bare_engine(folder: Path, key: str) -> Any:
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import create_engine, text

    def connect() -> Any:
        connection = sqlcipher.connect(str(folder / "office.db"), check_same_thread=False)
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        return connection

    made = create_engine("sqlite://", module=sqlcipher, creator=connect)
    with made.connect() as connection:
        connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
    return made


def login(folder: Path, _key: str, _password: str) -> None:
    """The program's login."""
    app, windows = opened(folder)
    tell()
    live(app, lambda: not windows.window.start.runner.is_busy)
    windows.close()


def office(folder: Path, key: str, _password: str) -> None:
    """The office's own window, taking keys, without the login and the typing of the password."""
    from app.clock import SystemClock
    from app.main import OfficeWindows
    from app.paths import DataDir
    from app.services.office.office import Office
    from app.ui.application import application

    data = DataDir(folder)
    app = application(data)
    windows = OfficeWindows(data, SystemClock())
    opened_office = Office(data, bytes.fromhex(key), SystemClock())
    windows.show_shell(opened_office, opened_office.actor_of("admin"))
    live(app, windows.is_usable)
    tell()
    live(app, lambda: not windows.window.desk.runner.is_busy)  # type: ignore[union-attr]
    windows.close()


def opened(folder: Path) -> tuple[Any, Any]:
    """The first window, usable."""
    from app.clock import SystemClock
    from app.main import OfficeWindows
    from app.paths import DataDir
    from app.ui.application import application

    data = DataDir(folder)
    app = application(data)
    windows = OfficeWindows(data, SystemClock())
    windows.show_start()
    live(app, windows.is_usable)
    return app, windows


def live(app: Any, is_done: Callable[[], bool], turns: list[float] | None = None) -> None:
    """Let the window live until then, asleep while nothing happens; what its turns took is added to `turns`."""
    from PySide6.QtCore import QEventLoop, QTimer

    look = QTimer(interval=LOOK_MS)
    look.timeout.connect(int)
    look.start()
    while not is_done():
        began = thread_time()
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if turns is not None:
            turns.append(thread_time() - began)
    look.stop()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
