"""Run by the extended tree in a process of its own: draws the added form, opens the window on the added page."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from app.clock import SystemClock
from app.documents.form import form
from app.paths import DataDir
from app.services.office.office import open_office
from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui import style
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell


def main(data: str, password: str, pdf: str, picture: str) -> None:
    """Two files written; what the page says, as JSON."""
    notice = import_module("app.documents.forms.notice").Notice("今日有律师值班")
    Path(pdf).write_bytes(form("notice").render(notice))
    app = QApplication(sys.argv[:1])
    clock = SystemClock()
    office, actor = open_office(DataDir(Path(data)), "admin", password, clock)
    runner = Runner(office, actor)
    settings, accounts = office.ask(Settings(), actor), office.ask(Accounts(), actor)
    style.apply(app)
    shell = Shell(desk_of(runner, settings, accounts, office.data, clock))
    shell.show()
    shell.go("count")
    while runner.is_busy:
        app.processEvents()
    app.processEvents()
    shell.grab().save(picture)
    said = [one.text() for one in shell.view().findChildren(QLabel)]
    titles = [page.title for page in shell.pages]
    shell.close()
    runner.close()
    office.close()
    json.dump({"said": said, "titles": titles}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
