"""Every page opens in the real shell of a county and of a station: nothing flashes up, nothing is left unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.services.office.settings import Settings
from app.services.security.accounts import Accounts
from app.ui.opening import desk_of
from app.ui.runner import Runner
from app.ui.shell import Shell
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


@pytest.mark.parametrize("level", ["county", "station"])
def test_every_page_opens_without_a_flash_or_a_fault(
    qtbot: Any, qapp: QApplication, county: Place, station: Place, level: str
) -> None:
    place = county if level == "county" else station
    runner = Runner(place.office, place.actor)
    desk = desk_of(runner, place.ask(Settings()), place.ask(Accounts()), place.office.data, place.clock)
    shell = Shell(desk)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    faults = []
    for page in shell.pages:
        shell.go(page.key)
        settle(qtbot, shell)
        view: Any = shell.view()
        if not view.head.banner.isHidden():
            faults.append(f"{page.key}: {view.head.banner.words.text()}")
        faults += [f"{page.key}: {one} flashes up" for one in watch.seen]
        watch.seen.clear()
    qapp.removeEventFilter(watch)
    shell.close()
    assert not faults, "\n".join(["", *faults])
