"""Every page opens in the real shell of a county and of a station: nothing flashes up, nothing is left unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.widgets.button import Button, Link
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.table import Table
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.ui.exchange_windows import settle

__all__ = ["county", "station"]


class WindowWatch(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(
                f"{type(watched).__name__} {watched.accessibleName()} {getattr(watched, 'text', str)()}"
            )
        return False


def deaf_buttons(view: QWidget) -> list[str]:
    """Buttons that the focus reaches and Enter does not press."""
    buttons = [
        one for one in view.findChildren(QAbstractButton) if one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    heard = (Button, Link, QCheckBox)
    return [f"{type(one).__name__} {one.text()}" for one in buttons if not isinstance(one, heard)]


def said_empty(view: QWidget) -> list[str]:
    """The tables that say they are empty."""
    tables = [one for one in view.findChildren(Table) if one.empty.isVisible()]
    return [one.empty.words.text() for one in tables if one.pending.answers == 0]


@pytest.mark.parametrize("level", ["county", "station"])
def test_every_page_opens_without_a_flash_or_a_fault(
    qtbot: Any, qapp: QApplication, county: Place, station: Place, level: str
) -> None:
    place = county if level == "county" else station
    runner = Runner(place.office, place.actor)
    desk = desk_of(runner, place.ask(Settings()), place.ask(Accounts()), place.office.data, place.clock)
    shell = Shell(desk)
    qtbot.addWidget(shell)
    shell.resize(1366, 698)
    shell.show()
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    faults = []
    for page in shell.pages:
        shell.go(page.key)
        view: Any = shell.view()
        faults += [f"{page.key}: {one} before the answer" for one in said_empty(view)]
        settle(qtbot, shell)
        QApplication.processEvents()
        faults += [
            f"{page.key}: still being read" for one in view.findChildren(PendingPart) if one.isVisible()
        ]
        if not view.head.banner.isHidden():
            faults.append(f"{page.key}: {view.head.banner.words.text()}")
        faults += [f"{page.key}: {one} flashes up" for one in watch.seen]
        faults += [f"{page.key}: Enter does not press {one}" for one in deaf_buttons(view)]
        watch.seen.clear()
    qapp.removeEventFilter(watch)
    shell.close()
    assert not faults, "\n".join(["", *faults])
