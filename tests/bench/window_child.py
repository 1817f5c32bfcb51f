"""Opens a window in a process of its own and says when it could be used and how much memory that took."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Arguments: what to open (bare, login, office), the data directory, the key as hex."""
    kind, folder, key = sys.argv[1:4]
    {"bare": bare, "login": login, "office": office}[kind](Path(folder), key)


def tell() -> None:
    """One line for the parent, which stops its clock then."""
    sys.stdout.write(json.dumps({"resident_kb": resident_kb()}) + "\n")
    sys.stdout.flush()


def resident_kb() -> int:
    """Memory in use now; the peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def bare(folder: Path, key: str) -> None:
    """A PySide6 window with a line and a button, and an SQLAlchemy engine opened on the keyed file."""
    import sqlcipher3.dbapi2 as sqlcipher
    from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
    from sqlalchemy import create_engine, text

    def connect() -> Any:
        connection = sqlcipher.connect(str(folder / "office.db"), check_same_thread=False)
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        return connection

    app = QApplication([])
    window = QWidget()
    stack = QVBoxLayout(window)
    stack.addWidget(QLineEdit())
    stack.addWidget(QPushButton("OK"))
    window.resize(1366, 768)
    window.show()
    engine = create_engine("sqlite://", module=sqlcipher, creator=connect)
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
    until(app, lambda: window.focusWidget() is not None)
    tell()
    engine.dispose()


def login(folder: Path, _key: str) -> None:
    """The program's login."""
    app, windows = opened(folder)
    tell()
    until(app, lambda: not windows.window.start.runner.is_busy)
    windows.close()


def office(folder: Path, key: str) -> None:
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
    until(app, windows.is_usable)
    tell()
    until(app, lambda: not windows.window.desk.runner.is_busy)  # type: ignore[union-attr]
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
    until(app, windows.is_usable)
    return app, windows


def until(app: Any, is_done: Any) -> None:
    """Let the window live until then."""
    while not is_done():
        app.processEvents()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
