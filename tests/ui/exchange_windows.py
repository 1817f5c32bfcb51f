"""A real county and station with their shells, for the tests of 收发 and 收件."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui.exchange.page import PAGE as EXCHANGE
from app.ui.inbox.page import PAGE as INBOX
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
from tests.exchange.offices import Place
from tests.ui.office_desk import built

OpenShell = Callable[[Place], Shell]


@pytest.fixture
def open_shell(qtbot: Any) -> Iterator[OpenShell]:
    """The office window of a place, with 收件 and 收发."""
    shells: list[Shell] = []

    def make(place: Place) -> Shell:
        runner = Runner(place.office, place.actor)
        desk = desk_of(runner, place.ask(Settings()), place.ask(Accounts()), place.office.data, place.clock)
        shell = Shell(desk, pages=[INBOX, EXCHANGE])
        qtbot.addWidget(shell)
        shell.show()
        shells.append(shell)
        return shell

    yield make
    for shell in shells:
        shell.close()


def settle(qtbot: Any, shell: Shell) -> None:
    """Wait until the page is whole and nothing is queued any more."""
    built(shell.view())
    qtbot.waitUntil(lambda: not shell.desk.runner.is_busy, timeout=20_000)
    QApplication.processEvents()


def shoot(shell: Shell, name: str) -> None:
    """With HUIMIN_SHOTS, keep a picture."""
    if folder := os.environ.get("HUIMIN_SHOTS"):
        QApplication.processEvents()
        shell.grab().save(str(Path(folder) / f"{name}.png"))
